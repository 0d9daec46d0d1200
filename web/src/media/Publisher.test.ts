// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unlinked } from '../signal/Wire';
import { FakeTrack } from './FakeTrack.testkit';
import { rest } from './PeerPages.testkit';
import { againAfterMillis } from './Publisher';
import { audio, camera, cameraOf, open, sending } from './RelayRig.testkit';
import { noTracks } from './roles';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);

describe('tracks', () => {
  it('go on the transport when there are any, sound without a plan', async () => {
    const { device, roles, server } = await sending();
    expect(roles()).toEqual(['audio', 'camera']);
    expect(device.send.of('audio')?.plan).toBeNull();
    expect(device.send.of('camera')?.plan?.encodings).toHaveLength(3);
    expect(server.requests('media:connect')).toHaveLength(1);
  });

  it('of a screen and its sound have roles of their own', async () => {
    const { roles, outgoing } = await sending();
    const screen = new FakeTrack('video', 'screen').asTrack;
    const screenAudio = new FakeTrack('audio', 'screen').asTrack;
    outgoing({ audio, camera, screen, screenAudio });
    await rest();
    expect(roles().slice(2)).toEqual(['screen', 'screen-audio']);
  });

  it('leave the sender in the same turn when a device is turned off', async () => {
    const { device, roles, outgoing } = await sending();
    outgoing({ camera });
    expect(device.send.of('audio')?.track).toBeNull();
    outgoing({ audio, camera });
    expect(device.send.of('audio')?.track).toBe(audio);
    await rest();
    expect(roles()).toHaveLength(2);
  });

  it('are what is wanted at the end, however often that changes while they are made', async () => {
    const { relay, device, server } = await open();
    const other = new FakeTrack('audio', 'other').asTrack;
    relay.setOutgoing({ ...noTracks, audio });
    relay.setOutgoing(noTracks);
    relay.setOutgoing({ ...noTracks, audio: other });
    await rest();
    expect(device.send.sent).toHaveLength(1);
    expect(device.send.of('audio')?.track).toBe(other);
    expect(server.requests('media:produce')).toHaveLength(1);
  });
});

describe('a camera', () => {
  it('that can do more or less than the last is published anew', async () => {
    const { device, server, outgoing } = await sending();
    const before = device.send.of('camera');
    const small = cameraOf(360);
    outgoing({ audio, camera: small });
    await rest();
    expect(before?.closed).toBe(true);
    expect(server.requests('media:close-producer')).toEqual([{ producerId: before?.id }]);
    expect(device.send.of('camera')?.track).toBe(small);
    expect(device.send.of('camera')?.plan?.encodings).toHaveLength(2);
  });

  it('like the last goes on in its place', async () => {
    const { device, outgoing } = await sending();
    const full = cameraOf(1080);
    outgoing({ audio, camera: full });
    await rest();
    expect(device.send.sent).toHaveLength(2);
    expect(device.send.of('camera')?.track).toBe(full);
  });

  it('takes up another codec when it starts the next time', async () => {
    const { device, state, outgoing } = await sending();
    state.wish = 'VP9';
    outgoing({ audio, camera });
    outgoing({ audio });
    await rest();
    expect(device.send.of('camera')?.plan?.codec).toBe('VP8');
    outgoing({ audio, camera });
    await rest();
    expect(device.send.of('camera')?.plan?.codec).toBe('VP9');
  });
});

describe('a track that cannot be sent', () => {
  it('because the server refuses it is not offered again; another is', async () => {
    const { relay, server, device } = await open();
    server.refuses.set('media:produce', 'media-refused');
    relay.setOutgoing({ ...noTracks, camera });
    await rest();
    relay.setOutgoing({ ...noTracks, camera });
    await tick(60_000);
    expect(server.requests('media:produce')).toHaveLength(1);
    expect(device.sending).toHaveLength(1);
    server.refuses.clear();
    const other = cameraOf(720);
    relay.setOutgoing({ ...noTracks, camera: other });
    await rest();
    expect(device.send.of('camera')?.track).toBe(other);
  });

  it('because it has ended is let go', async () => {
    const { relay, device, server } = await open();
    const ended = new FakeTrack('video', 'ended');
    ended.stop();
    relay.setOutgoing({ ...noTracks, camera: ended.asTrack });
    await tick(60_000);
    expect(server.requests('media:produce')).toHaveLength(0);
    expect(device.sending).toHaveLength(1);
  });

  it('because nobody answered is tried again while signalling stands', async () => {
    const { relay, device } = await open();
    relay.setOutgoing({ ...noTracks, audio });
    await rest();
    const produce = vi.spyOn(device.send, 'produce');
    produce.mockRejectedValueOnce(new Unlinked('media:produce'));
    relay.setOutgoing({ ...noTracks, audio, camera });
    await rest();
    expect(device.send.of('camera')).toBeUndefined();
    await tick(againAfterMillis);
    expect(device.send.of('camera')?.track).toBe(camera);
    expect(device.sending).toHaveLength(1);
  });

  it('for want of signalling is sent when that is back', async () => {
    const { relay, server, device } = await open();
    relay.setOutgoing({ ...noTracks, audio });
    await rest();
    server.linked = false;
    relay.setOutgoing({ ...noTracks, audio, camera });
    await rest();
    const tries = vi.spyOn(device.send, 'produce');
    await tick(60_000);
    expect(tries).not.toHaveBeenCalled();
    server.linked = true;
    relay.resumed();
    await rest();
    expect(device.send.of('camera')?.track).toBe(camera);
    expect(device.sending).toHaveLength(1);
  });

  it('because the first connection was not told begins anew on another transport', async () => {
    const { relay, server, device } = await open();
    server.refuses.set('media:connect', 'media-gone');
    relay.setOutgoing({ ...noTracks, camera });
    await rest();
    server.refuses.clear();
    await tick(1_000);
    expect(device.sending).toHaveLength(2);
    expect(device.send.of('camera')?.track).toBe(camera);
  });

  it('because signalling broke before the first connection begins anew as well', async () => {
    const { relay, server, device } = await open();
    server.linked = false;
    relay.setOutgoing({ ...noTracks, camera });
    await rest();
    server.linked = true;
    relay.resumed();
    await rest();
    expect(device.sending).toHaveLength(2);
    expect(device.send.of('camera')?.track).toBe(camera);
  });

  it('for another reason makes everything begin anew', async () => {
    const { relay, server, device } = await open();
    server.refuses.set('media:produce', 'media-gone');
    relay.setOutgoing({ ...noTracks, camera });
    await rest();
    server.refuses.clear();
    await tick(1_000);
    expect(device.sending).toHaveLength(2);
    expect(device.send.of('camera')?.track).toBe(camera);
  });
});
