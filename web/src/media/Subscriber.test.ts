// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from './PeerPages.testkit';
import { inCall, open } from './RelayRig.testkit';
import { againAfterMillis, settleMillis } from './Subscriber';
import type { View } from './views';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const view = (camera: View['camera'], screen = false) => new Map([['bo', { camera, screen }]]);

describe('what is watched', () => {
  it('is everything at its best while the page does not know', async () => {
    const { server } = await inCall();
    expect([...server.watched.values()]).toEqual([
      { consumerId: 'c1', watching: true, spatialLayer: 0 },
      { consumerId: 'c2', watching: true, spatialLayer: 2 },
    ]);
  });

  it('is told only when the page can receive it', async () => {
    const { server, device } = await open();
    const taking = vi.spyOn(device.receive, 'consume');
    taking.mockReturnValue(new Promise(() => undefined));
    server.offer('c1', 'bo', 'audio');
    await rest();
    expect(taking).toHaveBeenCalledOnce();
    expect(server.watched.size).toBe(0);
  });

  it('follows the size of the tile', async () => {
    const { server, relay } = await inCall();
    for (const [quality, layer] of [
      ['low', 0],
      ['middle', 1],
      ['high', 2],
    ] as const) {
      relay.setViews(view(quality));
      await tick(settleMillis);
      expect(server.watched.get('c2')).toMatchObject({ watching: true, spatialLayer: layer });
    }
  });

  it('knows how many layers there are', async () => {
    const { server, relay } = await inCall();
    relay.setViews(view('high'));
    server.offer('c3', 'bo', 'camera', 'L2T3');
    server.offer('c4', 'bo', 'camera', 'L1T3');
    await rest();
    expect(server.watched.get('c3')?.spatialLayer).toBe(1);
    expect(server.watched.get('c4')?.spatialLayer).toBe(0);
  });

  it('is no picture that is not shown, but always the sound', async () => {
    const { server, relay } = await inCall();
    relay.setViews(view(null));
    await tick(settleMillis);
    expect(server.watched.get('c2')?.watching).toBe(false);
    expect(server.watched.get('c1')?.watching).toBe(true);
    relay.setViews(view('low'));
    await tick(settleMillis);
    expect(server.watched.get('c2')).toMatchObject({ watching: true, spatialLayer: 0 });
  });

  it('of a shown screen is the best there is', async () => {
    const { server, relay } = await inCall();
    relay.setViews(view('low', true));
    server.offer('c3', 'bo', 'screen');
    server.offer('c4', 'bo', 'screen-audio');
    await rest();
    expect(server.watched.get('c3')).toMatchObject({ watching: true, spatialLayer: 2 });
    expect(server.watched.get('c4')?.watching).toBe(true);
    relay.setViews(view('low', false));
    await tick(settleMillis);
    expect(server.watched.get('c3')?.watching).toBe(false);
    expect(server.watched.get('c4')?.watching).toBe(true);
  });

  it('is told once when a window is being resized', async () => {
    const { server, relay } = await inCall();
    const before = server.requests('media:watch').length;
    for (const quality of ['low', 'middle', 'low', 'middle'] as const) {
      relay.setViews(view(quality));
      await tick(settleMillis / 2);
    }
    await tick(settleMillis);
    expect(server.requests('media:watch').slice(before)).toEqual([
      { consumerId: 'c2', watching: true, spatialLayer: 1 },
    ]);
  });

  it('is said again when the server was too busy to hear', async () => {
    const { server } = await open();
    server.refuses.set('media:watch', 'too-fast');
    server.offer('c1', 'bo', 'audio');
    await rest();
    server.refuses.clear();
    expect(server.watched.size).toBe(0);
    await tick(againAfterMillis);
    expect(server.watched.get('c1')?.watching).toBe(true);
  });

  it('is not said twice', async () => {
    const { server, relay } = await inCall();
    relay.setViews(view('high'));
    await tick(settleMillis);
    expect(server.requests('media:watch')).toHaveLength(2);
  });
});

describe('an offered track', () => {
  it('that ends while it is being taken is not shown', async () => {
    const { server, device, tracks } = await open();
    server.offer('c1', 'bo', 'camera');
    server.end('c1');
    await rest();
    expect(tracks('bo')?.camera).toBeNull();
    expect(device.receive.got.get('c1')?.closed).toBe(true);
    expect(server.watched.size).toBe(0);
  });

  it('that the server does not know any more is let go', async () => {
    const { server, tracks } = await open();
    server.refuses.set('media:watch', 'media-gone');
    server.offer('c1', 'bo', 'camera');
    await rest();
    expect(tracks('bo')?.camera).toBeNull();
  });

  it('is taken once, however often it is named', async () => {
    const { server, device, relay } = await inCall();
    const taking = vi.spyOn(device.receive, 'consume');
    server.offer('c1', 'bo', 'audio');
    relay.resumed();
    await rest();
    expect(taking).not.toHaveBeenCalled();
  });

  it('that ended is not taken from a list made before', async () => {
    const { server, relay, tracks } = await inCall();
    const offer = server.consumers.get('c2');
    relay.resumed();
    server.end('c2');
    if (offer) server.consumers.set('c2', offer);
    await rest();
    expect(tracks('bo')?.camera).toBeNull();
  });

  it('that follows another of its role takes its place', async () => {
    const { server, tracks, device } = await inCall();
    server.offer('c3', 'bo', 'camera');
    await rest();
    server.end('c2');
    expect(tracks('bo')?.camera).toBe(device.receive.got.get('c3')?.track);
  });

  it('that this browser cannot decode is passed over', async () => {
    const { server, device, tracks } = await inCall();
    const unsupported = new Error('codec');
    unsupported.name = 'UnsupportedError';
    device.receive.fails = unsupported;
    server.offer('c3', 'cy', 'camera');
    await tick(60_000);
    expect(tracks('cy')).toBeUndefined();
    expect(device.receiving).toHaveLength(1);
  });

  it('that cannot be taken for another reason makes everything begin anew', async () => {
    const { server, device, tracks } = await inCall();
    device.receive.fails = new Error('descriptions do not fit');
    server.offer('c3', 'cy', 'camera');
    await tick(1_000);
    expect(device.receiving).toHaveLength(2);
    expect(tracks('cy')?.camera).not.toBeNull();
  });
});

describe('a voice', () => {
  it('is measured at what receives it', async () => {
    const { relay } = await inCall();
    expect(relay.voiceOf('bo')).toEqual({ of: 'c1' });
    expect(relay.voiceOf('cy')).toBeUndefined();
  });
});
