// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from './PeerPages.testkit';
import { firstRetryMillis, settleMillis } from './RelayedMedia';
import { inCall, open, setUp } from './RelayRig.testkit';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);

describe('opening', () => {
  it('asks for a transport each way and says what it can receive', async () => {
    const { server } = await open();
    expect(server.requests('media:open')).toEqual([
      { direction: 'send', rtpCapabilities: null },
      { direction: 'receive', rtpCapabilities: { receives: true } },
    ]);
  });

  it('takes what is offered before it knows its own transport', async () => {
    const { server, tracks, relay } = setUp();
    server.refuses.set('media:state', 'media-gone');
    for (let turn = 0; turn < 30 && server.requests('media:open').length < 2; turn++) {
      await Promise.resolve();
    }
    server.offer('c1', 'bo', 'audio');
    expect(relay.states.value.get('bo')?.tracks.audio ?? null).toBeNull();
    await rest();
    expect(tracks('bo')?.audio).not.toBeNull();
  });

  it('tries again when the server says no, ever more seldom', async () => {
    const { server } = setUp();
    server.refuses.set('media:capabilities', 'not-in-meeting');
    const times = () => server.requests('media:capabilities').length;
    await rest();
    expect(times()).toBe(1);
    await tick(firstRetryMillis);
    expect(times()).toBe(2);
    await tick(firstRetryMillis);
    expect(times()).toBe(2);
    await tick(firstRetryMillis);
    expect(times()).toBe(3);
    server.refuses.clear();
    await tick(4 * firstRetryMillis);
    expect(server.transports).toHaveLength(2);
  });

  it('waits for signalling and begins as soon as it is back', async () => {
    const { server, relay } = setUp();
    server.linked = false;
    await rest();
    await tick(60_000);
    expect(server.asked).toHaveLength(0);
    server.linked = true;
    relay.resumed();
    await rest();
    expect(server.transports).toHaveLength(2);
  });

  it('leaves nothing behind when closed half-way', async () => {
    const { server, relay } = setUp();
    relay.close();
    await rest();
    await tick(60_000);
    expect(server.requests('media:open')).toHaveLength(0);
  });

  it('gives up at the server what was opened for one who has closed', async () => {
    const { server, relay } = setUp();
    for (let turn = 0; turn < 30 && server.requests('media:open').length < 2; turn++) {
      await Promise.resolve();
    }
    relay.close();
    await rest();
    const closed = server.requests('media:close').map(({ transportId }) => transportId);
    expect(closed).toEqual(server.transports);
  });
});

describe('states', () => {
  it('are connected for people without tracks: there is nothing to wait for', async () => {
    const { phase, relay } = await open();
    expect(phase('bo')).toBe('connected');
    expect(relay.stuckSinceMillis.value).toBeNull();
  });

  it('are not connected before tracks that are on their way', async () => {
    const { server, relay, phase } = await open();
    server.offer('c1', 'bo', 'audio');
    relay.setPeople(['bo', 'cy']);
    expect(phase('cy')).toBe('connecting');
    await rest();
    expect(phase('cy')).toBe('connected');
  });

  it('hold the tracks of each, and lose them', async () => {
    const { server, device, tracks, phase } = await inCall();
    expect(phase('bo')).toBe('connected');
    expect(tracks('bo')?.audio).toBe(device.receive.got.get('c1')?.track);
    expect(tracks('bo')?.camera).toBe(device.receive.got.get('c2')?.track);
    expect(tracks('bo')?.screen).toBeNull();
    server.end('c2');
    expect(tracks('bo')?.camera).toBeNull();
    expect(device.receive.got.get('c2')?.closed).toBe(true);
  });

  it('are of those too whom nobody has told of yet', async () => {
    const { server, tracks } = await open();
    server.offer('c9', 'cy', 'audio');
    await rest();
    expect(tracks('cy')?.audio).not.toBeNull();
  });

  it('are interrupted while the path is', async () => {
    const { device, phase, relay, state } = await inCall();
    state.now = 7;
    device.receive.path('disconnected');
    expect(phase('bo')).toBe('interrupted');
    expect(relay.states.value.get('bo')?.sinceMillis).toBe(7);
    expect(relay.stuckSinceMillis.value).toBe(7);
    device.receive.path('connected');
    expect(phase('bo')).toBe('connected');
    expect(relay.stuckSinceMillis.value).toBeNull();
  });

  it('tell since when nothing gets through, however often it is tried', async () => {
    const { server, device, relay, state } = setUp();
    device.blocked = true;
    await rest();
    state.now = 5;
    server.offer('c1', 'bo', 'audio');
    await rest();
    expect(relay.stuckSinceMillis.value).toBe(5);
    state.now = 9;
    await tick(60_000);
    expect(device.receiving.length).toBeGreaterThan(1);
    expect(relay.stuckSinceMillis.value).toBe(5);
  });

  it('are well again after trouble when there is nothing to carry', async () => {
    const { server, relay } = setUp();
    server.refuses.set('media:capabilities', 'not-in-meeting');
    await rest();
    server.refuses.clear();
    await tick(firstRetryMillis);
    expect(relay.stuckSinceMillis.value).toBe(0);
    await tick(settleMillis);
    expect(relay.stuckSinceMillis.value).toBeNull();
  });

  it('do not change when nothing has', async () => {
    const { relay } = await inCall();
    const before = relay.states.value;
    relay.setPeople(['bo']);
    expect(relay.states.value).toBe(before);
  });

  it('keep floor and faces as the server says', async () => {
    const { server, relay } = await inCall();
    server.push('media:speaker', { personId: 'bo' });
    server.push('media:faces', { personIds: ['bo'] });
    expect([relay.floor.value, relay.faces.value]).toEqual(['bo', ['bo']]);
    server.push('media:faces', { personIds: null });
    expect(relay.faces.value).toBeNull();
  });
});

describe('closing', () => {
  it('ends both transports on both sides, and is not heard of again', async () => {
    const { server, device, relay } = await inCall();
    relay.close();
    await rest();
    expect([device.send.closed, device.receive.closed]).toEqual([true, true]);
    expect(server.requests('media:close')).toEqual([
      { transportId: device.send.id },
      { transportId: device.receive.id },
    ]);
    server.push('media:speaker', { personId: 'bo' });
    await tick(60_000);
    expect(relay.floor.value).toBeNull();
    expect(relay.states.value.size).toBe(0);
    expect(device.sending).toHaveLength(1);
  });
});
