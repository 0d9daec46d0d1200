// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTrack } from './FakeTrack.testkit';
import {
  againAfterMillis,
  answerWithinMillis,
  connectWithinMillis,
  restartAfterMillis,
} from './PeerLink';
import { call, expectCall, Page, rest, talk } from './PeerPages.testkit';
import { noTracks } from './roles';

vi.stubGlobal('MediaStream', EventTarget);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('PeerLink', () => {
  it('connects with four sections, whoever starts', async () => {
    const { ada, bob } = await call();
    expectCall(ada, bob);

    const other = { ada: new Page('ada'), bob: new Page('bob') };
    other.bob.link.start();
    await talk(other.ada, other.bob);
    expectCall(other.ada, other.bob);
  });

  it('applies candidates that came before the description', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    ada.link.start();
    await rest();
    const candidates = ada.outbox.filter((signal) => signal.kind === 'candidate');
    const rest2 = ada.outbox.filter((signal) => signal.kind !== 'candidate');
    ada.outbox.length = 0;
    for (const signal of [...candidates, ...rest2]) await bob.link.receive(signal);

    expect(candidates).toHaveLength(1);
    expect(bob.connection.candidates).toEqual([`${ada.connection.fingerprint}-1`]);
  });

  it('ends in one call when both start at once', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    ada.link.start();
    bob.link.start();
    await talk(ada, bob);

    expectCall(ada, bob);
    expect(ada.made).toHaveLength(1);
  });

  it('ends in one call when both restart at once', async () => {
    const { ada, bob } = await call();
    ada.connection.restartIce();
    bob.connection.restartIce();
    await talk(ada, bob);

    expectCall(ada, bob);
    expect([ada.made.length, bob.made.length]).toEqual([1, 1]);
  });

  it.each(['ada', 'bob'] as const)(
    'starts afresh when the page of %s was loaded again',
    async (who) => {
      const { ada, bob } = await call();
      const again = new Page(who);
      again.link.start();
      const [left, right] = who === 'ada' ? [again, bob] : [ada, again];
      await talk(left, right);

      expectCall(left, right);
    },
  );

  it('gets through when the first offer went to a page that was going away', async () => {
    const ada = new Page('ada');
    ada.link.start();
    await rest();
    ada.outbox.length = 0;
    const bob = new Page('bob');
    bob.link.start();
    await talk(ada, bob);
    await vi.advanceTimersByTimeAsync(againAfterMillis);
    await talk(ada, bob);

    expectCall(ada, bob);
  });

  it('starts afresh when a page loaded again answers an offer for its predecessor', async () => {
    const { ada } = await call();
    ada.connection.restartIce();
    await rest();
    const bob = new Page('bob');
    await talk(ada, bob);

    expectCall(ada, bob);
    expect(ada.made).toHaveLength(2);
  });

  it('sends an unanswered offer again', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    ada.link.start();
    await rest();
    ada.outbox.length = 0;

    await vi.advanceTimersByTimeAsync(answerWithinMillis);
    await talk(ada, bob);

    expectCall(ada, bob);
  });

  it('offers when the other side is reachable again', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    ada.linked = false;
    ada.link.start();
    await rest();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ada.outbox).toHaveLength(0);

    ada.linked = true;
    ada.link.wake();
    await talk(ada, bob);

    expectCall(ada, bob);
  });

  it('looks for another path when the path fails, at once or after a while', async () => {
    const { ada, bob } = await call();
    ada.connection.path('failed');
    expect(ada.connection.restarts).toBe(1);
    await talk(ada, bob);

    ada.connection.path('disconnected');
    await vi.advanceTimersByTimeAsync(restartAfterMillis - 1);
    expect(ada.connection.restarts).toBe(1);
    expect(ada.link.state.phase).toBe('interrupted');
    await vi.advanceTimersByTimeAsync(1);
    expect(ada.connection.restarts).toBe(2);
    await talk(ada, bob);

    expectCall(ada, bob);
    expect(bob.made).toHaveLength(1);
  });

  it('starts afresh when descriptions were exchanged but nothing came of it', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    ada.blocked = true;
    bob.blocked = true;
    ada.link.start();
    await talk(ada, bob);
    expect(ada.link.state.phase).toBe('connecting');

    ada.blocked = false;
    bob.blocked = false;
    await vi.advanceTimersByTimeAsync(connectWithinMillis);
    await talk(ada, bob);

    expectCall(ada, bob);
    expect([ada.made.length, bob.made.length]).toEqual([2, 2]);
  });

  it('does not restart when the path comes back by itself', async () => {
    const { ada } = await call();
    ada.connection.path('disconnected');
    ada.connection.path('connected');
    await vi.advanceTimersByTimeAsync(restartAfterMillis * 2);
    expect(ada.connection.restarts).toBe(0);
  });

  it('leaves a working connection alone when signalling comes back', async () => {
    const { ada } = await call();
    ada.link.wake();
    await rest();
    expect(ada.connection.restarts).toBe(0);
    expect(ada.outbox).toHaveLength(0);
  });

  it('exchanges tracks without negotiation, before and after connecting', async () => {
    const ada = new Page('ada');
    const bob = new Page('bob');
    const camera = new FakeTrack('video', 'a').asTrack;
    const microphone = new FakeTrack('audio', 'm').asTrack;
    bob.link.setOutgoing({ ...noTracks, camera });
    ada.link.start();
    await talk(ada, bob);
    expect(bob.connection.transceivers[1]?.sender.track).toBe(camera);

    bob.link.setOutgoing({ ...noTracks, audio: microphone });

    expect(bob.connection.transceivers.map((each) => each.sender.track)).toEqual([
      microphone,
      null,
      null,
      null,
    ]);
    await rest();
    expect(bob.outbox).toHaveLength(0);
  });

  it('says nothing more once closed', async () => {
    const { ada, bob } = await call();
    const connection = ada.connection;
    ada.link.close();
    bob.connection.restartIce();
    await talk(ada, bob);
    expect(connection.connectionState).toBe('closed');
    expect(ada.outbox).toHaveLength(0);
  });

  it('always ends connected, whatever restarts and reloads happen in between', async () => {
    const happening = fc.constantFrom(
      'ada restarts',
      'bob restarts',
      'ada reloads',
      'bob reloads',
      'a step',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
        let { ada, bob } = await call();
        for (const what of happenings) {
          if (what === 'ada restarts') ada.link.networkChanged();
          if (what === 'bob restarts') bob.link.networkChanged();
          if (what === 'ada reloads') {
            ada.link.close();
            ada = new Page('ada');
            ada.link.start();
          }
          if (what === 'bob reloads') {
            bob.link.close();
            bob = new Page('bob');
            bob.link.start();
          }
          await rest();
          if (what !== 'a step') continue;
          const [from, to] = ada.outbox.length > 0 ? [ada, bob] : [bob, ada];
          const signal = from.outbox.shift();
          if (signal) await to.link.receive(signal);
        }
        for (let round = 0; round < 6; round++) {
          await talk(ada, bob);
          await vi.advanceTimersByTimeAsync(answerWithinMillis);
        }
        expectCall(ada, bob);
      }),
      { numRuns: 150 },
    );
  });
});
