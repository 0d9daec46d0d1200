// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { LevelMeter } from '../media/LevelMeter';
import { audioContext } from '../media/LevelMeter';
import type { LocalMedia } from '../media/LocalMedia';
import { canChooseSpeaker, playTestSound } from '../media/Speakers';
import { t } from '../texts/t';
import { chooseCamera, chooseMicrophone, chosenDevice } from '../ui/devices';
import { useNow } from '../ui/hooks';
import { Icon } from '../ui/Icon';
import { Meter } from '../ui/Meter';
import { prefer, preferences } from '../ui/preferences';
import type { IconName } from '../ui/shapes';

/** Camera, microphone with its meter, speaker with a test sound; one line on phones. */
export function DeviceRows({ media, meter }: { media: LocalMedia; meter: LevelMeter }) {
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="btn deviceline only-phone"
        aria-expanded={open}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="settings" size={20} />
        <span>{t('device.all')}</span>
        <Meter level={meter.level} />
        <Icon name="chevron" size={20} />
      </button>
      <div class={open.value ? 'devices is-open' : 'devices'}>
        <CameraRow media={media} />
        <MicrophoneRow media={media} meter={meter} />
        <SpeakerRow media={media} />
      </div>
    </>
  );
}

export function DeviceSelect({
  label,
  icon,
  devices,
  chosen,
  onChoose,
  children,
}: {
  label: string;
  icon: IconName;
  devices: readonly MediaDeviceInfo[];
  chosen: string;
  onChoose: (deviceId: string) => void;
  children?: ComponentChildren;
}) {
  return (
    <div>
      <label class="label">
        <span class="label__word">{label}</span>
        <span class="withicon pick">
          <Icon name={icon} size={20} />
          <select
            class="select"
            disabled={devices.length === 0}
            value={chosen}
            onChange={(event) => onChoose(event.currentTarget.value)}
          >
            {devices.length === 0 && <option value="">{t('device.system')}</option>}
            {devices.map(({ deviceId, label: name }, at) => (
              <option key={deviceId} value={deviceId}>
                {name || t('device.nameless', { number: at + 1 })}
              </option>
            ))}
          </select>
        </span>
      </label>
      <div class="under">{children}</div>
    </div>
  );
}

export function CameraRow({ media }: { media: LocalMedia }) {
  const devices = media.of('videoinput');
  const { deviceId } = media.camera.state.value;
  const { width, height } = media.camera.captured.value?.getSettings() ?? {};
  return (
    <DeviceSelect
      label={t('device.camera')}
      icon="camera"
      devices={devices}
      chosen={chosenDevice(devices, deviceId, preferences.value.cameraId)}
      onChoose={(id) => chooseCamera(media, id)}
    >
      <span class="faint">
        {width !== undefined && height !== undefined && `${width} × ${height}`}
      </span>
    </DeviceSelect>
  );
}

const silentAfterMillis = 6_000;

export function MicrophoneRow({ media, meter }: { media: LocalMedia; meter: LevelMeter }) {
  useNow(1_000);
  const devices = media.of('audioinput');
  const { deviceId, label, wanted } = media.microphone.state.value;
  const since = meter.silentSinceMillis.value;
  const silent = wanted && since !== null && performance.now() - since > silentAfterMillis;
  return (
    <DeviceSelect
      label={t('device.microphone')}
      icon="mic"
      devices={devices}
      chosen={chosenDevice(devices, deviceId, preferences.value.microphoneId)}
      onChoose={(id) => chooseMicrophone(media, id)}
    >
      {silent ? (
        <span class="hint--bad" role="alert">
          {t('device.silent', { device: label })}
        </span>
      ) : (
        <Meter level={meter.level} />
      )}
    </DeviceSelect>
  );
}

export function SpeakerRow({
  media,
  onChoose,
}: {
  media: LocalMedia;
  onChoose?: (deviceId: string) => void;
}) {
  const devices = canChooseSpeaker() ? media.of('audiooutput') : [];
  const chosen = chosenDevice(devices, '', preferences.value.speakerId);
  return (
    <DeviceSelect
      label={t('device.speaker')}
      icon="volume"
      devices={devices}
      chosen={chosen}
      onChoose={(speakerId) => {
        prefer({ speakerId });
        onChoose?.(speakerId);
      }}
    >
      <button
        type="button"
        class="btn btn--text btn--small btn--hang"
        onClick={() => playTestSound(audioContext(), preferences.peek().speakerId)}
      >
        <Icon name="volume" size={20} />
        {t('device.test')}
      </button>
    </DeviceSelect>
  );
}
