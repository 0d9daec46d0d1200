// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { SpeakingDetector, toLevel } from './loudness';

const everyMillis = 100;

/** Who is speaking, from the levels that arrive with the sound (RFC 6464) or are measured. */
export class SpeakingWatch {
  readonly speaking = signal<ReadonlySet<string>>(new Set());
  readonly #detectors = new Map<string, SpeakingDetector>();
  readonly #timer: ReturnType<typeof setInterval>;

  /** `levels` gives everybody's level of this moment, 0 to 1. */
  constructor(levels: () => ReadonlyMap<string, number>) {
    this.#timer = setInterval(() => {
      this.#listen(levels(), performance.now());
    }, everyMillis);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #listen(levels: ReadonlyMap<string, number>, now: number): void {
    for (const id of this.#detectors.keys()) if (!levels.has(id)) this.#detectors.delete(id);
    const speaking = new Set<string>();
    for (const [id, level] of levels) {
      const detector = this.#detectors.get(id) ?? new SpeakingDetector();
      this.#detectors.set(id, detector);
      if (detector.hear(level, now)) speaking.add(id);
    }
    const before = this.speaking.peek();
    const same = before.size === speaking.size && [...speaking].every((id) => before.has(id));
    if (!same) this.speaking.value = speaking;
  }
}

/** The level that came with the newest sound of a receiver. */
export function receivedLevel(receiver: RTCRtpReceiver | undefined): number {
  const [source] = receiver?.getSynchronizationSources() ?? [];
  return toLevel(source?.audioLevel ?? 0);
}
