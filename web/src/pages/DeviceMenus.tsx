// SPDX-License-Identifier: Apache-2.0
import { audioContext } from '../media/LevelMeter';
import { canChooseSpeaker, playTestSound } from '../media/Speakers';
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { dialog } from '../ui/callView';
import { chooseCamera, chooseMicrophone, chosenDevice } from '../ui/devices';
import { Icon } from '../ui/Icon';
import { MenuButton, MenuChoice, MenuGroup, MenuItem } from '../ui/Menu';
import { Meter } from '../ui/Meter';
import { prefer, preferences } from '../ui/preferences';

export function chooseSpeaker(call: Call, speakerId: string): void {
  prefer({ speakerId });
  call.speakers.setDevice(speakerId);
}

export function MicrophoneMenu({ call }: { call: Call }) {
  const { media, meter } = call;
  const microphones = media.of('audioinput');
  const { microphoneId } = preferences.value;
  const microphone = chosenDevice(microphones, media.microphone.state.value.deviceId, microphoneId);
  const speaker = chosenDevice(speakersOf(call), '', preferences.value.speakerId);
  return (
    <MenuButton
      class="key key--caret"
      label={t('device.audio-menu')}
      trigger={<Icon name="chevron" />}
    >
      <MenuGroup title={t('device.microphone')}>
        {microphones.map(({ deviceId, label }) => (
          <MenuChoice
            key={deviceId}
            checked={deviceId === microphone}
            onSelect={() => chooseMicrophone(media, deviceId)}
          >
            {label}
          </MenuChoice>
        ))}
        <NoDevice devices={microphones} />
      </MenuGroup>
      <Meter level={meter.level} silent />
      <SpeakerGroup call={call} speaker={speaker} />
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

function speakersOf(call: Call): readonly MediaDeviceInfo[] {
  return canChooseSpeaker() ? call.media.of('audiooutput') : [];
}

function SpeakerGroup({ call, speaker }: { call: Call; speaker: string }) {
  const speakers = speakersOf(call);
  if (speakers.length === 0) return null;
  return (
    <MenuGroup title={t('device.speaker')}>
      {speakers.map(({ deviceId, label }) => (
        <MenuChoice
          key={deviceId}
          checked={deviceId === speaker}
          onSelect={() => chooseSpeaker(call, deviceId)}
        >
          {label}
        </MenuChoice>
      ))}
    </MenuGroup>
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
      <MenuGroup title={t('device.camera')}>
        {cameras.map(({ deviceId, label }) => (
          <MenuChoice
            key={deviceId}
            checked={deviceId === chosen}
            onSelect={() => chooseCamera(media, deviceId)}
          >
            {label}
          </MenuChoice>
        ))}
        <NoDevice devices={cameras} />
      </MenuGroup>
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

function NoDevice({ devices }: { devices: readonly MediaDeviceInfo[] }) {
  if (devices.length > 0) return null;
  return (
    <div class="item item--none" role="menuitem" aria-disabled="true">
      {t('device.none')}
    </div>
  );
}
