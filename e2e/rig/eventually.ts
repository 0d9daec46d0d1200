// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

/** Longest wait for any condition. A test never asserts how long something took. */
export const LIMIT_MILLIS = 30_000;

/** Pauses between two looks, the last of them again and again: most waits end within three seconds. */
const POLL_MILLIS = [100, 100, 200] as const;

/**
 * Waits until `probe` gives a value that `isMet` accepts, prints how long it took, and returns the
 * value. Fails after 30 s unless told otherwise, naming what was waited for and the last value seen.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  isMet: (value: T) => boolean,
  limitMillis = LIMIT_MILLIS,
): Promise<T> {
  const startedAtMillis = performance.now();
  let last: { value: T } | undefined;
  await expect
    .poll(
      async () => {
        last = { value: await probe() };
        return isMet(last.value) ? 'met' : `not met: ${JSON.stringify(last.value)}`;
      },
      { message: what, timeout: limitMillis, intervals: [...POLL_MILLIS] },
    )
    .toBe('met');
  if (last === undefined) throw new Error(`${what}: never probed`);
  const tookSeconds = (performance.now() - startedAtMillis) / 1000;
  console.log(`  ${what}: ${tookSeconds.toFixed(1)} s`);
  return last.value;
}
