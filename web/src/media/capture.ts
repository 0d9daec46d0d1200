// SPDX-License-Identifier: Apache-2.0
import { classify, type Problem, type Source } from './problem';

/** The browser's capture functions; the only place that calls them. */

/** Some browsers on plain HTTP, and old ones, have no such object at all. */
export function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

export async function openTrack(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  const devices = mediaDevices();
  if (!devices) throw new TypeError('no mediaDevices');
  const stream = await devices.getUserMedia(constraints);
  const [track, ...others] = stream.getTracks();
  for (const other of others) other.stop();
  if (!track) throw new DOMException('no track', 'NotFoundError');
  if (track.kind === 'video') track.contentHint = 'motion';
  return track;
}

export function canShareScreen(): boolean {
  return (
    typeof (mediaDevices() as Partial<MediaDevices> | undefined)?.getDisplayMedia === 'function'
  );
}

export async function openScreen(): Promise<MediaStream> {
  const devices = mediaDevices();
  if (!devices || !canShareScreen()) throw new TypeError('no getDisplayMedia');
  const options = {
    video: { frameRate: { ideal: 15, max: 30 } },
    audio: true,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: 'include',
  };
  return devices.getDisplayMedia(options);
}

export async function permissionOf(source: Source): Promise<PermissionState | null> {
  if (source === 'screen') return null;
  try {
    const { state } = await navigator.permissions.query({ name: source });
    return state;
  } catch {
    return null;
  }
}

export async function explain(source: Source, error: unknown): Promise<Problem> {
  return classify(error, {
    source,
    secure: window.isSecureContext,
    supported: source === 'screen' ? canShareScreen() : mediaDevices() !== undefined,
    permission: await permissionOf(source),
  });
}

export function onPhone(): boolean {
  return matchMedia('(pointer: coarse)').matches && Math.min(screen.width, screen.height) < 600;
}
