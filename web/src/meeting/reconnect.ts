// SPDX-License-Identifier: Apache-2.0
/** What to show while the connection to the server is lost; the call itself goes on. */
export type LossStage = 'fine' | 'checking' | 'lost' | 'long';

/** 0-1 s nothing, 1-3 s a hint, then a banner with seconds, after 20 s advice. */
export function lossStage(lostAtMillis: number | null, nowMillis: number): LossStage {
  if (lostAtMillis === null) return 'fine';
  const millis = nowMillis - lostAtMillis;
  if (millis < 1_000) return 'fine';
  if (millis < 3_000) return 'checking';
  return millis <= 20_000 ? 'lost' : 'long';
}

export function secondsSince(sinceMillis: number, nowMillis: number): number {
  return Math.max(0, Math.floor((nowMillis - sinceMillis) / 1000));
}
