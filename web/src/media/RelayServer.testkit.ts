// SPDX-License-Identifier: Apache-2.0
import type { ConsumerOffer, FromServer, Joined, RefusalCode, Watch } from '../protocol/messages';
import { Unlinked, type Answer, type Request, type RequestName, type Wire } from '../signal/Wire';

interface Asked {
  name: RequestName;
  request: unknown;
}

/** The server's half of media by the relay: answers at once, and remembers what it was told. */
export class RelayServer implements Wire {
  linked = true;
  readonly asked: Asked[] = [];
  readonly refuses = new Map<RequestName, RefusalCode>();
  readonly transports: string[] = [];
  readonly producers: string[] = [];
  readonly consumers = new Map<string, ConsumerOffer>();
  readonly watched = new Map<string, Watch>();
  /** What who enters is told. */
  joined: Joined | null = null;
  #onLink: (linked: boolean) => void = () => undefined;
  readonly #listeners = new Map<string, (message: unknown) => void>();
  #made = 0;

  async request<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Answer<Name>> {
    await Promise.resolve();
    if (!this.linked) throw new Unlinked(name);
    this.asked.push({ name, request });
    const code = this.refuses.get(name);
    const answer = code
      ? { kind: 'refused', code, message: '' }
      : (this.#answers[name]?.(request) ?? { kind: 'done' });
    return answer as Answer<Name>;
  }

  on<Name extends keyof FromServer>(
    name: Name,
    listener: (message: FromServer[Name]) => void,
    until: AbortSignal,
  ): void {
    const heard = listener as (message: unknown) => void;
    this.#listeners.set(name, heard);
    until.addEventListener('abort', () => {
      if (this.#listeners.get(name) === heard) this.#listeners.delete(name);
    });
  }

  onLink(listener: (linked: boolean) => void): void {
    this.#onLink = listener;
    listener(this.linked);
  }

  /** The line breaks or is back. */
  link(linked: boolean): void {
    this.linked = linked;
    this.#onLink(linked);
  }

  close(): void {
    this.linked = false;
  }

  push<Name extends keyof FromServer>(name: Name, message: FromServer[Name]): void {
    this.#listeners.get(name)?.(message);
  }

  /** A track of somebody, as later ones are told: by an event. */
  offer(consumerId: string, personId: string, role: ConsumerOffer['role'], mode = 'L3T3'): void {
    const offer: ConsumerOffer = {
      consumerId,
      producerId: `${personId} ${role}`,
      personId,
      role,
      rtpParameters: { encodings: [{ ssrc: 1, scalabilityMode: mode }] },
    };
    this.consumers.set(consumerId, offer);
    this.push('media:consumer', offer);
  }

  end(consumerId: string): void {
    this.consumers.delete(consumerId);
    this.push('media:consumer-closed', { consumerId });
  }

  /** It starts anew and knows nothing any more. */
  forget(): void {
    this.transports.length = 0;
    this.producers.length = 0;
    this.consumers.clear();
  }

  requests<Name extends RequestName>(name: Name): Request<Name>[] {
    return this.asked
      .filter((each) => each.name === name)
      .map(({ request }) => request as Request<Name>);
  }

  #offerAll(): void {
    for (const offer of this.consumers.values()) this.push('media:consumer', offer);
  }

  readonly #answers: { [Name in RequestName]?: (request: Request<Name>) => unknown } = {
    'meeting:join': () => this.joined,
    'media:capabilities': () => ({
      kind: 'media-capabilities',
      rtpCapabilities: { router: true },
    }),
    'media:open': ({ direction }) => {
      const transportId = `${direction}-${++this.#made}`;
      const before = this.transports.findIndex((id) => id.startsWith(direction));
      if (before >= 0) this.transports.splice(before, 1);
      this.transports.push(transportId);
      if (direction === 'receive') queueMicrotask(() => this.#offerAll());
      return { kind: 'transport-opened', transportId };
    },
    'media:restart-ice': () => ({
      kind: 'ice-restarted',
      iceParameters: { usernameFragment: `u${++this.#made}` },
    }),
    'media:produce': () => {
      const producerId = `producer-${++this.#made}`;
      this.producers.push(producerId);
      return { kind: 'produced', producerId };
    },
    'media:watch': (watch) => {
      this.watched.set(watch.consumerId, watch);
      return { kind: 'done' };
    },
    'media:state': () => ({
      kind: 'media-state',
      transportIds: [...this.transports],
      producerIds: [...this.producers],
      consumers: [...this.consumers.values()],
    }),
  };
}
