// SPDX-License-Identifier: Apache-2.0
import { Unlinked, type Wire } from '../signal/Wire';
import { samePlan, type Plan } from './encodings';
import { ask, Refusal } from './mediaRequest';
import type { SendPort, SentTrack } from './RelayDevice';
import { noTracks, roles, type Role, type Tracks } from './roles';

/** After a request that was not answered. */
export const againAfterMillis = 1_000;

/** As the best layer that is watched. */
const nobody = -1;

export interface PublisherOptions {
  readonly wire: Wire;
  readonly port: SendPort;
  /** How a track would be sent as things are now; null for sound. */
  readonly planFor: (role: Role, track: MediaStreamTrack) => Plan | null;
  readonly broken: (error: unknown) => void;
}

/** One role: its place on the transport is made with the first track and kept while the call lasts. */
interface Place {
  sent: SentTrack | null;
  plan: Plan | null;
  /** What this place is for at present, and what is on the sender: nothing while nobody watches. */
  track: MediaStreamTrack | null;
  sending: MediaStreamTrack | null;
  making: boolean;
  /** The server does not take this one; another may do. */
  refused: MediaStreamTrack | null;
  /** The best layer that anybody watches, as last told, and as last done. */
  wantedLayer: number | null;
  doneLayer: number | null;
  layering: boolean;
}

/**
 * Sends this page's tracks to the router. A role goes on the transport when it first has a track;
 * from then on tracks are exchanged on its sender, and nothing is on it while a device is off. Sizes
 * that nobody watches are not sent.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #places = new Map<Role, Place>();
  /** Told of tracks whose place is still being made. */
  readonly #earlyLayers = new Map<string, number>();
  #outgoing: Tracks = noTracks;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  get producerIds(): string[] {
    return [...this.#places.values()].flatMap(({ sent }) => sent?.id ?? []);
  }

  /** Sends from now on exactly these tracks. */
  setOutgoing(outgoing: Tracks): void {
    this.#outgoing = outgoing;
    for (const role of roles) this.#update(role);
  }

  /** Layers above this one are watched by nobody; -1 for none at all. */
  layersWanted(producerId: string, maxSpatialLayer: number): void {
    for (const [role, place] of this.#places) {
      if (place.sent?.id !== producerId) continue;
      place.wantedLayer = maxSpatialLayer;
      void this.#setLayer(role, place);
      return;
    }
    const making = [...this.#places.values()].some((place) => place.making);
    if (making) this.#earlyLayers.set(producerId, maxSpatialLayer);
  }

  /** Words about layers may have been missed: everything is sent until there is another. */
  wakeLayers(): void {
    for (const [role, place] of this.#places) {
      if (!place.sent || !place.plan || place.wantedLayer === null) continue;
      place.wantedLayer = place.plan.encodings.length - 1;
      void this.#setLayer(role, place);
    }
  }

  /** The server does not have these any more: they are sent anew. */
  lost(producerIds: ReadonlySet<string>): void {
    for (const [role, place] of this.#places) {
      if (!place.sent || !producerIds.has(place.sent.id)) continue;
      place.sent.close();
      this.#places.delete(role);
    }
    this.setOutgoing(this.#outgoing);
  }

  /** Signalling is back: what was not made for its lack is made now. */
  retry(): void {
    for (const place of this.#places.values()) place.refused = null;
    this.setOutgoing(this.#outgoing);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#places.clear();
  }

  #update(role: Role): void {
    if (this.#closed) return;
    const track = this.#outgoing[role];
    const place = this.#places.get(role);
    if (place?.making) return;
    if (!place?.sent) {
      if (track && place?.refused !== track) void this.#make(role, track);
      return;
    }
    if (place.track === track) return;
    if (track && !samePlan(place.plan, this.#options.planFor(role, track))) {
      this.#remake(role, place.sent, track);
      return;
    }
    place.track = track;
    this.#put(role, place);
  }

  /** By the sender alone, which asks nobody; no encodings at all would need a negotiation. */
  #put(role: Role, place: Place): void {
    const track = place.doneLayer === nobody ? null : place.track;
    if (place.sending === track) return;
    place.sending = track;
    place.sent?.replace(track).catch((error: unknown) => {
      if (!this.#closed) console.warn(`cannot send ${role}`, error);
    });
  }

  /** Another codec, or other sizes: these are agreed upon once for each place. */
  #remake(role: Role, sent: SentTrack, track: MediaStreamTrack): void {
    const { wire } = this.#options;
    sent.close();
    ask(wire, 'media:close-producer', { producerId: sent.id }).catch(() => undefined);
    void this.#make(role, track);
  }

  async #make(role: Role, track: MediaStreamTrack): Promise<void> {
    const plan = this.#options.planFor(role, track);
    const place: Place = {
      sent: null,
      plan,
      track,
      sending: track,
      making: true,
      refused: null,
      wantedLayer: null,
      doneLayer: null,
      layering: false,
    };
    this.#places.set(role, place);
    try {
      const sent = await this.#options.port.produce(track, role, plan);
      if (this.#isClosed()) {
        sent.close();
        return;
      }
      place.sent = sent;
      place.wantedLayer = this.#earlyLayers.get(sent.id) ?? null;
      this.#earlyLayers.delete(sent.id);
      void this.#setLayer(role, place);
    } catch (error) {
      if (this.#isClosed()) return;
      this.#notMade(role, place, error);
    }
    place.making = false;
    // The device may have been turned off or changed meanwhile.
    this.#update(role);
  }

  #notMade(role: Role, place: Place, error: unknown): void {
    console.warn(`cannot send ${role}`, error);
    place.making = false;
    const ended = place.track?.readyState === 'ended';
    const refused = error instanceof Refusal && error.code === 'media-refused';
    const unanswered = error instanceof Unlinked;
    if (!ended && !refused && !unanswered) {
      this.#options.broken(error);
      return;
    }
    place.refused = place.track;
    if (unanswered) this.#again();
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#options.wire.linked) this.retry();
    }, againAfterMillis);
  }

  /** One at a time, the last word at the end: the library forgets orders that overtake each other. */
  async #setLayer(role: Role, place: Place): Promise<void> {
    if (place.layering || role === 'audio' || role === 'screenAudio') return;
    place.layering = true;
    while (place.sent && place.wantedLayer !== null && place.wantedLayer !== place.doneLayer) {
      const layer = place.wantedLayer;
      try {
        if (layer !== nobody) await place.sent.setMaxSpatialLayer(layer);
      } catch (error) {
        if (!this.#closed) console.warn(`cannot choose layers of ${role}`, error);
      }
      if (this.#closed) return;
      place.doneLayer = layer;
      this.#put(role, place);
    }
    place.layering = false;
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
