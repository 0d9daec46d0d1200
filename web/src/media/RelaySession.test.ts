// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from './PeerPages.testkit';
import { firstRetryMillis } from './RelayedMedia';
import { audio, camera, inCall, open } from './RelayRig.testkit';
import { connectWithinMillis, mostRestarts, restartAfterMillis } from './RelayTransport';
import { settleMillis } from './Subscriber';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);

describe('paths', () => {
  it('are looked for anew when one is silent for a while', async () => {
    const { server, device } = await inCall();
    device.send.path('disconnected');
    await tick(restartAfterMillis - 1);
    expect(server.requests('media:restart-ice')).toHaveLength(0);
    await tick(1);
    expect(server.requests('media:restart-ice')).toEqual([{ transportId: device.send.id }]);
    expect(device.send.restarts).toHaveLength(1);
    expect(device.receive.restarts).toHaveLength(0);
  });

  it('are left alone when they come back by themselves', async () => {
    const { server, device } = await inCall();
    device.send.path('disconnected');
    device.send.path('connected');
    await tick(60_000);
    expect(server.requests('media:restart-ice')).toHaveLength(0);
  });

  it('are looked for both ways in another network', async () => {
    const { relay, device } = await inCall();
    relay.networkChanged();
    await rest();
    expect([device.send.restarts.length, device.receive.restarts.length]).toEqual([1, 1]);
  });

  it('of transports without tracks are not looked for', async () => {
    const { relay, server } = await open();
    relay.networkChanged();
    await rest();
    expect(server.requests('media:restart-ice')).toHaveLength(0);
  });

  it('that are never found make everything begin anew', async () => {
    const { server, device } = await inCall();
    device.receive.path('failed');
    await tick(mostRestarts * connectWithinMillis + firstRetryMillis);
    await rest();
    expect(device.receiving).toHaveLength(2);
    expect(device.receiving[0]?.closed).toBe(true);
    expect(device.receiving[0]?.restarts).toHaveLength(mostRestarts);
    expect(server.requests('media:open')).toHaveLength(4);
  });

  it('wait for signalling, without which none can be looked for', async () => {
    const { server, device, relay } = await inCall();
    server.linked = false;
    device.receive.path('failed');
    await tick(60_000);
    expect(device.receiving).toHaveLength(1);
    server.linked = true;
    relay.resumed();
    await rest();
    expect(device.receive.restarts).toHaveLength(1);
  });
});

describe('a transport that the server closed', () => {
  it('is replaced, with all that went through it', async () => {
    const { server, device, relay, tracks } = await inCall();
    const [send] = device.sending;
    server.push('media:speaker', { personId: 'bo' });
    server.push('media:faces', { personIds: [] });
    server.forget();
    server.push('media:transport-closed', { transportId: send?.id ?? '' });
    expect(send?.closed).toBe(true);
    expect(tracks('bo')?.audio).toBeNull();
    expect([relay.floor.value, relay.faces.value]).toEqual([null, null]);
    await tick(firstRetryMillis);
    server.offer('c3', 'bo', 'audio');
    await rest();
    expect(device.send.of('audio')?.track).toBe(audio);
    expect(device.send.of('camera')?.track).toBe(camera);
    expect(tracks('bo')?.audio).toBe(device.receive.got.get('c3')?.track);
  });

  it('is of no interest when it is not ours any more', async () => {
    const { server, device } = await inCall();
    server.push('media:transport-closed', { transportId: 'send-0' });
    await tick(60_000);
    expect(device.sending).toHaveLength(1);
  });
});

describe('after a break of signalling', () => {
  it('nothing is disturbed when both sides agree', async () => {
    const { server, device, relay, tracks } = await inCall();
    const before = tracks('bo');
    server.linked = false;
    await tick(5_000);
    server.linked = true;
    relay.resumed();
    await rest();
    expect(server.requests('media:state')).toHaveLength(1);
    expect(device.sending).toHaveLength(1);
    expect(server.requests('media:produce')).toHaveLength(2);
    expect(tracks('bo')).toEqual(before);
  });

  it('a server that knows nothing is met anew', async () => {
    const { server, device, relay } = await inCall();
    server.forget();
    relay.resumed();
    await rest();
    await tick(firstRetryMillis);
    expect(device.sending).toHaveLength(2);
    expect(device.send.of('audio')?.track).toBe(audio);
  });

  it('what it lists is taken, what it does not list ends', async () => {
    const { server, relay, tracks } = await inCall();
    const offer = server.consumers.get('c1');
    if (!offer) throw new Error('offered');
    server.consumers.delete('c2');
    server.consumers.set('c4', { ...offer, consumerId: 'c4', role: 'screen' });
    relay.resumed();
    await rest();
    expect(tracks('bo')?.camera).toBeNull();
    expect(tracks('bo')?.screen).not.toBeNull();
  });

  it('what it does not have of ours is sent anew', async () => {
    const { server, device, relay } = await inCall();
    const sent = device.send.of('camera');
    server.producers.splice(server.producers.indexOf(sent?.id ?? ''), 1);
    relay.resumed();
    await rest();
    expect(sent?.closed).toBe(true);
    expect(device.send.of('camera')?.track).toBe(camera);
    expect(device.sending).toHaveLength(1);
    expect(server.requests('media:produce').map(({ role }) => role)).toEqual([
      'audio',
      'camera',
      'camera',
    ]);
  });

  it('what is wanted is said once more', async () => {
    const { server, relay } = await inCall();
    server.linked = false;
    relay.setViews(new Map([['bo', { camera: 'low', screen: false }]]));
    await tick(settleMillis);
    expect(server.watched.get('c2')?.spatialLayer).toBe(2);
    server.linked = true;
    relay.resumed();
    await rest();
    expect(server.watched.get('c2')?.spatialLayer).toBe(0);
  });
});
