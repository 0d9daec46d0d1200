// SPDX-License-Identifier: Apache-2.0
/** What to ask `getUserMedia` for, from the best wish down to "any". */

export type DeviceChoice =
  | { readonly kind: 'default' }
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'facing'; readonly facing: 'user' | 'environment' };

export const defaultChoice: DeviceChoice = { kind: 'default' };

function pick(choice: DeviceChoice): MediaTrackConstraints[] {
  switch (choice.kind) {
    case 'default':
      return [{}];
    case 'device':
      return [{ deviceId: { exact: choice.deviceId } }, {}];
    case 'facing':
      return [{ facingMode: { exact: choice.facing } }, { facingMode: choice.facing }];
  }
}

export function microphoneLadder(
  choice: DeviceChoice,
  reduceNoise: boolean,
): MediaStreamConstraints[] {
  const wish = {
    echoCancellation: true,
    noiseSuppression: reduceNoise,
    autoGainControl: reduceNoise,
  };
  return pick(choice).map((device) => ({ audio: { ...wish, ...device } }));
}

/** Phones send 360p: it is seen on phones, and spares their battery. */
export function cameraLadder(choice: DeviceChoice, phone: boolean): MediaStreamConstraints[] {
  const size = phone
    ? { width: { ideal: 640 }, height: { ideal: 360 } }
    : { width: { ideal: 1280 }, height: { ideal: 720 } };
  const wishes = pick(choice).map((device) => ({
    video: { ...size, frameRate: { ideal: 30 }, ...device },
  }));
  return [...wishes, { video: true }];
}

/** Only a wish that no device meets is worth the next, lesser wish. */
export function worthLess(error: unknown): boolean {
  return error instanceof Error
    ? error.name === 'OverconstrainedError'
    : (error as { name?: unknown } | null)?.name === 'OverconstrainedError';
}
