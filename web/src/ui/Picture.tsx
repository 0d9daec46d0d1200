// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Shows a video track, always silent: sound is played elsewhere. Calls `onReady` with true at the
 * first new picture, so that nobody sees a black box or the last picture of an hour ago.
 */
export function Picture({
  track,
  mirrored = false,
  onReady,
}: {
  track: MediaStreamTrack;
  mirrored?: boolean;
  onReady?: (ready: boolean) => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const ready = useSignal(false);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const tell = (now: boolean) => {
      ready.value = now;
      onReady?.(now);
    };
    element.srcObject = new MediaStream([track]);
    void element.play().catch(() => undefined);
    const stop = firstPicture(element, () => tell(true));
    return () => {
      stop();
      tell(false);
      element.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={video}
      class={mirrored ? 'pic pic--mirrored' : 'pic'}
      data-ready={ready.value}
      muted
      autoPlay
      playsInline
      disablePictureInPicture
      aria-hidden="true"
    />
  );
}

function firstPicture(video: HTMLVideoElement, tell: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const handle = video.requestVideoFrameCallback(tell);
    return () => video.cancelVideoFrameCallback(handle);
  }
  const element: HTMLVideoElement = video;
  element.addEventListener('timeupdate', tell, { once: true });
  return () => element.removeEventListener('timeupdate', tell);
}
