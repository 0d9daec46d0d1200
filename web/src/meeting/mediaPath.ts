// SPDX-License-Identifier: Apache-2.0
import type { LinkState } from '../media/linkState';
import type { DeviceStates } from '../protocol/messages';

/**
 * Which way sound and picture go. Two people are connected directly; from three on everything goes
 * through the server. Pure.
 *
 *   direct ──three──► relay ──two for a while──► returning ──the direct link stands──► direct
 *                       ▲                            │
 *                       └────────────three───────────┘
 */

export interface PathState {
  /** `returning`: still through the server, while the two connect directly. */
  readonly way: 'direct' | 'relay' | 'returning';
  /** Since when two or fewer are there although more were. */
  readonly fewSinceMillis: number | null;
}

export interface PathFacts {
  /** Present people beside oneself. */
  readonly others: number;
  /** A direct link to the only other stands. */
  readonly directUp: boolean;
  readonly nowMillis: number;
}

/** Somebody who loads the page anew is away for a moment only. */
export const fewForMillis = 5_000;

export const noPath: PathState = { way: 'direct', fewSinceMillis: null };

export function nextPath(before: PathState, { others, directUp, nowMillis }: PathFacts): PathState {
  if (others > 1) return { way: 'relay', fewSinceMillis: null };
  switch (before.way) {
    case 'direct':
      return noPath;
    case 'relay': {
      const since = before.fewSinceMillis ?? nowMillis;
      if (nowMillis - since < fewForMillis) return { way: 'relay', fewSinceMillis: since };
      return others === 0 || directUp ? noPath : { way: 'returning', fewSinceMillis: since };
    }
    case 'returning':
      return others === 0 || directUp ? noPath : before;
  }
}

/** All that somebody says to send is there. Faces that the server holds back are not waited for. */
export function hasArrived(
  link: LinkState | undefined,
  devices: DeviceStates,
  faceComes: boolean,
): boolean {
  if (link?.phase !== 'connected') return false;
  const { audio, camera, screen } = link.tracks;
  return (
    (audio !== null || !devices.microphone) &&
    (camera !== null || !devices.camera || !faceComes) &&
    (screen !== null || !devices.screen)
  );
}

/** Of two ways to the same person: the server's as soon as it has all, until then what stands. */
export function better(
  direct: LinkState | undefined,
  relayed: LinkState | undefined,
  arrived: boolean,
): LinkState | undefined {
  if (!relayed || !direct) return relayed ?? direct;
  return arrived || direct.phase !== 'connected' ? relayed : direct;
}
