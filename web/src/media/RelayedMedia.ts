// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { Wire } from '../signal/Wire';
import type { CodecWish } from './encodings';
import type { LinkPhase, LinkState } from './linkState';
import { ask } from './mediaRequest';
import type { OpenDevice } from './RelayDevice';
import { RelaySession } from './RelaySession';
import { noTracks, sameTracks, type Tracks } from './roles';
import { sameViews, type Views } from './views';

/**
 * This page's media through the server's router: one transport to send, one to receive.
 *
 *   opening ──► open ──► (a transport breaks, or the server forgot it) ──► waiting ──► opening
 *
 * Both transports live and end together, as a session; what is wanted (tracks, views, people)
 * outlives it. A break of signalling alone disturbs nothing: afterwards both sides compare what they
 * have.
 */

export interface RelayOptions {
  readonly wire: Wire;
  readonly openDevice: OpenDevice;
  /** The codec of choice, asked for whenever the camera is published. */
  readonly codecWish: () => CodecWish;
  readonly now?: () => number;
}

export const firstRetryMillis = 500;
export const longestRetryMillis = 10_000;
/** How long a new session must be quiet to count as well. */
export const settleMillis = 3_000;

export class RelayedMedia {
  readonly states = signal<ReadonlyMap<string, LinkState>>(new Map());
  /** Who has the floor, as the server hears it. */
  readonly floor = signal<string | null>(null);
  /** Whose faces come, if not everybody's. */
  readonly faces = signal<readonly string[] | null>(null);
  /** Since when media does not get through, by `now()`; null while it does. */
  readonly stuckSinceMillis = signal<number | null>(null);

  readonly #options: RelayOptions;
  readonly #until = new AbortController();
  #session: RelaySession | null = null;
  #opening = false;
  #everUp = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #people: readonly string[] = [];
  #outgoing: Tracks = noTracks;
  #views: Views | null = null;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.stuckSinceMillis.value = this.#now();
    const { wire } = options;
    const until = this.#until.signal;
    wire.on('media:speaker', ({ personId }) => (this.floor.value = personId), until);
    wire.on('media:faces', ({ personIds }) => (this.faces.value = personIds), until);
    void this.#open();
  }

  /** Whose states are told, beside those of whom tracks come anyway. */
  setPeople(personIds: readonly string[]): void {
    this.#people = personIds;
    this.#changed();
  }

  setOutgoing(outgoing: Tracks): void {
    this.#outgoing = outgoing;
    this.#session?.publisher?.setOutgoing(outgoing);
  }

  /** Which pictures the page shows, and how large. */
  setViews(views: Views): void {
    if (this.#views && sameViews(this.#views, views)) return;
    this.#views = views;
    this.#session?.subscriber.setViews(views);
  }

  voiceOf(personId: string): RTCRtpReceiver | undefined {
    return this.#session?.subscriber.voiceOf(personId);
  }

  networkChanged(): void {
    this.#session?.networkChanged();
  }

  /** In the meeting again after a break of signalling. */
  resumed(): void {
    if (this.#session) void this.#session.resumed();
    else if (!this.#opening) void this.#open();
  }

  close(): void {
    this.#until.abort();
    clearTimeout(this.#timer);
    this.#session?.leave();
    this.#session = null;
    this.floor.value = null;
    this.faces.value = null;
    this.states.value = new Map();
  }

  async #open(): Promise<void> {
    clearTimeout(this.#timer);
    const { wire, openDevice, codecWish } = this.#options;
    this.#opening = true;
    try {
      const { rtpCapabilities } = await ask(wire, 'media:capabilities', {});
      const device = await openDevice(rtpCapabilities);
      if (this.#isClosed()) return;
      const session = new RelaySession({
        wire,
        device,
        codecWish,
        changed: () => this.#changed(),
        broken: (error) => this.#broken(error),
      });
      this.#session = session;
      if (this.#views) session.subscriber.setViews(this.#views);
      await session.open();
      session.publisher?.setOutgoing(this.#outgoing);
    } catch (error) {
      this.#session?.close();
      this.#broken(error);
    } finally {
      this.#opening = false;
    }
    this.#changed();
  }

  /** All anew, after a while that grows. */
  #broken(error: unknown): void {
    if (this.#isClosed()) return;
    console.warn('media through the server broke off', error);
    this.#session = null;
    this.floor.value = null;
    this.faces.value = null;
    const millis = Math.min(firstRetryMillis * 2 ** this.#failures++, longestRetryMillis);
    clearTimeout(this.#timer);
    // While signalling is away, its return begins anew.
    this.#timer = setTimeout(() => {
      if (this.#options.wire.linked && !this.#opening) void this.#open();
    }, millis);
    this.#changed();
  }

  #changed(): void {
    if (this.#isClosed()) return;
    const states = this.#session?.states ?? null;
    if (states?.includes('connected')) {
      this.#failures = 0;
      this.#everUp = true;
    }
    // A transport without tracks stays new, and that is as it should be.
    const up = states?.every((state) => state === 'connected' || state === 'new') ?? false;
    if (!up) this.stuckSinceMillis.value ??= this.#now();
    else if (this.#failures === 0) this.stuckSinceMillis.value = null;
    else this.#settle();
    this.#tellStates();
  }

  /** Tracks come in a moment, and with them the same trouble, or none come: then all is well. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#session?.states?.every((state) => state === 'new')) return;
      this.#failures = 0;
      this.#changed();
    }, settleMillis);
  }

  #tellStates(): void {
    const before = this.states.peek();
    const subscriber = this.#session?.subscriber;
    const ids = new Set([...this.#people, ...(subscriber?.personIds ?? [])]);
    const phase = this.#phase();
    const states = new Map<string, LinkState>();
    let same = ids.size === before.size;
    for (const id of ids) {
      const last = before.get(id);
      const tracks = subscriber?.tracksOf(id) ?? noTracks;
      const sinceMillis = last?.phase === phase ? last.sinceMillis : this.#now();
      const unchanged = last?.phase === phase && sameTracks(last.tracks, tracks);
      states.set(id, unchanged ? last : { phase, sinceMillis, tracks });
      same &&= unchanged;
    }
    if (!same) this.states.value = states;
  }

  /** Of everybody alike: all come by one transport. */
  #phase(): LinkPhase {
    const receiving = this.#session?.states?.[1];
    if (receiving === 'connected') return 'connected';
    if (receiving === 'new' && !this.#session?.subscriber.expecting) return 'connected';
    return this.#everUp ? 'interrupted' : 'connecting';
  }

  #isClosed(): boolean {
    return this.#until.signal.aborted;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
