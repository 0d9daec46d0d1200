// SPDX-License-Identifier: Apache-2.0
import type { ReadonlySignal } from '@preact/signals';
import type { DeviceSlot } from '../media/DeviceSlot';
import { t } from '../texts/t';
import { Icon } from './Icon';
import { LevelGlyph } from './Meter';

/** Am I heard? Am I seen? Lit = on; hollow, crossed icon and a word = off. */
export function TruthKey({
  source,
  slot,
  level,
  onPress,
}: {
  source: 'microphone' | 'camera';
  slot: DeviceSlot;
  level?: ReadonlySignal<number>;
  onPress: () => void;
}) {
  const { wanted, status } = slot.state.value;
  const microphone = source === 'microphone';
  const name = microphone ? t('device.microphone') : t('device.camera');
  const on = wanted ? t('key.on') : microphone ? t('key.muted') : t('key.off');
  const heard = microphone && wanted && (level?.value ?? 0) > 0.15;
  return (
    <button
      type="button"
      class="key key--truth"
      aria-pressed={wanted}
      aria-label={name}
      aria-keyshortcuts={microphone ? 'M' : 'V'}
      aria-busy={status === 'opening'}
      title={`${name} (${microphone ? 'M' : 'V'})`}
      onClick={onPress}
    >
      {status === 'opening' ? (
        <span class="spinner key__spinner" />
      ) : (
        <Icon name={wanted ? (microphone ? 'mic' : 'camera') : off(source)} />
      )}
      <span class="words" aria-hidden="true">
        <span>{microphone ? t('key.mic') : t('key.camera')}</span>
        <small>
          {heard && <LevelGlyph />}
          <span>{on}</span>
        </small>
      </span>
    </button>
  );
}

function off(source: 'microphone' | 'camera') {
  return source === 'microphone' ? 'mic-off' : 'camera-off';
}
