// SPDX-License-Identifier: Apache-2.0
/**
 * Talking while a key is held: only from muted, and back to muted whatever ends it, 120 s at most.
 */
export const longestHoldMillis = 120_000;

export class HoldToTalk {
  readonly #microphone: { muted(): boolean; turn(on: boolean): void };
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(microphone: { muted(): boolean; turn(on: boolean): void }) {
    this.#microphone = microphone;
  }

  get held(): boolean {
    return this.#held;
  }

  press(): void {
    if (this.#held || !this.#microphone.muted()) return;
    this.#held = true;
    this.#microphone.turn(true);
    this.#timer = setTimeout(() => this.release(), longestHoldMillis);
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    clearTimeout(this.#timer);
    this.#microphone.turn(false);
  }

  /** The person pressed the key for the microphone meanwhile: theirs counts. */
  forget(): void {
    this.#held = false;
    clearTimeout(this.#timer);
  }
}
