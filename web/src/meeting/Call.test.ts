// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeConnection } from '../media/FakeConnection.testkit';
import { FakeDevice } from '../media/FakeDevice.testkit';
import type { LocalMedia } from '../media/LocalMedia';
import { rest } from '../media/PeerPages.testkit';
import { RelayServer } from '../media/RelayServer.testkit';
import { noTracks } from '../media/roles';
import type { Joined, Person } from '../protocol/messages';
import { Call } from './Call';

const library = vi.hoisted((): { device: FakeDevice | null } => ({ device: null }));
vi.mock('../media/mediasoup', () => ({ openDevice: () => Promise.resolve(library.device) }));

const person = (id: string): Person => ({
  id,
  name: id,
  devices: { microphone: true, camera: false, screen: false },
  linked: true,
  joinedAtMillis: 0,
});

const joined = (...ids: string[]): Joined => ({
  kind: 'joined',
  meeting: { id: 'm', title: 'T', listed: false },
  me: 'me',
  resumeSecret: 'secret',
  people: ['me', ...ids].map(person),
  history: { kind: 'history', events: [], more: false },
  iceServers: [],
});

let call: Call;
let server: RelayServer;
let device: FakeDevice;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', class extends EventTarget {});
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.spyOn(HTMLMediaElement.prototype, 'srcObject', 'set').mockReturnValue(undefined);
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  device = new FakeDevice();
  library.device = device;
  server = new RelayServer();
});

afterEach(() => {
  call.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function enter(...others: string[]): Promise<void> {
  server.joined = joined(...others);
  const media = {
    outgoing: signal(noTracks),
    declared: signal({ microphone: false, camera: false, screen: false }),
    microphone: { captured: signal(null) },
  };
  call = new Call({
    meetingId: 'm',
    name: 'Me',
    media: media as unknown as LocalMedia,
    wire: server,
    codecWish: () => 'auto',
    listener: { entered: () => undefined, refused: () => undefined, replaced: () => undefined },
  });
  await rest();
}

const playing = () => [...document.querySelectorAll('audio')].length;

describe('a call', () => {
  it('of two is direct', async () => {
    await enter('a');
    expect(call.relay.value).toBeNull();
    expect(server.requests('signal:send').length).toBeGreaterThan(0);
    expect(server.requests('media:capabilities')).toHaveLength(0);
  });

  it('of three goes through the server’s router', async () => {
    await enter('a', 'b');
    expect(call.relay.value).not.toBeNull();
    expect(server.requests('signal:send')).toHaveLength(0);
    expect(call.links.value.get('a')?.phase).toBe('connected');
  });

  it('of three plays each voice once, as long as it is there', async () => {
    await enter('a', 'b');
    server.offer('c1', 'a', 'audio');
    server.offer('c2', 'b', 'audio');
    await rest();
    expect(playing()).toBe(2);
    server.end('c1');
    expect(playing()).toBe(1);
    call.close();
    expect(playing()).toBe(0);
  });

  it('of three ends the sound of who has left', async () => {
    await enter('a', 'b', 'c');
    server.offer('c1', 'a', 'audio');
    await rest();
    const left = { personId: 'a', seq: 1, atMillis: 1, reason: 'left' } as const;
    server.push('meeting:event', { kind: 'person-left', ...left });
    server.end('c1');
    expect(playing()).toBe(0);
    expect(call.links.value.has('a')).toBe(false);
  });

  it('of three shows who speaks, by the sound that comes', async () => {
    await enter('a', 'b');
    server.offer('c1', 'a', 'audio');
    server.offer('c2', 'b', 'audio');
    await rest();
    const loudness = (id: string, audioLevel: number) => {
      const receiver = call.relay.value?.voiceOf(id) as unknown as Record<string, unknown>;
      receiver['getSynchronizationSources'] = () => [{ audioLevel }];
    };
    loudness('a', 0.3);
    loudness('b', 0);
    await vi.advanceTimersByTimeAsync(300);
    expect([...call.watch.speaking.value]).toEqual(['a']);
  });

  it('of three gets pictures as large as the page shows them', async () => {
    await enter('a', 'b');
    call.setViews(new Map([['a', { camera: 'low', screen: false }]]));
    server.offer('c1', 'a', 'camera');
    server.offer('c2', 'b', 'camera');
    await rest();
    expect(server.watched.get('c1')).toMatchObject({ watching: true, spatialLayer: 0 });
    expect(server.watched.get('c2')?.watching).toBe(false);
  });

  it('compares both sides when the line to the server is back', async () => {
    await enter('a', 'b');
    server.link(false);
    server.link(true);
    await rest();
    expect(server.requests('meeting:join')).toHaveLength(2);
    expect(server.requests('media:state')).toHaveLength(1);
  });
});
