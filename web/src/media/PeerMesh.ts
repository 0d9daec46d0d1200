// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { Signal } from '../protocol/messages';
import type { LinkState } from './linkState';
import { PeerLink } from './PeerLink';
import { noTracks, type Tracks } from './roles';

export interface MeshOptions {
  readonly me: string;
  readonly createConnection: () => RTCPeerConnection;
  /** Resolves to whether it was delivered. */
  readonly send: (to: string, signal: Signal) => Promise<boolean>;
}

/** If no offer comes from somebody who should make one, we make it. */
export const offerWithinMillis = 3_000;

/** The peer connections of this page, one to each other person. */
export class PeerMesh {
  readonly states = signal<ReadonlyMap<string, LinkState>>(new Map());
  readonly #options: MeshOptions;
  readonly #links = new Map<string, PeerLink>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  #outgoing: Tracks = noTracks;

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** Whoever came later offers; the ones who were there wait for it, but not forever. */
  meet(personId: string, initiate: boolean): void {
    if (personId === this.#options.me || this.#links.has(personId)) return;
    const link = this.#link(personId);
    if (initiate) link.start();
    else {
      const timer = setTimeout(() => {
        if (!link.connection) link.start();
      }, offerWithinMillis);
      this.#waiting.set(personId, timer);
    }
  }

  async receive(from: string, signal: Signal): Promise<void> {
    if (from === this.#options.me) return;
    await (this.#links.get(from) ?? this.#link(from)).receive(signal);
  }

  setOutgoing(outgoing: Tracks): void {
    this.#outgoing = outgoing;
    for (const link of this.#links.values()) link.setOutgoing(outgoing);
  }

  linkOf(personId: string): PeerLink | undefined {
    return this.#links.get(personId);
  }

  wake(personId: string): void {
    this.#links.get(personId)?.wake();
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.networkChanged();
  }

  forget(personId: string): void {
    clearTimeout(this.#waiting.get(personId));
    this.#waiting.delete(personId);
    this.#links.get(personId)?.close();
    this.#links.delete(personId);
    const states = new Map(this.states.peek());
    states.delete(personId);
    this.states.value = states;
  }

  close(): void {
    for (const personId of [...this.#links.keys()]) this.forget(personId);
  }

  #link(personId: string): PeerLink {
    const link: PeerLink = new PeerLink({
      polite: this.#options.me > personId,
      createConnection: this.#options.createConnection,
      send: (signal) => this.#options.send(personId, signal),
      onState: (state) => {
        if (this.#links.get(personId) !== link) return;
        this.states.value = new Map(this.states.peek()).set(personId, state);
      },
    });
    this.#links.set(personId, link);
    link.setOutgoing(this.#outgoing);
    this.states.value = new Map(this.states.peek()).set(personId, link.state);
    return link;
  }
}
