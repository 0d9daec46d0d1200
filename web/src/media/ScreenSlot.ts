// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { Problem } from './problem';

/** The shared screen: its picture, perhaps its sound, and that both end together. */
export class ScreenSlot {
  readonly wanted = signal(false);
  readonly picture = signal<MediaStreamTrack | null>(null);
  readonly sound = signal<MediaStreamTrack | null>(null);

  readonly #open: () => Promise<MediaStream>;
  readonly #explain: (error: unknown) => Promise<Problem>;
  readonly #tell: (problem: Problem) => void;
  #attempt = 0;

  constructor(
    open: () => Promise<MediaStream>,
    explain: (error: unknown) => Promise<Problem>,
    tell: (problem: Problem) => void,
  ) {
    this.#open = open;
    this.#explain = explain;
    this.#tell = tell;
  }

  /** Must be called from a press or a key: browsers ask for a gesture. */
  async start(): Promise<void> {
    if (this.wanted.peek()) return;
    const attempt = ++this.#attempt;
    this.wanted.value = true;
    try {
      const stream = await this.#open();
      if (attempt === this.#attempt) this.#adopt(stream);
      else stopAll(stream.getTracks());
    } catch (error) {
      const problem = await this.#explain(error);
      if (attempt !== this.#attempt) return;
      this.wanted.value = false;
      if (problem.kind !== 'cancelled') this.#tell(problem);
    }
  }

  stop(): void {
    this.#attempt++;
    const tracks = [this.picture.peek(), this.sound.peek()];
    this.wanted.value = false;
    this.picture.value = null;
    this.sound.value = null;
    stopAll(tracks);
  }

  #adopt(stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    if (!picture) {
      stopAll(stream.getTracks());
      this.wanted.value = false;
      return;
    }
    picture.contentHint = 'detail';
    // The browser's own "Stop sharing" ends the picture.
    picture.addEventListener('ended', () => {
      if (this.picture.peek() === picture) this.stop();
    });
    sound?.addEventListener('ended', () => {
      if (this.sound.peek() === sound) this.sound.value = null;
    });
    this.picture.value = picture;
    this.sound.value = sound ?? null;
  }
}

function stopAll(tracks: readonly (MediaStreamTrack | null)[]): void {
  for (const track of tracks) track?.stop();
}
