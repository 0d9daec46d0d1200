// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Joined, Person } from '../protocol/messages';
import { nobodyYet, reducePeople, type PeopleChange, type PeopleState } from './people';

const off = { microphone: false, camera: false, screen: false };
const on = { microphone: true, camera: true, screen: false };
const person = (id: string, joinedAtMillis = 10): Person => ({
  id,
  name: id.toUpperCase(),
  devices: on,
  linked: true,
  joinedAtMillis,
});
const joined = (...people: Person[]): PeopleChange => ({
  kind: 'joined',
  joined: {
    kind: 'joined',
    meeting: { id: 'm', title: 'T', listed: false },
    me: 'me',
    resumeSecret: 's',
    people,
    history: { kind: 'history', events: [], more: false },
    iceServers: [],
  } satisfies Joined,
});
const after = (...changes: PeopleChange[]): PeopleState => changes.reduce(reducePeople, nobodyYet);
const ids = (state: PeopleState) => state.people.map(({ id }) => id);

describe('reducePeople', () => {
  it('takes the join answer for the truth', () => {
    const state = after(joined(person('me'), person('a')));
    expect(ids(state)).toEqual(['me', 'a']);
    expect(state.people[1]).toMatchObject({ devices: on, missing: false });
  });

  it('follows joining, renaming and leaving', () => {
    const state = after(
      joined(person('me')),
      {
        kind: 'event',
        event: { kind: 'person-joined', seq: 1, atMillis: 20, personId: 'a', name: 'Ana' },
      },
      {
        kind: 'event',
        event: { kind: 'person-renamed', seq: 2, atMillis: 21, personId: 'a', name: 'Anna' },
      },
    );
    expect(state.people[1]).toMatchObject({ id: 'a', name: 'Anna', devices: off, linked: true });

    const later = reducePeople(state, {
      kind: 'event',
      event: { kind: 'person-left', seq: 3, atMillis: 30, personId: 'a', reason: 'left' },
    });
    expect(ids(later)).toEqual(['me']);
  });

  it('keeps the devices of one who is told of again', () => {
    const state = after(joined(person('me'), person('a')), {
      kind: 'event',
      event: { kind: 'person-joined', seq: 1, atMillis: 10, personId: 'a', name: 'A' },
    });
    expect(state.people[1]?.devices).toEqual(on);
  });

  it('does not let an old goodbye remove one who came back', () => {
    const state = after(joined(person('me'), person('a', 50)), {
      kind: 'event',
      event: { kind: 'person-left', seq: 3, atMillis: 30, personId: 'a', reason: 'left' },
    });
    expect(ids(state)).toEqual(['me', 'a']);
  });

  it('keeps one whom a restarted server does not list yet, until media is gone too', () => {
    const state = after(joined(person('me'), person('a')), joined(person('me')));
    expect(state.people[1]).toMatchObject({ id: 'a', linked: false, missing: true });

    const back = reducePeople(state, {
      kind: 'event',
      event: { kind: 'person-joined', seq: 9, atMillis: 60, personId: 'a', name: 'A' },
    });
    expect(back.people[1]).toMatchObject({ missing: false });
    expect(ids(reducePeople(back, { kind: 'media-gone', personId: 'a' }))).toEqual(['me', 'a']);
    expect(ids(reducePeople(state, { kind: 'media-gone', personId: 'a' }))).toEqual(['me']);
  });

  it('drops a missing one whose goodbye is told', () => {
    const state = after(joined(person('me'), person('a', 50)), joined(person('me')), {
      kind: 'event',
      event: { kind: 'person-left', seq: 3, atMillis: 30, personId: 'a', reason: 'left' },
    });
    expect(ids(state)).toEqual(['me']);
  });

  it('keeps the devices of one whose connection to the server is away', () => {
    const away = { ...person('a'), devices: off, linked: false };
    const state = after(joined(person('me'), person('a')), joined(person('me'), away));
    expect(state.people[1]).toMatchObject({ devices: on, linked: false });
    const stranger = after(joined(person('me'), away));
    expect(stranger.people[1]?.devices).toEqual(off);
  });

  it('follows devices and link', () => {
    const state = after(joined(person('me'), person('a')), {
      kind: 'presence',
      presence: { personId: 'a', devices: off, linked: true },
    });
    expect(state.people[1]).toMatchObject({ devices: off, linked: true });
    const gone = reducePeople(state, {
      kind: 'presence',
      presence: { personId: 'a', devices: on, linked: false },
    });
    expect(gone.people[1]).toMatchObject({ devices: off, linked: false });
  });
});
