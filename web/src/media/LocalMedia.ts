// SPDX-License-Identifier: Apache-2.0
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { DeviceStates } from '../protocol/messages';
import { explain, mediaDevices, onPhone, openScreen, openTrack } from './capture';
import { cameraLadder, defaultChoice, microphoneLadder, type DeviceChoice } from './constraints';
import { DeviceSlot, type SlotNews } from './DeviceSlot';
import type { Problem, Source } from './problem';
import type { Tracks } from './roles';
import { ScreenSlot } from './ScreenSlot';

export interface MediaWishes {
  readonly microphoneId: string;
  readonly cameraId: string;
  readonly reduceNoise: () => boolean;
  /** Keep the microphone open while muted, to notice talking. */
  readonly noticeTalking: () => boolean;
}

export type MediaNews = SlotNews & { readonly source: Source };

/** Everything this page captures: microphone, camera, screen. Alive from pre-join to leaving. */
export class LocalMedia {
  readonly microphone: DeviceSlot;
  readonly camera: DeviceSlot;
  readonly screen: ScreenSlot;
  readonly devices = signal<readonly MediaDeviceInfo[]>([]);
  /** What may leave this browser right now. */
  readonly outgoing: ReadonlySignal<Tracks>;
  /** The same in words, for the others. */
  readonly declared: ReadonlySignal<DeviceStates>;
  readonly #until = new AbortController();
  #tell: (news: MediaNews) => void = () => undefined;

  constructor(wishes: MediaWishes) {
    const { microphoneId, cameraId } = wishes;
    const phone = onPhone();
    this.microphone = this.#slot('microphone', chosen(microphoneId), {
      ladder: (choice) => microphoneLadder(choice, wishes.reduceNoise()),
      releaseWhenOff: () => !wishes.noticeTalking(),
      overlap: () => !phone,
    });
    this.camera = this.#slot('camera', chosen(cameraId), {
      ladder: (choice) => cameraLadder(choice, phone),
      releaseWhenOff: () => true,
      overlap: () => false,
    });
    this.screen = new ScreenSlot(
      openScreen,
      (error) => explain('screen', error),
      (problem: Problem) => this.#tell({ kind: 'failed', problem, source: 'screen' }),
    );
    this.outgoing = computed(() => ({
      audio: this.microphone.outgoing.value,
      camera: this.camera.outgoing.value,
      screen: this.screen.picture.value,
      screenAudio: this.screen.sound.value,
    }));
    this.declared = computed(() => ({
      microphone: this.microphone.outgoing.value !== null,
      camera: this.camera.outgoing.value !== null,
      screen: this.screen.picture.value !== null,
    }));
    this.#watchDevices();
  }

  /** Who shows the news; at first the pre-join page, then the call. */
  tellTo(listener: (news: MediaNews) => void): void {
    this.#tell = listener;
  }

  of(kind: MediaDeviceKind): MediaDeviceInfo[] {
    return this.devices.value.filter((device) => device.kind === kind && device.deviceId !== '');
  }

  /** The camera on the other side of a phone. */
  flip(): void {
    this.camera.choose({
      kind: 'facing',
      facing: this.facing() === 'user' ? 'environment' : 'user',
    });
  }

  facing(): 'user' | 'environment' {
    const mode = this.camera.captured.value?.getSettings().facingMode;
    return mode === 'environment' ? 'environment' : 'user';
  }

  close(): void {
    this.#until.abort();
    this.microphone.close();
    this.camera.close();
    this.screen.stop();
  }

  #slot(
    source: 'microphone' | 'camera',
    choice: DeviceChoice,
    driver: {
      ladder: (choice: DeviceChoice) => MediaStreamConstraints[];
      releaseWhenOff: () => boolean;
      overlap: () => boolean;
    },
  ): DeviceSlot {
    const open = async (constraints: MediaStreamConstraints) => {
      const track = await openTrack(constraints);
      // Names of devices are told only after the first permission.
      void this.#refresh();
      return track;
    };
    return new DeviceSlot(
      { ...driver, open, explain: (error) => explain(source, error) },
      choice,
      (news) => this.#tell({ ...news, source }),
    );
  }

  #watchDevices(): void {
    mediaDevices()?.addEventListener(
      'devicechange',
      () => {
        void this.#refresh();
        for (const slot of [this.microphone, this.camera]) {
          if (slot.state.peek().problem?.kind === 'not-found') slot.forgive();
        }
      },
      { signal: this.#until.signal },
    );
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    try {
      const devices = await mediaDevices()?.enumerateDevices();
      if (devices && !this.#until.signal.aborted) this.devices.value = devices;
    } catch {
      // The lists stay as they are; capturing says what is wrong.
    }
  }
}

function chosen(deviceId: string): DeviceChoice {
  return deviceId ? { kind: 'device', deviceId } : defaultChoice;
}
