// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from './PeerPages.testkit';
import { audio, camera, cameraOf, open, sending } from './RelayRig.testkit';
import { noTracks } from './roles';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void vi.useRealTimers());

describe('layers that nobody watches', () => {
  it('are not sent, and come back', async () => {
    const { server, device } = await sending();
    const sent = device.send.of('camera');
    const wanted = async (maxSpatialLayer: number) => {
      server.push('media:layers-wanted', { producerId: sent?.id ?? '', maxSpatialLayer });
      await rest();
    };
    await wanted(0);
    expect(sent?.layers).toEqual([0]);
    expect(sent?.track).toBe(camera);
    await wanted(-1);
    expect(sent?.track).toBeNull();
    await wanted(2);
    await wanted(2);
    expect(sent?.layers).toEqual([0, 2]);
    expect(sent?.track).toBe(camera);
  });

  it('keep a camera that is turned on from the sender until somebody watches', async () => {
    const { server, device, outgoing } = await sending();
    const sent = device.send.of('camera');
    const wanted = async (maxSpatialLayer: number) => {
      server.push('media:layers-wanted', { producerId: sent?.id ?? '', maxSpatialLayer });
      await rest();
    };
    await wanted(-1);
    outgoing({ audio });
    const other = cameraOf(720);
    outgoing({ audio, camera: other });
    expect(sent?.track).toBeNull();
    await wanted(0);
    expect(sent?.track).toBe(other);
    outgoing({ audio });
    await wanted(-1);
    await wanted(2);
    expect(sent?.track).toBeNull();
  });

  it('end with the last word, one order at a time', async () => {
    const { server, device } = await sending();
    const sent = device.send.of('camera');
    if (!sent) throw new Error('sent');
    const wanted = (maxSpatialLayer: number) => {
      server.push('media:layers-wanted', { producerId: sent.id, maxSpatialLayer });
    };
    wanted(1);
    await rest();
    let go: () => void = () => undefined;
    sent.slow = new Promise((resolve) => (go = resolve));
    wanted(0);
    wanted(2);
    wanted(1);
    go();
    await rest();
    expect(sent.layers).toEqual([1, 0, 1]);
  });

  it('may be told before the page has its answer', async () => {
    const { relay, server, device } = await open();
    relay.setOutgoing({ ...noTracks, audio, camera });
    for (let turn = 0; turn < 40 && server.producers.length < 2; turn++) await Promise.resolve();
    const told = device.send.sent.length;
    for (const producerId of server.producers) {
      server.push('media:layers-wanted', { producerId, maxSpatialLayer: -1 });
    }
    await rest();
    expect(told).toBe(0);
    expect(device.send.of('camera')?.track).toBeNull();
    expect(device.send.of('audio')?.track).toBe(audio);
  });

  it('are sent again after a break, in which a word about them may have been missed', async () => {
    const { server, device, relay } = await sending();
    const sent = device.send.of('camera');
    const wanted = (maxSpatialLayer: number) => {
      server.push('media:layers-wanted', { producerId: sent?.id ?? '', maxSpatialLayer });
    };
    relay.resumed();
    await rest();
    expect(sent?.layers).toEqual([]);
    wanted(0);
    wanted(-1);
    await rest();
    expect(sent?.track).toBeNull();
    relay.resumed();
    await rest();
    expect(sent?.layers.at(-1)).toBe(2);
    expect(sent?.track).toBe(camera);
    wanted(-1);
    await rest();
    expect(sent?.track).toBeNull();
  });

  it('are not for sound', async () => {
    const { server, device } = await sending();
    const sent = device.send.of('audio');
    server.push('media:layers-wanted', { producerId: sent?.id ?? '', maxSpatialLayer: -1 });
    await rest();
    expect(sent?.layers).toEqual([]);
  });
});
