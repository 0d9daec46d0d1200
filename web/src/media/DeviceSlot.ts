// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { defaultChoice, worthLess, type DeviceChoice } from './constraints';
import type { Problem } from './problem';

/**
 * The one owner of a microphone or a camera, and of the question "may it leave this browser?".
 *
 *   off ──turn(on)──► opening ──► live ──turn(off)──► off        (a track may be kept, silenced)
 *                        └──────► failed ◄── nothing to open after the device went
 *
 * `outgoing` is set in one place, #publish, and holds a track only while the button says on. Every
 * other thing that happens (another device, unplugged, flipped, a late answer of the browser) goes
 * through it, so none can send behind the button's back. A track that is let go is always stopped.
 * What a caller must do: put `outgoing` on its senders at once, in the same turn of the event loop.
 */

export type SlotStatus = 'off' | 'opening' | 'live' | 'failed';

export interface SlotState {
  /** What the button says. */
  readonly wanted: boolean;
  readonly status: SlotStatus;
  readonly choice: DeviceChoice;
  /** The device in use, empty when none is. */
  readonly label: string;
  readonly deviceId: string;
  readonly problem: Problem | null;
  /** The system silenced the track, for example for a phone call. */
  readonly taken: boolean;
}

export interface SlotDriver {
  /** Wishes for a choice, best first. */
  ladder(choice: DeviceChoice): MediaStreamConstraints[];
  open(constraints: MediaStreamConstraints): Promise<MediaStreamTrack>;
  explain(error: unknown): Promise<Problem>;
  /** Whether the device is let go while off; a microphone may be kept to notice talking. */
  releaseWhenOff(): boolean;
  /** Whether a second device can be opened before the first is let go; not so on phones. */
  overlap(): boolean;
}

export type SlotNews =
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'replaced'; readonly before: string; readonly now: string }
  | { readonly kind: 'lost'; readonly before: string };

const nobody = { label: '', deviceId: '', taken: false } as const;

export class DeviceSlot {
  readonly state;
  /** What may leave; null whenever the button says off. */
  readonly outgoing = signal<MediaStreamTrack | null>(null);
  /** What is captured, on or kept; for the preview and the meter. */
  readonly captured = signal<MediaStreamTrack | null>(null);

  readonly #driver: SlotDriver;
  readonly #tell: (news: SlotNews) => void;
  #listening: AbortController | null = null;
  #attempt = 0;
  #closed = false;

  constructor(driver: SlotDriver, choice: DeviceChoice, tell: (news: SlotNews) => void) {
    this.#driver = driver;
    this.#tell = tell;
    this.state = signal<SlotState>({
      wanted: false,
      status: 'off',
      choice,
      problem: null,
      ...nobody,
    });
  }

  turn(on: boolean): void {
    if (this.#closed) return;
    if (on) {
      const alive = this.#alive();
      this.#set({ wanted: true, problem: null, ...(alive && { status: 'live' }) });
      this.#publish();
      if (!alive && this.state.peek().status !== 'opening') void this.#open();
      return;
    }
    const release = this.#driver.releaseWhenOff();
    // A kept microphone may go on being exchanged while off; everything else under way is dropped.
    if (release || !this.#alive()) this.#attempt++;
    this.#set({ wanted: false, status: 'off' });
    this.#publish();
    if (release) this.#release();
  }

  /** Another device; while off it is only remembered, unless a kept track is to be exchanged. */
  choose(choice: DeviceChoice): void {
    if (this.#closed) return;
    this.#set({ choice, problem: null });
    if (!this.state.peek().wanted && !this.captured.peek()) return;
    if (!this.#driver.overlap()) this.#release();
    void this.#open();
  }

  /** After an error that may have gone away by itself. */
  forgive(): void {
    if (this.state.peek().status === 'failed') this.#set({ status: 'off', problem: null });
  }

  close(): void {
    this.#closed = true;
    this.#attempt++;
    this.#set({ wanted: false, status: 'off' });
    this.#publish();
    this.#release();
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt;
    if (!this.#alive()) this.#set({ status: this.state.peek().wanted ? 'opening' : 'off' });
    try {
      const track = await this.#climbDown(this.#driver.ladder(this.state.peek().choice));
      if (attempt === this.#attempt) this.#adopt(track);
      else track.stop();
    } catch (error) {
      const problem = await this.#driver.explain(error);
      if (attempt === this.#attempt) this.#fail(problem);
    }
  }

  async #climbDown(ladder: MediaStreamConstraints[]): Promise<MediaStreamTrack> {
    for (const [rung, constraints] of ladder.entries()) {
      try {
        return await this.#driver.open(constraints);
      } catch (error) {
        if (rung === ladder.length - 1 || !worthLess(error)) throw error;
      }
    }
    throw new Error('nothing to ask for');
  }

  #adopt(track: MediaStreamTrack): void {
    const before = this.captured.peek();
    this.#listening?.abort();
    this.#listening = new AbortController();
    const { signal: until } = this.#listening;
    track.addEventListener('ended', () => this.#lost(track), { signal: until });
    track.addEventListener('mute', () => this.#set({ taken: true }), { signal: until });
    track.addEventListener('unmute', () => this.#set({ taken: false }), { signal: until });
    this.captured.value = track;
    const { wanted } = this.state.peek();
    this.#set({
      status: wanted ? 'live' : 'off',
      label: track.label,
      deviceId: track.getSettings().deviceId ?? '',
      taken: track.muted,
      problem: null,
    });
    this.#publish();
    before?.stop();
  }

  #fail(problem: Problem): void {
    if (this.#alive()) {
      // The earlier device still runs: stay with it and say so.
      this.#set({ choice: this.#current(), problem });
    } else {
      this.#release();
      this.#set({ wanted: false, status: 'failed', problem });
      this.#publish();
    }
    this.#tell({ kind: 'failed', problem });
  }

  /** Unplugged, or taken back by the browser: go on with the default; off stays off. */
  #lost(track: MediaStreamTrack): void {
    if (track !== this.captured.peek()) return;
    const { wanted, label } = this.state.peek();
    this.#release();
    this.#set({ choice: defaultChoice });
    this.#publish();
    if (!wanted) {
      this.#tell({ kind: 'lost', before: label });
      return;
    }
    void this.#open().then(() => {
      const now = this.state.peek();
      if (now.status === 'live') this.#tell({ kind: 'replaced', before: label, now: now.label });
    });
  }

  #release(): void {
    this.#listening?.abort();
    this.#listening = null;
    const track = this.captured.peek();
    this.captured.value = null;
    this.#set(nobody);
    this.#publish();
    track?.stop();
  }

  #publish(): void {
    const track = this.captured.peek();
    const { wanted } = this.state.peek();
    if (track) track.enabled = wanted;
    this.outgoing.value = wanted && this.#alive() ? track : null;
  }

  #alive(): boolean {
    return this.captured.peek()?.readyState === 'live';
  }

  #current(): DeviceChoice {
    const { deviceId } = this.state.peek();
    return deviceId ? { kind: 'device', deviceId } : defaultChoice;
  }

  #set(change: Partial<SlotState>): void {
    this.state.value = { ...this.state.peek(), ...change };
  }
}
