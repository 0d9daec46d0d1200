// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Signal } from '../protocol/messages';
import { FakeConnection } from './FakeConnection.testkit';
import { FakeTrack } from './FakeTrack.testkit';
import { offerWithinMillis, PeerMesh } from './PeerMesh';
import { rest } from './PeerPages.testkit';
import { noTracks } from './roles';

vi.stubGlobal('MediaStream', EventTarget);

/** Pages of one meeting, with the server between them. */
class Meeting {
  readonly pages = new Map<string, PeerMesh>();
  readonly queue: { from: string; to: string; signal: Signal }[] = [];
  readonly connections: FakeConnection[] = [];

  page(me: string): PeerMesh {
    const mesh = new PeerMesh({
      me,
      createConnection: () => {
        const connection = new FakeConnection();
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      send: (to, signal) => {
        this.queue.push({ from: me, to, signal });
        return Promise.resolve(this.pages.has(to));
      },
    });
    this.pages.set(me, mesh);
    return mesh;
  }

  async talk(): Promise<void> {
    await rest();
    for (let round = 0; round < 100; round++) {
      const next = this.queue.shift();
      if (!next) return;
      await this.pages.get(next.to)?.receive(next.from, next.signal);
      await rest();
    }
  }
}

const phase = (mesh: PeerMesh, id: string) => mesh.states.value.get(id)?.phase;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('PeerMesh', () => {
  it('connects each to each when people come one by one', async () => {
    const meeting = new Meeting();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => meeting.page(name));
    if (!a || !b || !c) throw new Error('three pages');
    a.meet('b', false);
    b.meet('a', true);
    await meeting.talk();
    a.meet('c', false);
    b.meet('c', false);
    c.meet('a', true);
    c.meet('b', true);
    await meeting.talk();
    for (const [mesh, others] of [
      [a, ['b', 'c']],
      [b, ['a', 'c']],
      [c, ['a', 'b']],
    ] as const) {
      expect(others.map((id) => phase(mesh, id))).toEqual(['connected', 'connected']);
    }
    expect(meeting.connections).toHaveLength(6);
  });

  it('offers itself when the one who should does not', async () => {
    const meeting = new Meeting();
    const a = meeting.page('a');
    meeting.page('b');
    a.meet('b', false);
    await vi.advanceTimersByTimeAsync(offerWithinMillis - 1);
    expect(meeting.queue).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    await meeting.talk();
    expect(phase(a, 'b')).toBe('connected');
  });

  it('takes a signal of one it has not heard of yet', async () => {
    const meeting = new Meeting();
    const a = meeting.page('a');
    meeting.page('b').meet('a', true);
    await meeting.talk();
    expect(phase(a, 'b')).toBe('connected');
  });

  it('has no connection to itself, and one at most to another', async () => {
    const meeting = new Meeting();
    const a = meeting.page('a');
    a.meet('a', true);
    a.meet('b', true);
    a.meet('b', true);
    await rest();
    expect(meeting.connections).toHaveLength(1);
  });

  it('gives everybody what may leave, also who comes later', async () => {
    const meeting = new Meeting();
    const camera = new FakeTrack('video', 'x').asTrack;
    const a = meeting.page('a');
    a.meet('b', true);
    a.setOutgoing({ ...noTracks, camera });
    a.meet('c', true);
    const sent = () => meeting.connections.map((each) => each.transceivers[1]?.sender.track);
    expect(sent()).toEqual([camera, camera]);
    a.setOutgoing(noTracks);
    expect(sent()).toEqual([null, null]);
    await rest();
  });

  it('forgets whom it is told to, and everybody at the end', async () => {
    const meeting = new Meeting();
    const a = meeting.page('a');
    a.meet('b', true);
    a.meet('c', false);
    a.forget('b');
    expect([...a.states.value.keys()]).toEqual(['c']);
    a.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(a.states.value.size).toBe(0);
    expect(meeting.connections.every((each) => each.connectionState === 'closed')).toBe(true);
    expect(meeting.connections).toHaveLength(1);
  });
});
