// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offerWithinMillis } from '../media/PeerMesh';
import { fewForMillis } from './mediaPath';
import { keepDirectMillis } from './MediaPaths';
import { peopleOf, three, threeByRelay } from './MeetingPages.testkit';

vi.stubGlobal('MediaStream', EventTarget);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tick = (millis: number) => vi.advanceTimersByTimeAsync(millis);
describe('when two are left', () => {
  it('they wait a while, connect directly, and then leave the router', async () => {
    const { meeting, ann, bob } = await threeByRelay();
    await meeting.are('ann', 'bob');
    await tick(fewForMillis - 1);
    expect([ann.open, bob.open]).toEqual([0, 0]);
    expect([ann.isRelayed, bob.isRelayed]).toEqual([true, true]);
    await tick(1);
    expect([ann.isRelayed, bob.isRelayed]).toEqual([true, true]);
    await meeting.talk();
    expect([ann.phase('bob'), bob.phase('ann')]).toEqual(['connected', 'connected']);
    expect([ann.isRelayed, bob.isRelayed]).toEqual([false, false]);
    expect([ann.open, bob.open]).toEqual([1, 1]);
    expect(ann.server.requests('media:close')).toHaveLength(2);
  });

  it('only one of them offers', async () => {
    const { meeting, ann } = await threeByRelay();
    await meeting.are('ann', 'bob');
    await tick(fewForMillis);
    const offers = meeting.queue.filter(
      ({ signal: sent }) => sent.kind === 'description' && sent.type === 'offer',
    );
    expect(offers.map(({ from }) => from)).toEqual(['ann']);
    expect(ann.open).toBe(1);
  });

  it('the other offers when the one who should does not', async () => {
    const { meeting, bob } = await threeByRelay();
    await meeting.are('ann', 'bob');
    meeting.pages.delete('ann');
    await tick(fewForMillis + offerWithinMillis);
    expect(bob.open).toBe(1);
  });

  it('an offer is welcome as soon as the list has two', async () => {
    const { meeting, ann, bob } = await threeByRelay();
    await meeting.are('ann', 'bob');
    // Bob heard of it a while before.
    await tick(2_000);
    bob.people.value = peopleOf('bob', ['bob', 'ann', 'cat']);
    bob.people.value = peopleOf('bob', ['bob', 'ann']);
    await tick(fewForMillis - 2_000);
    await meeting.talk();
    expect(bob.phase('ann')).toBe('connected');
    expect(ann.isRelayed).toBe(false);
    expect(bob.isRelayed).toBe(true);
    await tick(2_000);
    expect(bob.isRelayed).toBe(false);
  });

  it('nothing changes if somebody comes back in time', async () => {
    const { meeting, ann } = await threeByRelay();
    await meeting.are('ann', 'bob');
    await tick(fewForMillis - 1);
    await meeting.are('ann', 'bob', 'dan');
    await tick(60_000);
    expect(ann.relays).toHaveLength(1);
    expect(ann.connections).toHaveLength(1);
    expect(ann.isRelayed).toBe(true);
  });

  it('the router stays while no direct link comes about, and for a third', async () => {
    const { meeting, ann } = await threeByRelay();
    await meeting.are('ann', 'bob');
    await tick(fewForMillis);
    meeting.queue.length = 0;
    await tick(60_000);
    expect(ann.isRelayed).toBe(true);
    expect(ann.voice('bob')).toBe(ann.relayedVoice('bob'));
    await meeting.are('ann', 'bob', 'dan');
    await tick(keepDirectMillis);
    expect(ann.isRelayed).toBe(true);
    expect(ann.open).toBe(0);
  });

  it('a direct link that was ending is not relied upon', async () => {
    const { meeting, ann } = await three();
    await ann.hears('bob');
    await meeting.are('ann', 'bob');
    expect(ann.open).toBe(0);
    expect(ann.isRelayed).toBe(true);
  });

  it('a direct link that the router did not replace in time goes on', async () => {
    const { meeting, ann, bob } = await three();
    await meeting.are('ann', 'bob');
    await tick(keepDirectMillis);
    expect([ann.isRelayed, bob.isRelayed]).toEqual([false, false]);
    expect(ann.connections).toHaveLength(1);
    expect(ann.open).toBe(1);
  });

  it('one alone needs no router', async () => {
    const { meeting, ann } = await threeByRelay();
    await meeting.are('ann');
    await tick(fewForMillis);
    expect(ann.isRelayed).toBe(false);
  });
});
