// SPDX-License-Identifier: Apache-2.0
import type { CodecWish } from './encodings';
import { FakeDevice } from './FakeDevice.testkit';
import { FakeTrack } from './FakeTrack.testkit';
import { rest } from './PeerPages.testkit';
import { RelayedMedia } from './RelayedMedia';
import { RelayServer } from './RelayServer.testkit';
import { noTracks } from './roles';

/** A page's media through the router, with stand-ins for browser and server. */

export const audio = new FakeTrack('audio', 'microphone').asTrack;
export const camera = new FakeTrack('video', 'camera').asTrack;

export function setUp() {
  const server = new RelayServer();
  const device = new FakeDevice();
  const state = { wish: 'auto' as CodecWish, now: 0 };
  const relay = new RelayedMedia({
    wire: server,
    openDevice: () => Promise.resolve(device),
    codecWish: () => state.wish,
    now: () => state.now,
  });
  const phase = (id: string) => relay.states.value.get(id)?.phase;
  const tracks = (id: string) => relay.states.value.get(id)?.tracks;
  return { server, device, relay, state, phase, tracks };
}

export async function open() {
  const rig = setUp();
  rig.relay.setPeople(['bo']);
  await rest();
  return rig;
}

/** With a track each way. */
export async function inCall() {
  const rig = await open();
  rig.relay.setOutgoing({ ...noTracks, audio, camera });
  rig.server.offer('c1', 'bo', 'audio');
  rig.server.offer('c2', 'bo', 'camera');
  await rest();
  return rig;
}

export function cameraOf(lines: number) {
  const track = new FakeTrack('video', `camera of ${lines}`);
  track.settings = { width: (lines * 16) / 9, height: lines };
  return track.asTrack;
}

/** With a microphone and a camera on. */
export async function sending() {
  const rig = await open();
  rig.relay.setOutgoing({ ...noTracks, audio, camera });
  await rest();
  const roles = () => rig.server.requests('media:produce').map(({ role }) => role);
  const outgoing = (tracks: Partial<typeof noTracks>) => {
    rig.relay.setOutgoing({ ...noTracks, ...tracks });
  };
  return { ...rig, roles, outgoing };
}
