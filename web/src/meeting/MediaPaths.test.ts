// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rest } from '../media/PeerPages.testkit';
import { noTracks } from '../media/roles';
import { fewForMillis } from './mediaPath';
import { keepDirectMillis, lingerMillis } from './MediaPaths';
import { Meeting, peopleOf, three, threeByRelay, voice } from './MeetingPages.testkit';

vi.stubGlobal('MediaStream', EventTarget);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);
describe('two people', () => {
  it('are connected directly, without the server’s router', async () => {
    const meeting = new Meeting();
    await meeting.are('ann');
    await meeting.are('ann', 'bob');
    const [ann, bob] = [meeting.page('ann'), meeting.page('bob')];
    expect([ann.phase('bob'), bob.phase('ann')]).toEqual(['connected', 'connected']);
    expect([ann.relays.length, bob.relays.length]).toEqual([0, 0]);
    expect(ann.connections[0]?.transceivers[0]?.sender.track).toBe(voice);
  });
});

describe('when a third comes', () => {
  it('all go through the router, and who comes makes no direct links', async () => {
    const { ann, bob, cat } = await three();
    expect([ann.isRelayed, bob.isRelayed, cat.isRelayed]).toEqual([true, true, true]);
    expect(cat.connections).toHaveLength(0);
    expect([ann.connections.length, bob.connections.length]).toEqual([1, 1]);
    expect(ann.device.send.of('audio')?.track).toBe(voice);
  });

  it('those who were talking are heard directly until the router brings them', async () => {
    const { ann } = await three();
    const direct = ann.voice('bob');
    expect(direct).toBe(ann.connections[0]?.transceivers[0]?.receiver.track);
    await ann.hears('cat');
    expect(ann.voice('bob')).toBe(direct);
    expect(ann.voice('cat')).toBe(ann.relayedVoice('cat'));
    await ann.hears('bob');
    expect(ann.voice('bob')).toBe(ann.relayedVoice('bob'));
  });

  it('a direct link ends a little after the router has all', async () => {
    const { ann, bob } = await three();
    await ann.hears('bob');
    await tick(lingerMillis - 1);
    expect([ann.open, bob.open]).toEqual([1, 1]);
    await tick(1);
    expect([ann.open, bob.open]).toEqual([0, 1]);
    expect(ann.voice('bob')).toBe(ann.relayedVoice('bob'));
  });

  it('a direct link ends after a while even if the router brings nothing', async () => {
    const { ann } = await three();
    await tick(keepDirectMillis - 1);
    expect(ann.open).toBe(1);
    await tick(1);
    expect(ann.open).toBe(0);
  });

  it('others who come or arrive meanwhile do not put that off', async () => {
    const { meeting, ann, bob } = await three();
    await tick(keepDirectMillis - 2_000);
    await meeting.are('ann', 'bob', 'cat', 'dan');
    await ann.hears('bob');
    await tick(lingerMillis - 500);
    await ann.hears('cat');
    await tick(500);
    expect([ann.open, bob.open]).toEqual([0, 0]);
  });

  it('tracks that change go both ways meanwhile', async () => {
    const { ann } = await three();
    ann.outgoing.value = noTracks;
    await rest();
    expect(ann.connections[0]?.transceivers[0]?.sender.track).toBeNull();
    expect(ann.device.send.of('audio')?.track).toBeNull();
  });

  it('offers for direct links are passed over', async () => {
    const { ann } = await threeByRelay();
    const offer = { kind: 'description', connection: 'x', type: 'offer', sdp: '{}' } as const;
    ann.paths.signal('cat', offer);
    await rest();
    expect(ann.connections).toHaveLength(1);
  });

  it('what the page shows is told to a router that is opened later', async () => {
    const meeting = new Meeting();
    await meeting.are('ann');
    const ann = meeting.page('ann');
    ann.paths.setViews(new Map([['bob', { camera: 'low', screen: false }]]));
    await meeting.are('ann', 'bob', 'cat');
    ann.server.offer('face', 'bob', 'camera');
    await rest();
    expect(ann.server.watched.get('face')).toMatchObject({ watching: true, spatialLayer: 0 });
  });
});

describe('after a break of signalling', () => {
  it('both sides of the router are compared', async () => {
    const { ann } = await threeByRelay();
    ann.paths.joined(ann.people.peek().people, false);
    await rest();
    expect(ann.server.requests('media:state')).toHaveLength(1);
    expect(ann.connections).toHaveLength(1);
  });

  it('a direct link is woken', async () => {
    const meeting = new Meeting();
    await meeting.are('ann');
    await meeting.are('ann', 'bob');
    const ann = meeting.page('ann');
    ann.connections[0]?.path('failed');
    const before = ann.connections[0]?.restarts ?? 0;
    ann.paths.joined(ann.people.peek().people, false);
    expect(ann.connections[0]?.restarts).toBe(before + 1);
  });
});

describe('people', () => {
  it('whom the server does not list do not count', async () => {
    const { ann } = await threeByRelay();
    ann.people.value = peopleOf('ann', ['ann', 'bob', 'cat'], ['cat']);
    await tick(fewForMillis);
    expect(ann.open).toBe(1);
  });

  it('of whom nothing has come yet have a state already', async () => {
    const { cat } = await three();
    expect([cat.phase('ann'), cat.phase('bob')]).toEqual(['connected', 'connected']);
    expect(cat.voice('ann')).toBeNull();
  });

  it('whose faces the server holds back are not waited for', async () => {
    const { ann } = await three();
    const { people } = ann.people.peek();
    const devices = { microphone: true, camera: true, screen: false };
    ann.people.value = { ...ann.people.peek(), people: people.map((p) => ({ ...p, devices })) };
    await ann.hears('bob');
    await tick(lingerMillis);
    expect(ann.open).toBe(1);
    ann.server.push('media:faces', { personIds: ['cat'] });
    await tick(lingerMillis);
    expect(ann.open).toBe(0);
  });

  it('who come when one is alone with the router still open are met directly', async () => {
    const { meeting, ann } = await threeByRelay();
    await meeting.are('ann');
    await tick(1_000);
    await meeting.are('ann', 'zoe');
    expect(ann.phase('zoe')).toBe('connected');
    await tick(fewForMillis);
    expect(ann.isRelayed).toBe(false);
  });

  it('have a voice to measure, whichever way it comes', async () => {
    const { ann } = await three();
    await ann.hears('bob');
    expect(ann.paths.voicesOf('bob')).toEqual([
      ann.connections[0]?.transceivers[0]?.receiver,
      { of: 'voice of bob' },
    ]);
  });
});

describe('closing', () => {
  it('ends both ways for good', async () => {
    const { ann } = await three();
    ann.paths.close();
    await tick(60_000);
    expect(ann.open).toBe(0);
    expect(ann.isRelayed).toBe(false);
    expect(ann.device.send.closed).toBe(true);
    ann.people.value = peopleOf('ann', ['ann', 'bob', 'cat', 'dan']);
    expect(ann.relays).toHaveLength(1);
  });
});
