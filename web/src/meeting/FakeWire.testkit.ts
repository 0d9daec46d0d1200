// SPDX-License-Identifier: Apache-2.0
import type { FromServer } from '../protocol/messages';
import { Unlinked, type Answer, type Request, type RequestName, type Wire } from '../signal/Wire';

interface Asked {
  name: RequestName;
  request: unknown;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A connection to the server whose answers, events and breaks the test plays. */
export class FakeWire implements Wire {
  linked = false;
  closed = false;
  readonly asked: Asked[] = [];
  readonly #listeners = new Map<string, (message: unknown) => void>();
  #onLink: (linked: boolean) => void = () => undefined;

  request<Name extends RequestName>(name: Name, request: Request<Name>): Promise<Answer<Name>> {
    if (!this.linked) return Promise.reject(new Unlinked(name));
    return new Promise<Answer<Name>>((resolve, reject) => {
      this.asked.push({ name, request, resolve: resolve as (answer: unknown) => void, reject });
    });
  }

  on<Name extends keyof FromServer>(
    name: Name,
    listener: (message: FromServer[Name]) => void,
    until: AbortSignal,
  ): void {
    this.#listeners.set(name, listener as (message: unknown) => void);
    until.addEventListener('abort', () => this.#listeners.delete(name));
  }

  onLink(listener: (linked: boolean) => void): void {
    this.#onLink = listener;
  }

  close(): void {
    this.closed = true;
    this.linked = false;
  }

  connect(): void {
    this.linked = true;
    this.#onLink(true);
  }

  /** As Socket.IO does it: first everybody hears of the break, then what was asked fails. */
  cut(): void {
    this.linked = false;
    this.#onLink(false);
    for (const { name, reject } of this.asked.splice(0)) reject(new Unlinked(name));
  }

  push<Name extends keyof FromServer>(name: Name, message: FromServer[Name]): void {
    this.#listeners.get(name)?.(message);
  }

  /** The oldest open request of this name, taken off the list. */
  take(name: RequestName): Asked | undefined {
    const at = this.asked.findIndex((asked) => asked.name === name);
    return at < 0 ? undefined : this.asked.splice(at, 1)[0];
  }

  async answer<Name extends RequestName>(name: Name, answer: Answer<Name>): Promise<unknown> {
    const asked = this.take(name);
    if (!asked) throw new Error(`nobody asked ${name}`);
    asked.resolve(answer);
    await settled();
    return asked.request;
  }
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}
