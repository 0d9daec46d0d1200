// SPDX-License-Identifier: Apache-2.0
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { rms, toLevel } from './loudness';

const everyMillis = 50;

let shared: AudioContext | null = null;

/** One for the page; it may sleep until the first press or key. */
export function audioContext(): AudioContext {
  if (!shared) {
    const context = new AudioContext();
    const wake = () => void context.resume();
    addEventListener('pointerdown', wake, { capture: true });
    addEventListener('keydown', wake, { capture: true });
    shared = context;
  }
  return shared;
}

/** How loud the microphone is, on or off: it listens to a copy of the track that is never sent. */
export class LevelMeter {
  /** 0 to 1, on a scale that matches hearing. */
  readonly level = signal(0);
  /** Digital silence since, by `performance.now()`; null while something is heard or nothing is open. */
  readonly silentSinceMillis = signal<number | null>(null);
  readonly #dispose: () => void;

  constructor(track: ReadonlySignal<MediaStreamTrack | null>) {
    this.#dispose = effect(() => {
      const source = track.value;
      this.level.value = 0;
      this.silentSinceMillis.value = null;
      return source ? this.#listen(source) : undefined;
    });
  }

  close(): void {
    this.#dispose();
  }

  #listen(track: MediaStreamTrack): () => void {
    const context = audioContext();
    const copy = track.clone();
    copy.enabled = true;
    const input = context.createMediaStreamSource(new MediaStream([copy]));
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    input.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      if (context.state !== 'running') return;
      analyser.getFloatTimeDomainData(samples);
      this.#measured(rms(samples));
    }, everyMillis);
    return () => {
      clearInterval(timer);
      input.disconnect();
      copy.stop();
    };
  }

  #measured(loudness: number): void {
    const heard = toLevel(loudness);
    this.level.value = Math.max(heard, this.level.peek() * 0.8);
    if (loudness > 0) this.silentSinceMillis.value = null;
    else this.silentSinceMillis.value ??= performance.now();
  }
}
