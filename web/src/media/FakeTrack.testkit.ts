// SPDX-License-Identifier: Apache-2.0
/** A stand-in for MediaStreamTrack in tests; keeps count of what is still captured. */
export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  enabled = true;
  muted = false;
  contentHint = '';
  readonly kind: string;
  readonly label: string;
  readonly deviceId: string;
  /** What else the device says of its pictures. */
  settings: MediaTrackSettings = {};

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
    this.label = `${kind} ${deviceId}`;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId, ...this.settings };
  }

  /** As the standard says: stopping fires no event. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** The device was pulled out. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}
