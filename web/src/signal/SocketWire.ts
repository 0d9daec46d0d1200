// SPDX-License-Identifier: Apache-2.0
import { io, type Socket } from 'socket.io-client';
import type { FromServer } from '../protocol/messages';
import { Unlinked, type Answer, type Request, type RequestName, type Wire } from './Wire';

const answerWithinMillis = 10_000;

/** The Wire over Socket.IO: WebSocket first, long-polling where a proxy forbids it. */
export class SocketWire implements Wire {
  readonly #socket: Socket;

  constructor() {
    this.#socket = io({
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      // Each attempt begins afresh, where TCP would wait ever longer between two looks.
      reconnectionDelayMax: 1_500,
      timeout: 5_000,
    });
  }

  get linked(): boolean {
    return this.#socket.connected;
  }

  async request<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Answer<Name>> {
    // Socket.IO would keep it for later; what to send then is for the caller to decide.
    if (!this.#socket.connected) throw new Unlinked(name);
    try {
      const answer: unknown = await this.#socket
        .timeout(answerWithinMillis)
        .emitWithAck(name, request);
      return answer as Answer<Name>;
    } catch {
      throw new Unlinked(name);
    }
  }

  on<Name extends keyof FromServer>(
    name: Name,
    listener: (message: FromServer[Name]) => void,
    until: AbortSignal,
  ): void {
    const heard = (message: FromServer[Name]) => {
      listener(message);
    };
    this.#socket.on<string>(name, heard);
    until.addEventListener('abort', () => this.#socket.off<string>(name, heard));
  }

  onLink(listener: (linked: boolean) => void, until: AbortSignal): void {
    const up = () => {
      listener(true);
    };
    const down = () => {
      listener(false);
    };
    this.#socket.on('connect', up);
    this.#socket.on('disconnect', down);
    until.addEventListener('abort', () => {
      this.#socket.off('connect', up);
      this.#socket.off('disconnect', down);
    });
    if (this.#socket.connected) up();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
