// SPDX-License-Identifier: Apache-2.0
import type { ReadonlySignal } from '@preact/signals';
import { t } from '../texts/t';

/** Twenty bars: heard is filled and taller. */
export function Meter({
  level,
  bars = 20,
  silent = false,
}: {
  level: ReadonlySignal<number>;
  bars?: number;
  /** Not told to screen readers, where it would be in the way. */
  silent?: boolean;
}) {
  const on = Math.round(level.value * bars);
  const rungs = Array.from({ length: bars }, (_, bar) => (
    <i key={bar} class={bar < on ? 'on' : ''} />
  ));
  if (silent) {
    return (
      <div class="meter" aria-hidden="true">
        {rungs}
      </div>
    );
  }
  return (
    <div
      class="meter"
      role="meter"
      aria-label={t('device.level')}
      aria-valuemin={0}
      aria-valuemax={bars}
      aria-valuenow={on}
    >
      {rungs}
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
