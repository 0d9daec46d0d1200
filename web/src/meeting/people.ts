// SPDX-License-Identifier: Apache-2.0
import { assertNever } from '../assertNever';
import type { Joined, MeetingEvent, MeetingInfo, Person, Presence } from '../protocol/messages';

/** Who is in the meeting, as far as this page knows. */

export interface Participant extends Person {
  /**
   * Not named by the last join answer, for example because the server restarted and they are not
   * back yet. They stay while their media does.
   */
  readonly missing: boolean;
}

export interface PeopleState {
  readonly meeting: MeetingInfo | null;
  readonly me: string;
  readonly people: readonly Participant[];
}

export type PeopleChange =
  | { readonly kind: 'joined'; readonly joined: Joined }
  | { readonly kind: 'event'; readonly event: MeetingEvent }
  | { readonly kind: 'presence'; readonly presence: Presence }
  | { readonly kind: 'media-gone'; readonly personId: string };

export const nobodyYet: PeopleState = { meeting: null, me: '', people: [] };

const allOff = { microphone: false, camera: false, screen: false } as const;

export function reducePeople(state: PeopleState, change: PeopleChange): PeopleState {
  switch (change.kind) {
    case 'joined': {
      const { meeting, me, people } = change.joined;
      const before = new Map(state.people.map((person) => [person.id, person]));
      const listed = people.map((person) => ({
        ...person,
        devices: lastTold(person, before.get(person.id)),
        missing: false,
      }));
      const here = new Set(people.map(({ id }) => id));
      const missing = state.people
        .filter(({ id }) => !here.has(id) && id !== state.me)
        .map((person) => ({ ...person, linked: false, missing: true }));
      return { meeting, me, people: [...listed, ...missing] };
    }
    case 'event':
      return happened(state, change.event);
    case 'presence': {
      const { personId, devices, linked } = change.presence;
      return each(state, personId, (person) => ({
        ...person,
        devices: lastTold({ devices, linked }, person),
        linked,
        missing: false,
      }));
    }
    case 'media-gone':
      return {
        ...state,
        people: state.people.filter(({ id, missing }) => id !== change.personId || !missing),
      };
    default:
      return assertNever(change);
  }
}

/** One without a connection to the server cannot tell it anything; their media goes on as it was. */
function lastTold(
  now: Pick<Person, 'devices' | 'linked'>,
  before: Person | undefined,
): Person['devices'] {
  return now.linked || !before ? now.devices : before.devices;
}

function happened(state: PeopleState, event: MeetingEvent): PeopleState {
  switch (event.kind) {
    case 'person-joined': {
      const { personId: id, name, atMillis } = event;
      if (state.people.some((person) => person.id === id)) {
        return each(state, id, (person) => ({ ...person, name, missing: false }));
      }
      const person = { id, name, devices: allOff, linked: true, joinedAtMillis: atMillis };
      return { ...state, people: [...state.people, { ...person, missing: false }] };
    }
    case 'person-renamed':
      return each(state, event.personId, (person) => ({ ...person, name: event.name }));
    case 'person-left':
      return {
        ...state,
        // One who left and came back before the last join answer is told of late; they are here.
        people: state.people.filter(
          ({ id, joinedAtMillis, missing }) =>
            id !== event.personId || (!missing && joinedAtMillis > event.atMillis),
        ),
      };
    case 'chat-sent':
      return state;
    default:
      return assertNever(event);
  }
}

function each(
  state: PeopleState,
  id: string,
  change: (person: Participant) => Participant,
): PeopleState {
  return {
    ...state,
    people: state.people.map((person) => (person.id === id ? change(person) : person)),
  };
}
