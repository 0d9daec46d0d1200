// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { vi } from 'vitest';
import { FakeConnection } from '../media/FakeConnection.testkit';
import { FakeDevice } from '../media/FakeDevice.testkit';
import { FakeTrack } from '../media/FakeTrack.testkit';
import { rest } from '../media/PeerPages.testkit';
import { RelayedMedia } from '../media/RelayedMedia';
import { RelayServer } from '../media/RelayServer.testkit';
import { noTracks, type Tracks } from '../media/roles';
import type { Signal } from '../protocol/messages';
import { lingerMillis, MediaPaths } from './MediaPaths';
import { nobodyYet, type Participant, type PeopleState } from './people';

export const voice = new FakeTrack('audio', 'microphone').asTrack;

/** Pages of one meeting, each with the server's router; the list of people comes to all at once. */
export class Meeting {
  readonly pages = new Map<string, Page>();
  readonly queue: { from: string; to: string; signal: Signal }[] = [];

  /** Who is there; those who are new load their page. */
  async are(...ids: string[]): Promise<void> {
    const gone = [...this.pages.keys()].filter((id) => !ids.includes(id));
    for (const id of gone) {
      this.pages.get(id)?.paths.close();
      this.pages.delete(id);
    }
    for (const [id, page] of this.pages) {
      page.people.value = peopleOf(id, ids);
      for (const left of gone) page.paths.forget(left);
    }
    const fresh = ids.filter((id) => !this.pages.has(id));
    for (const id of fresh) {
      const page = new Page(id, peopleOf(id, ids), this);
      for (const each of this.pages.values()) each.paths.came(id);
      this.pages.set(id, page);
      page.paths.joined(page.people.peek().people, true);
    }
    await this.talk();
  }

  page(id: string): Page {
    const page = this.pages.get(id);
    if (!page) throw new Error(`no page of ${id}`);
    return page;
  }

  async talk(): Promise<void> {
    await rest();
    for (let round = 0; round < 200; round++) {
      const next = this.queue.shift();
      if (!next) return;
      this.pages.get(next.to)?.paths.signal(next.from, next.signal);
      await rest();
    }
  }
}

export class Page {
  readonly people;
  readonly outgoing = signal<Tracks>({ ...noTracks, audio: voice });
  readonly connections: FakeConnection[] = [];
  readonly server = new RelayServer();
  readonly device = new FakeDevice();
  readonly relays: RelayedMedia[] = [];
  readonly paths: MediaPaths;

  constructor(me: string, people: PeopleState, meeting: Meeting) {
    this.people = signal(people);
    this.paths = new MediaPaths({
      people: this.people,
      outgoing: this.outgoing,
      createConnection: () => {
        const connection = new FakeConnection();
        this.connections.push(connection);
        return connection as unknown as RTCPeerConnection;
      },
      send: (to, message) => {
        meeting.queue.push({ from: me, to, signal: message });
        return Promise.resolve(meeting.pages.has(to));
      },
      openRelay: () => {
        const relay = new RelayedMedia({
          wire: this.server,
          openDevice: () => Promise.resolve(this.device),
          codecWish: () => 'auto',
        });
        this.relays.push(relay);
        return relay;
      },
    });
  }

  get open(): number {
    return this.connections.filter(({ connectionState }) => connectionState !== 'closed').length;
  }

  get isRelayed(): boolean {
    return this.paths.relay.value !== null;
  }

  phase(id: string): string | undefined {
    return this.paths.links.value.get(id)?.phase;
  }

  voice(id: string): MediaStreamTrack | null | undefined {
    return this.paths.links.value.get(id)?.tracks.audio;
  }

  /** The router brings somebody's voice. */
  async hears(id: string): Promise<void> {
    this.server.offer(`voice of ${id}`, id, 'audio');
    await rest();
  }

  relayedVoice(id: string): MediaStreamTrack | undefined {
    return this.device.receive.got.get(`voice of ${id}`)?.track;
  }
}

export function peopleOf(me: string, ids: readonly string[], missing: readonly string[] = []) {
  const people = ids.map((id): Participant => ({
    id,
    name: id,
    devices: { microphone: true, camera: false, screen: false },
    linked: true,
    joinedAtMillis: 0,
    missing: missing.includes(id),
  }));
  return { ...nobodyYet, me, people };
}

/** Ann and Bob talk directly; then Cat comes. */
export async function three() {
  const meeting = new Meeting();
  await meeting.are('ann');
  await meeting.are('ann', 'bob');
  await meeting.are('ann', 'bob', 'cat');
  return { meeting, ann: meeting.page('ann'), bob: meeting.page('bob'), cat: meeting.page('cat') };
}

export async function threeByRelay() {
  const rig = await three();
  const pages = ['ann', 'bob', 'cat'];
  for (const me of pages) {
    for (const id of pages) if (id !== me) await rig.meeting.page(me).hears(id);
  }
  await vi.advanceTimersByTimeAsync(lingerMillis);
  return rig;
}
