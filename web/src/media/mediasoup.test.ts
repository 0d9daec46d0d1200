// SPDX-License-Identifier: Apache-2.0
import { Device, FakeHandler, testFakeParameters } from 'mediasoup-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsumerOffer, TransportOpened } from '../protocol/messages';
import { FakeTrack } from './FakeTrack.testkit';
import { loaded } from './mediasoup';
import type { Parameters, PortState, RelayDevice } from './RelayDevice';
import type { Role } from './roles';

/** The real library, with the stand-in for a browser that it brings. */

const fake = testFakeParameters;
const log: string[] = [];
let device: RelayDevice;

beforeEach(async () => {
  log.length = 0;
  const library = new Device({ handlerFactory: FakeHandler.createFactory(fake) });
  device = await loaded(library, fake.generateRouterRtpCapabilities());
});

function opened(): TransportOpened {
  const { id, iceParameters, iceCandidates, dtlsParameters } =
    fake.generateTransportRemoteParameters();
  return {
    kind: 'transport-opened',
    transportId: id,
    iceParameters,
    iceCandidates,
    dtlsParameters,
  } as unknown as TransportOpened;
}

const hooks = {
  connect: () => {
    log.push('connect');
    return Promise.resolve();
  },
  stateChanged: (state: PortState) => void log.push(state),
  produce: (role: Role, rtpParameters: Parameters) => {
    const { codecs } = rtpParameters as { codecs: { mimeType: string }[] };
    log.push(`produce ${role} ${codecs[0]?.mimeType ?? ''}`);
    return Promise.resolve(`id of ${role}`);
  },
};

describe('the library', () => {
  it('tells what both sides can do', () => {
    expect(device.videoCodecs).toContain('VP8');
    expect(device.videoCodecs.join()).not.toMatch(/rtx|opus|\//);
    expect(Object.keys(device.receives)).toEqual(['codecs', 'headerExtensions']);
    expect(device.browser).toBe('other');
  });

  it('connects with the first track and names it by its role', async () => {
    const port = device.openSend(opened(), hooks);
    const track = new FakeTrack('video', 'camera').asTrack;
    const sent = await port.produce(track, 'camera', { codec: 'VP8', encodings: [] });
    expect(log).toEqual(['connecting', 'connect', 'produce camera video/VP8']);
    expect(sent.id).toBe('id of camera');
    await port.produce(new FakeTrack('audio', 'microphone').asTrack, 'screenAudio', null);
    expect(log.slice(3)).toEqual(['produce screenAudio audio/opus']);
  });

  it('leaves tracks alone, whatever it does with them', async () => {
    const port = device.openSend(opened(), hooks);
    const track = new FakeTrack('video', 'camera');
    const sent = await port.produce(track.asTrack, 'camera', null);
    await sent.setMaxSpatialLayer(0);
    expect(track.enabled).toBe(true);
    await sent.replace(null);
    sent.close();
    port.close();
    expect(track.readyState).toBe('live');
    expect(track.enabled).toBe(true);
  });

  it('says so when the server refuses', async () => {
    const port = device.openSend(opened(), {
      ...hooks,
      produce: () => Promise.reject(new RangeError('no')),
    });
    const track = new FakeTrack('audio', 'microphone').asTrack;
    await expect(port.produce(track, 'audio', null)).rejects.toThrow(RangeError);
  });

  it('takes what is offered', async () => {
    const port = device.openReceive(opened(), hooks);
    const remote = fake.generateConsumerRemoteParameters({ codecMimeType: 'audio/opus' });
    const offer: ConsumerOffer = {
      consumerId: 'c1',
      producerId: 'p1',
      personId: 'bo',
      role: 'screen-audio',
      rtpParameters: remote.rtpParameters,
    };
    const got = await port.consume(offer);
    expect(log).toEqual(['connecting', 'connect']);
    expect(got.track.kind).toBe('audio');
    await port.restartIce(opened().iceParameters);
    got.close();
    port.close();
  });
});
