// SPDX-License-Identifier: Apache-2.0
import type { DeviceChoice } from './constraints';
import type { SlotDriver } from './DeviceSlot';
import { FakeTrack } from './FakeTrack.testkit';

/** A browser whose answers to getUserMedia come when the test says so. */
export class FakeBrowser implements SlotDriver {
  readonly tracks: FakeTrack[] = [];
  readonly waiting: {
    deviceId: string;
    resolve: (t: MediaStreamTrack) => void;
    reject: (e: unknown) => void;
  }[] = [];
  keeps = false;
  overlaps = false;

  ladder(choice: DeviceChoice): MediaStreamConstraints[] {
    if (choice.kind === 'device')
      return [{ audio: { deviceId: choice.deviceId } }, { audio: true }];
    return [{ audio: { deviceId: choice.kind === 'facing' ? choice.facing : 'default' } }];
  }
  open(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
    const wish = (constraints.audio as MediaTrackConstraints).deviceId as string | undefined;
    return new Promise((resolve, reject) => {
      this.waiting.push({ deviceId: wish ?? 'default', resolve, reject });
    });
  }
  explain() {
    return Promise.resolve({ source: 'camera', kind: 'in-use' } as const);
  }
  releaseWhenOff() {
    return !this.keeps;
  }
  overlap() {
    return this.overlaps;
  }
  answer(): FakeTrack | undefined {
    const request = this.waiting.shift();
    if (!request) return undefined;
    const track = new FakeTrack('video', request.deviceId);
    this.tracks.push(track);
    request.resolve(track.asTrack);
    return track;
  }
  refuse(name = 'NotReadableError'): void {
    this.waiting.shift()?.reject(new DOMException('', name));
  }
  get capturing(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
  }
}
