// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import type { Signal } from '../protocol/messages';
import { FakeConnection } from './FakeConnection.testkit';
import { PeerLink } from './PeerLink';

/** One page of a person; loading it again makes another one. */
export class Page {
  readonly made: FakeConnection[] = [];
  readonly outbox: Signal[] = [];
  readonly link: PeerLink;
  linked = true;
  /** No path between the two, whatever they describe. */
  blocked = false;

  constructor(name: 'ada' | 'bob') {
    this.link = new PeerLink({
      polite: name === 'bob',
      createConnection: () => {
        const connection = new FakeConnection();
        connection.blocked = this.blocked;
        this.made.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      send: (signal) => {
        if (this.linked) this.outbox.push(signal);
        return Promise.resolve(this.linked);
      },
      onState: () => undefined,
      newId: () => `${name}-${++ids}`,
    });
  }

  get connection(): FakeConnection {
    return this.link.connection as unknown as FakeConnection;
  }
}

let ids = 0;

export const rest = async () => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};

/** Carries signals in order until both are silent. */
export async function talk(a: Page, b: Page): Promise<void> {
  await rest();
  for (let round = 0; round < 60 && (a.outbox.length > 0 || b.outbox.length > 0); round++) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const signal = from.outbox.shift();
      if (signal) await to.link.receive(signal);
    }
    await rest();
  }
}

export function expectCall(a: Page, b: Page): void {
  for (const page of [a, b]) {
    expect(page.connection.signalingState).toBe('stable');
    expect(page.connection.connectionState).toBe('connected');
    expect(page.connection.transceivers.map((each) => each.kind)).toEqual([
      'audio',
      'video',
      'video',
      'audio',
    ]);
    expect(page.connection.transceivers.every((each) => each.direction === 'sendrecv')).toBe(true);
    expect(page.link.state.phase).toBe('connected');
  }
  // What each has of the other is what the other last said: no offers and answers crossed.
  expect(a.connection.remoteDescription).toEqual(b.connection.localDescription);
  expect(b.connection.remoteDescription).toEqual(a.connection.localDescription);
  const session = (sdp: string | undefined) =>
    (JSON.parse(sdp ?? '{}') as { fingerprint?: number }).fingerprint;
  expect(session(a.connection.remoteDescription?.sdp)).toBe(b.connection.fingerprint);
  expect(session(b.connection.remoteDescription?.sdp)).toBe(a.connection.fingerprint);
}

export async function call(): Promise<{ ada: Page; bob: Page }> {
  const ada = new Page('ada');
  const bob = new Page('bob');
  ada.link.start();
  await talk(ada, bob);
  return { ada, bob };
}
