// SPDX-License-Identifier: Apache-2.0
import type { AnyPage } from './stats.ts';

declare global {
  interface Window {
    __capturedTracks: MediaStreamTrack[];
  }
}

/**
 * Runs in a page before its own scripts: remembers every camera and microphone track the page was
 * given, so that tests can tell whether a camera's light would be on.
 */
export function recordCapturedTracks(): void {
  const captured: MediaStreamTrack[] = [];
  window.__capturedTracks = captured;
  // Absent where the page is not trusted with a camera, whatever the type says.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    captured.push(...stream.getTracks());
    return stream;
  };
}

/** How many cameras the page holds open now. */
export async function openCameraCount(page: AnyPage): Promise<number> {
  return page.evaluate(
    () =>
      window.__capturedTracks.filter(
        ({ kind, readyState }) => kind === 'video' && readyState === 'live',
      ).length,
  );
}
