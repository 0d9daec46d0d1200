// SPDX-License-Identifier: Apache-2.0
/** The media sections of every peer connection, in this order from the first offer on. */
export const roles = ['audio', 'camera', 'screen', 'screenAudio'] as const;
export type Role = (typeof roles)[number];

export type Tracks = Readonly<Record<Role, MediaStreamTrack | null>>;

export const noTracks: Tracks = { audio: null, camera: null, screen: null, screenAudio: null };

export function kindOf(role: Role): 'audio' | 'video' {
  return role === 'audio' || role === 'screenAudio' ? 'audio' : 'video';
}
