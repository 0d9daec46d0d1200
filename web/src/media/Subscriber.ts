// SPDX-License-Identifier: Apache-2.0
import type { ConsumerOffer, Watch } from '../protocol/messages';
import type { Wire } from '../signal/Wire';
import { layersOf } from './encodings';
import { ask, Refusal } from './mediaRequest';
import type { GotTrack, ReceivePort } from './RelayDevice';
import { fromWire, noTracks, type Role, type Tracks } from './roles';
import { layerFor, type Views } from './views';

/** Changes of what is wanted are told together, so that resizing a window does not flood. */
export const settleMillis = 200;

/** After a word that was not taken. */
export const againAfterMillis = 1_000;

export interface SubscriberOptions {
  readonly wire: Wire;
  /** Another set of tracks. */
  readonly changed: () => void;
  readonly broken: (error: unknown) => void;
}

interface Offered {
  readonly offer: ConsumerOffer;
  readonly role: Role;
  got: GotTrack | null;
  /** What the server was told last. */
  told: Watch | null;
}

/**
 * Takes the tracks that the router offers, and tells it which of them are wanted and how large. Sound
 * always is; pictures as the views say.
 */
export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #offered = new Map<string, Offered>();
  /** Ended before they could be taken; a list of the server may still name them. */
  readonly #ended = new Set<string>();
  #port: ReceivePort | null = null;
  #views: Views | null = null;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** Offers may come before; they are taken now. */
  attach(port: ReceivePort): void {
    this.#port = port;
    for (const offered of this.#offered.values()) void this.#take(offered);
  }

  get consumerIds(): ReadonlySet<string> {
    return new Set(this.#offered.keys());
  }

  get personIds(): ReadonlySet<string> {
    return new Set([...this.#offered.values()].map(({ offer }) => offer.personId));
  }

  /** Whether anything is, or should be, on its way here. */
  get expecting(): boolean {
    return this.#offered.size > 0;
  }

  offer(offer: ConsumerOffer): void {
    const { consumerId } = offer;
    if (this.#offered.has(consumerId) || this.#ended.has(consumerId)) return;
    const offered = { offer, role: fromWire(offer.role), got: null, told: null };
    this.#offered.set(consumerId, offered);
    void this.#take(offered);
  }

  end(consumerId: string): void {
    this.#ended.add(consumerId);
    const offered = this.#offered.get(consumerId);
    if (!offered) return;
    this.#offered.delete(consumerId);
    offered.got?.close();
    this.#options.changed();
  }

  tracksOf(personId: string): Tracks {
    const tracks: Record<Role, MediaStreamTrack | null> = { ...noTracks };
    for (const { offer, role, got } of this.#offered.values()) {
      if (offer.personId === personId && got) tracks[role] = got.track;
    }
    return tracks;
  }

  voiceOf(personId: string): RTCRtpReceiver | undefined {
    const voices = [...this.#offered.values()].filter(
      ({ offer, role }) => offer.personId === personId && role === 'audio',
    );
    return voices.at(-1)?.got?.receiver;
  }

  /** Which pictures are on the page, and how large; null while the page does not know. */
  setViews(views: Views | null): void {
    this.#views = views;
    this.#tellIn(settleMillis);
  }

  /** Signalling is back: what could not be said is said now. */
  retry(): void {
    this.#tellAll();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#offered.clear();
  }

  async #take(offered: Offered): Promise<void> {
    if (!this.#port) return;
    let got: GotTrack;
    try {
      got = await this.#port.consume(offered.offer);
    } catch (error) {
      this.#notTaken(offered.offer.consumerId, error);
      return;
    }
    if (this.#isClosed()) return;
    if (this.#offered.get(offered.offer.consumerId) !== offered) {
      got.close();
      return;
    }
    offered.got = got;
    this.#tell(offered);
    this.#options.changed();
  }

  #notTaken(consumerId: string, error: unknown): void {
    if (this.#closed || !this.#offered.has(consumerId)) return;
    if (error instanceof Error && error.name === 'UnsupportedError') {
      console.warn('cannot take what is offered', error);
      this.end(consumerId);
    } else {
      this.#options.broken(error);
    }
  }

  #tellIn(millis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tellAll(), millis);
  }

  #tellAll(): void {
    for (const offered of this.#offered.values()) if (offered.got) this.#tell(offered);
  }

  #tell(offered: Offered): void {
    const { consumerId } = offered.offer;
    const layer = this.#layerOf(offered);
    const before = offered.told;
    const watch = { consumerId, watching: layer !== null, spatialLayer: layer ?? 0 };
    if (before?.watching === watch.watching && before.spatialLayer === watch.spatialLayer) return;
    offered.told = watch;
    ask(this.#options.wire, 'media:watch', watch).catch((error: unknown) => {
      if (offered.told === watch) offered.told = null;
      if (this.#isClosed()) return;
      if (error instanceof Refusal && error.code === 'media-gone') this.end(consumerId);
      else if (this.#options.wire.linked) this.#tellIn(againAfterMillis);
    });
  }

  /** Null when it is not wanted at all. */
  #layerOf({ offer, role }: Offered): number | null {
    const layers = layersOf(offer.rtpParameters);
    if (role === 'audio' || role === 'screenAudio') return 0;
    if (!this.#views) return layers - 1;
    const view = this.#views.get(offer.personId);
    if (role === 'screen') return view?.screen ? layers - 1 : null;
    return view?.camera ? layerFor(view.camera, layers) : null;
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
