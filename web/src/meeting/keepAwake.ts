// SPDX-License-Identifier: Apache-2.0
/** The screen stays on until the returned function is called; browsers drop it with a hidden page. */
export function keepAwake(): () => void {
  const until = new AbortController();
  let lock: WakeLockSentinel | null = null;
  const take = async () => {
    if (document.visibilityState !== 'visible') return;
    try {
      lock = (await (navigator as Partial<Navigator>).wakeLock?.request('screen')) ?? null;
      if (until.signal.aborted) await lock?.release();
    } catch {
      // Low battery, or not allowed: the call goes on.
    }
  };
  void take();
  document.addEventListener('visibilitychange', () => void take(), { signal: until.signal });
  return () => {
    until.abort();
    void lock?.release();
  };
}
