// SPDX-License-Identifier: Apache-2.0
import type { MediaState, TransportDirection, TransportOpened } from '../protocol/messages';
import { Unlinked, type Wire } from '../signal/Wire';
import { planOf, type CodecWish } from './encodings';
import { ask } from './mediaRequest';
import { Publisher } from './Publisher';
import type { Parameters, PortState, ReceivePort, RelayDevice, SendPort } from './RelayDevice';
import { RelayTransport } from './RelayTransport';
import { onWire } from './roles';
import { Subscriber } from './Subscriber';

export interface SessionOptions {
  readonly wire: Wire;
  readonly device: RelayDevice;
  readonly codecWish: () => CodecWish;
  readonly changed: () => void;
  /** Only another session helps. Called at most once, and not after `close`. */
  readonly broken: (error: unknown) => void;
}

interface Open {
  readonly sending: RelayTransport<SendPort>;
  readonly receiving: RelayTransport<ReceivePort>;
  readonly publisher: Publisher;
}

/** One life of the two transports to the router and of all that goes through them. */
export class RelaySession {
  readonly subscriber: Subscriber;
  readonly #options: SessionOptions;
  readonly #until = new AbortController();
  #open: Open | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { wire, changed } = options;
    this.subscriber = new Subscriber({ wire, changed, broken: (error) => this.#broken(error) });
    // Tracks of others are offered as soon as the server has the transport, before we do.
    const until = this.#until.signal;
    wire.on('media:consumer', (offer) => this.subscriber.offer(offer), until);
    wire.on('media:consumer-closed', (closed) => this.subscriber.end(closed.consumerId), until);
    wire.on('media:transport-closed', (closed) => this.#closedThere(closed.transportId), until);
    wire.on(
      'media:layers-wanted',
      (wanted) => this.publisher?.layersWanted(wanted.producerId, wanted.maxSpatialLayer),
      until,
    );
  }

  /** Null until it is open. */
  get publisher(): Publisher | null {
    return this.#open?.publisher ?? null;
  }

  /** Of sending and receiving; null until they are open. */
  get states(): readonly [PortState, PortState] | null {
    return this.#open ? [this.#open.sending.state, this.#open.receiving.state] : null;
  }

  /** Rejects when the server does not answer or does not want to. */
  async open(): Promise<void> {
    const { receives } = this.#options.device;
    const [sending, receiving] = await Promise.all([
      this.#openOne('send', null),
      this.#openOne('receive', receives),
    ]);
    if (this.#until.signal.aborted) {
      this.#giveUp(sending.transportId);
      this.#giveUp(receiving.transportId);
      return;
    }
    this.#open = this.#join(sending, receiving);
    this.subscriber.attach(this.#open.receiving.port);
  }

  /** The paths may be dead. */
  networkChanged(): void {
    this.#open?.sending.restart();
    this.#open?.receiving.restart();
  }

  /** After a break of signalling: asks what the server has, and brings both sides together. */
  async resumed(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const before = {
      producers: open.publisher.producerIds,
      consumers: this.subscriber.consumerIds,
    };
    try {
      const state = await ask(this.#options.wire, 'media:state', {});
      if (!this.#until.signal.aborted) this.#reconcile(open, state, before);
    } catch (error) {
      // Without an answer, the next return of signalling asks again.
      if (!(error instanceof Unlinked)) this.#broken(error);
    }
  }

  /** Tells the server too. */
  leave(): void {
    const open = this.#open;
    this.close();
    if (!open) return;
    this.#giveUp(open.sending.id);
    this.#giveUp(open.receiving.id);
  }

  close(): void {
    this.#until.abort();
    this.#open?.publisher.close();
    this.subscriber.close();
    this.#open?.sending.close();
    this.#open?.receiving.close();
  }

  #openOne(
    direction: TransportDirection,
    rtpCapabilities: Parameters | null,
  ): Promise<TransportOpened> {
    return ask(this.#options.wire, 'media:open', { direction, rtpCapabilities });
  }

  #join(sendOpened: TransportOpened, receiveOpened: TransportOpened): Open {
    const { wire, device, changed, codecWish } = this.#options;
    const common = { wire, changed, broken: (error: unknown) => this.#broken(error) };
    const { transportId } = sendOpened;
    const sending = new RelayTransport({ ...common, opened: sendOpened }, (hooks) =>
      device.openSend(sendOpened, {
        ...hooks,
        produce: async (role, rtpParameters) => {
          const request = { transportId, role: onWire(role), rtpParameters };
          return (await ask(wire, 'media:produce', request)).producerId;
        },
      }),
    );
    const receiving = new RelayTransport({ ...common, opened: receiveOpened }, (hooks) =>
      device.openReceive(receiveOpened, hooks),
    );
    const publisher = new Publisher({
      ...common,
      port: sending.port,
      planFor: (role, track) => planOf(role, track, codecWish(), device),
    });
    return { sending, receiving, publisher };
  }

  #closedThere(transportId: string): void {
    if (transportId === this.#open?.sending.id || transportId === this.#open?.receiving.id) {
      this.#broken(new Error('the server closed a transport'));
    }
  }

  #reconcile(
    { sending, receiving, publisher }: Open,
    state: MediaState,
    before: { producers: readonly string[]; consumers: ReadonlySet<string> },
  ): void {
    const transports = new Set(state.transportIds);
    if (!transports.has(sending.id) || !transports.has(receiving.id)) {
      this.#broken(new Error('the server does not know a transport'));
      return;
    }
    const listed = new Set(state.consumers.map(({ consumerId }) => consumerId));
    for (const id of before.consumers) if (!listed.has(id)) this.subscriber.end(id);
    for (const offer of state.consumers) this.subscriber.offer(offer);
    this.subscriber.retry();
    const producers = new Set(state.producerIds);
    publisher.lost(new Set(before.producers.filter((id) => !producers.has(id))));
    publisher.retry();
    publisher.wakeLayers();
    sending.resumed();
    receiving.resumed();
  }

  #broken(error: unknown): void {
    if (this.#until.signal.aborted) return;
    this.close();
    this.#options.broken(error);
  }

  #giveUp(transportId: string): void {
    ask(this.#options.wire, 'media:close', { transportId }).catch(() => undefined);
  }
}
