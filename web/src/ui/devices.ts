// SPDX-License-Identifier: Apache-2.0
import type { LocalMedia } from '../media/LocalMedia';
import { prefer } from './preferences';

/** What the keys and lists for devices do, with the choice remembered. */

export function pressMicrophone(media: LocalMedia): void {
  const on = !media.microphone.state.peek().wanted;
  media.microphone.turn(on);
  prefer({ microphoneOn: on });
}

export function pressCamera(media: LocalMedia): void {
  const on = !media.camera.state.peek().wanted;
  media.camera.turn(on);
  prefer({ cameraOn: on });
}

export function chooseMicrophone(media: LocalMedia, deviceId: string): void {
  media.microphone.choose({ kind: 'device', deviceId });
  prefer({ microphoneId: deviceId });
}

export function chooseCamera(media: LocalMedia, deviceId: string): void {
  media.camera.choose({ kind: 'device', deviceId });
  prefer({ cameraId: deviceId });
}

/** The device that a list should show as chosen. */
export function chosenDevice(
  devices: readonly MediaDeviceInfo[],
  inUse: string,
  remembered: string,
): string {
  const has = (id: string) => devices.some(({ deviceId }) => deviceId === id);
  if (inUse && has(inUse)) return inUse;
  if (remembered && has(remembered)) return remembered;
  return devices[0]?.deviceId ?? '';
}
