// SPDX-License-Identifier: Apache-2.0
import type { Tracks } from './roles';

/** How it stands with one peer connection. */
export type LinkPhase = 'new' | 'connecting' | 'connected' | 'interrupted';

export interface LinkState {
  readonly phase: LinkPhase;
  /** When this phase began, by `now()`. */
  readonly sinceMillis: number;
  readonly tracks: Tracks;
}

export function isUp(connection: RTCPeerConnection): boolean {
  return connection.connectionState === 'connected';
}

export function nextPhase(before: LinkPhase, connection: RTCPeerConnection): LinkPhase {
  if (isUp(connection)) return 'connected';
  return before === 'connected' || before === 'interrupted' ? 'interrupted' : 'connecting';
}
