// SPDX-License-Identifier: Apache-2.0
import type { TrackRole } from '../protocol/messages';

/** The media sections of every peer connection, in this order from the first offer on. */
export const roles = ['audio', 'camera', 'screen', 'screenAudio'] as const;
export type Role = (typeof roles)[number];

export type Tracks = Readonly<Record<Role, MediaStreamTrack | null>>;

export const noTracks: Tracks = { audio: null, camera: null, screen: null, screenAudio: null };

export function kindOf(role: Role): 'audio' | 'video' {
  return role === 'audio' || role === 'screenAudio' ? 'audio' : 'video';
}

/** The same in the server's spelling. */
export function onWire(role: Role): TrackRole {
  return role === 'screenAudio' ? 'screen-audio' : role;
}

export function fromWire(role: TrackRole): Role {
  return role === 'screen-audio' ? 'screenAudio' : role;
}

export function sameTracks(a: Tracks, b: Tracks): boolean {
  return roles.every((role) => a[role] === b[role]);
}
