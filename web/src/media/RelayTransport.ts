// SPDX-License-Identifier: Apache-2.0
import type { TransportOpened } from '../protocol/messages';
import { Unlinked, type Wire } from '../signal/Wire';
import { ask } from './mediaRequest';
import type { Parameters, Port, PortState } from './RelayDevice';

/** How long a path may be silent before another is looked for. */
export const restartAfterMillis = 2_000;
/** How long a first connection or a restart may take. */
export const connectWithinMillis = 6_000;
/** Restarts in a row without success, after which only a new transport helps. */
export const mostRestarts = 3;

export interface RelayTransportOptions {
  readonly wire: Wire;
  readonly opened: TransportOpened;
  readonly changed: () => void;
  /** It is beyond repair. Not called after `close`. */
  readonly broken: (error: unknown) => void;
}

/** Owns one transport to the router: connects it, and looks for another path when one is lost. */
export class RelayTransport<P extends Port = Port> {
  readonly port: P;
  readonly #options: RelayTransportOptions;
  #state: PortState = 'new';
  #restarts = 0;
  #restarting = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    options: RelayTransportOptions,
    open: (hooks: {
      connect: (dtlsParameters: Parameters) => Promise<void>;
      stateChanged: (state: PortState) => void;
    }) => P,
  ) {
    this.#options = options;
    this.port = open({
      connect: (dtlsParameters) => this.#connect(dtlsParameters),
      stateChanged: (state) => this.#changed(state),
    });
  }

  get id(): string {
    return this.#options.opened.transportId;
  }

  /** New as long as there is nothing to carry. */
  get state(): PortState {
    return this.#state;
  }

  /** The path may be dead, or there may be a better one. */
  restart(): void {
    if (this.#state === 'new') return;
    this.#restarts = 0;
    void this.#restart();
  }

  /** Signalling is back: what could not be asked for meanwhile is asked for now. */
  resumed(): void {
    if (this.#state !== 'connected') this.restart();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.port.close();
  }

  /** The library is not made to try this again: half a description is left of it. */
  async #connect(dtlsParameters: Parameters): Promise<void> {
    const { wire, broken } = this.#options;
    try {
      await ask(wire, 'media:connect', { transportId: this.id, dtlsParameters });
    } catch (error) {
      if (!this.#closed) broken(error);
      throw error;
    }
  }

  #changed(state: PortState): void {
    if (this.#closed) return;
    this.#state = state;
    clearTimeout(this.#timer);
    switch (state) {
      case 'connected':
        this.#restarts = 0;
        break;
      case 'connecting':
        this.#restartIn(connectWithinMillis);
        break;
      case 'disconnected':
        this.#restartIn(restartAfterMillis);
        break;
      case 'failed':
        void this.#restart();
        break;
      case 'new':
      case 'closed':
    }
    this.#options.changed();
  }

  #restartIn(millis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#restart(), millis);
  }

  async #restart(): Promise<void> {
    const { wire, broken } = this.#options;
    if (this.#closed || this.#restarting) return;
    if (this.#restarts >= mostRestarts) {
      broken(new Error('no path to the router'));
      return;
    }
    this.#restarting = true;
    try {
      this.#restarts++;
      const { iceParameters } = await ask(wire, 'media:restart-ice', { transportId: this.id });
      if (!this.#isClosed()) await this.port.restartIce(iceParameters);
    } catch (error) {
      // Without signalling the old path is all there is; it may come back.
      if (error instanceof Unlinked) this.#restarts--;
      else if (!this.#isClosed()) broken(error);
    } finally {
      this.#restarting = false;
    }
    if (!this.#isClosed() && this.#state !== 'connected') this.#restartIn(connectWithinMillis);
  }

  /** Asked again after every wait; a field alone would be believed unchanged. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
