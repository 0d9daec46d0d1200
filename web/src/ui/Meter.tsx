// SPDX-License-Identifier: Apache-2.0
import type { ReadonlySignal } from '@preact/signals';
import { t } from '../texts/t';

/** Twenty bars: heard is filled and taller. */
export function Meter({ level, bars = 20 }: { level: ReadonlySignal<number>; bars?: number }) {
  const on = Math.round(level.value * bars);
  return (
    <div
      class="meter"
      role="meter"
      aria-label={t('device.level')}
      aria-valuemin={0}
      aria-valuemax={bars}
      aria-valuenow={on}
    >
      {Array.from({ length: bars }, (_, bar) => (
        <i key={bar} class={bar < on ? 'on' : ''} />
      ))}
    </div>
  );
}

/** Three bars in a name pill or a key: somebody speaks. */
export function LevelGlyph() {
  return (
    <span class="lvl" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
