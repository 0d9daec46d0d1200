// SPDX-License-Identifier: Apache-2.0
import { audioContext } from '../media/LevelMeter';
import { canChooseSpeaker, playTestSound } from '../media/Speakers';
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { dialog } from '../ui/callView';
import { chooseCamera, chooseMicrophone, chosenDevice } from '../ui/devices';
import { Icon } from '../ui/Icon';
import { MenuButton, MenuChoice, MenuItem } from '../ui/Menu';
import { Meter } from '../ui/Meter';
import { prefer, preferences } from '../ui/preferences';

export function chooseSpeaker(call: Call, speakerId: string): void {
  prefer({ speakerId });
  call.speakers.setDevice(speakerId);
}

export function MicrophoneMenu({ call }: { call: Call }) {
  const { media, meter } = call;
  const microphones = media.of('audioinput');
  const speakers = canChooseSpeaker() ? media.of('audiooutput') : [];
  const { microphoneId, speakerId } = preferences.value;
  const microphone = chosenDevice(microphones, media.microphone.state.value.deviceId, microphoneId);
  const speaker = chosenDevice(speakers, '', speakerId);
  return (
    <MenuButton
      class="key key--caret"
      label={t('device.audio-menu')}
      trigger={<Icon name="chevron" />}
    >
      <h3>{t('device.microphone')}</h3>
      {microphones.map(({ deviceId, label }) => (
        <MenuChoice
          key={deviceId}
          checked={deviceId === microphone}
          onSelect={() => chooseMicrophone(media, deviceId)}
        >
          {label}
        </MenuChoice>
      ))}
      {microphones.length === 0 && <p class="menu__none">{t('device.none')}</p>}
      <Meter level={meter.level} />
      {speakers.length > 0 && <h3>{t('device.speaker')}</h3>}
      {speakers.map(({ deviceId, label }) => (
        <MenuChoice
          key={deviceId}
          checked={deviceId === speaker}
          onSelect={() => chooseSpeaker(call, deviceId)}
        >
          {label}
        </MenuChoice>
      ))}
      <hr />
      <MenuItem icon="volume" onSelect={() => playTestSound(audioContext(), speaker)}>
        {t('device.test')}
      </MenuItem>
      <MenuItem
        icon="settings"
        onSelect={() => (dialog.value = { kind: 'settings', tab: 'audio' })}
      >
        {t('settings.audio-open')}
      </MenuItem>
    </MenuButton>
  );
}

export function CameraMenu({ call }: { call: Call }) {
  const { media } = call;
  const cameras = media.of('videoinput');
  const chosen = chosenDevice(
    cameras,
    media.camera.state.value.deviceId,
    preferences.value.cameraId,
  );
  return (
    <MenuButton
      class="key key--caret"
      label={t('device.video-menu')}
      trigger={<Icon name="chevron" />}
    >
      <h3>{t('device.camera')}</h3>
      {cameras.map(({ deviceId, label }) => (
        <MenuChoice
          key={deviceId}
          checked={deviceId === chosen}
          onSelect={() => chooseCamera(media, deviceId)}
        >
          {label}
        </MenuChoice>
      ))}
      {cameras.length === 0 && <p class="menu__none">{t('device.none')}</p>}
      <hr />
      <MenuItem
        icon="settings"
        onSelect={() => (dialog.value = { kind: 'settings', tab: 'video' })}
      >
        {t('settings.video-open')}
      </MenuItem>
    </MenuButton>
  );
}
