// SPDX-License-Identifier: Apache-2.0

/** What a camera gives, whatever the page asks for. */
export interface CameraShape {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** What pages get unless they ask: lively, and cheap to send and to show. */
export const LIVELY_CAMERA: CameraShape = { width: 320, height: 180, frameRate: 30 };

/** Cheap enough for many pages on one machine. */
export const SMALL_CAMERA: CameraShape = { width: 320, height: 180, frameRate: 15 };

/** Large enough for three layers. */
export const LARGE_CAMERA: CameraShape = { width: 1280, height: 720, frameRate: 15 };

/** Runs in a page before its own scripts: its cameras have this shape. */
export function shapeCameras(shape: CameraShape): void {
  // Absent where the page is not trusted with a camera, whatever the type says.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  if (mediaDevices === undefined) return;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wishes) => {
    if (wishes?.video === undefined || wishes.video === false) return getUserMedia(wishes);
    const others = typeof wishes.video === 'object' ? wishes.video : {};
    const { width, height, frameRate } = shape;
    return getUserMedia({
      ...wishes,
      video: {
        ...others,
        width: { exact: width },
        height: { exact: height },
        frameRate: { ideal: frameRate, max: frameRate },
      },
    });
  };
}
