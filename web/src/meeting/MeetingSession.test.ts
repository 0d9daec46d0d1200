// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  ChatSent,
  DeviceStates,
  Joined,
  MeetingEvent,
  Person,
  RefusalCode,
} from '../protocol/messages';
import { FakeWire, settled } from './FakeWire.testkit';
import { MeetingSession } from './MeetingSession';

const off: DeviceStates = { microphone: false, camera: false, screen: false };
const person = (id: string): Person => ({
  id,
  name: id,
  devices: off,
  linked: true,
  joinedAtMillis: 1,
});
const said = (seq: number, personId = 'a', clientMessageId = `c${seq}`): ChatSent => ({
  kind: 'chat-sent',
  seq,
  atMillis: seq,
  personId,
  name: personId,
  clientMessageId,
  text: `text ${seq}`,
});
const joined = (events: MeetingEvent[] = [], more = false, people = ['me', 'a']): Joined => ({
  kind: 'joined',
  meeting: { id: 'm', title: 'T', listed: false },
  me: 'me',
  resumeSecret: 'secret',
  people: people.map(person),
  history: { kind: 'history', events, more },
  iceServers: [],
});

function setUp() {
  const wire = new FakeWire();
  let secret: string | null = null;
  let ids = 0;
  const state = { devices: off, now: 0 };
  const log: string[] = [];
  const session = new MeetingSession({
    wire,
    meetingId: 'm',
    name: 'Me',
    devices: () => state.devices,
    secret: { load: () => secret, save: (value) => (secret = value) },
    now: () => state.now,
    newId: () => `id-${++ids}`,
    listener: {
      joined: (_, first) => log.push(first ? 'joined first' : 'joined again'),
      happened: (event) => log.push(`${event.kind} ${event.seq}`),
      presence: ({ personId, linked }) => log.push(`presence ${personId} ${String(linked)}`),
      signal: (from) => log.push(`signal ${from}`),
      replaced: () => log.push('replaced'),
      refused: (code: RefusalCode) => log.push(`refused ${code}`),
    },
  });
  const texts = () =>
    session.chat.state.value.messages.map(
      ({ clientMessageId, delivery }) => `${clientMessageId} ${delivery}`,
    );
  return { wire, session, state, log, texts };
}

async function inside(events: MeetingEvent[] = []) {
  const rig = setUp();
  rig.wire.connect();
  await rig.wire.answer('meeting:join', joined(events));
  return rig;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('joining', () => {
  it('asks with nothing first, then with its secret and the last event', async () => {
    const { wire } = setUp();
    wire.connect();
    const first = await wire.answer('meeting:join', joined([said(4), said(5)]));
    expect(first).toMatchObject({ meetingId: 'm', resumeSecret: null, lastSeq: null });

    wire.cut();
    wire.connect();
    const again = await wire.answer('meeting:join', joined([said(6)]));
    expect(again).toMatchObject({ resumeSecret: 'secret', lastSeq: 5 });
  });

  it('tells when the connection is lost, and since when', async () => {
    const { wire, session, state, log } = await inside();
    state.now = 7;
    wire.cut();
    state.now = 9;
    wire.cut();
    expect(session.lostAtMillis.value).toBe(7);
    wire.connect();
    expect(session.lostAtMillis.value).toBe(7);
    await wire.answer('meeting:join', joined());
    expect(session.lostAtMillis.value).toBeNull();
    expect(log).toEqual(['joined first', 'joined again']);
  });

  it('tries again when the server is busy, and gives up when told to', async () => {
    const { wire, log } = setUp();
    wire.connect();
    await wire.answer('meeting:join', { kind: 'refused', code: 'too-fast', message: '' });
    expect(wire.asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_000);
    await wire.answer('meeting:join', { kind: 'refused', code: 'meeting-full', message: '' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire.asked).toHaveLength(0);
    expect(log).toEqual(['refused meeting-full']);
  });

  it('tells of a key that was pressed while joining', async () => {
    const { wire, state } = setUp();
    wire.connect();
    state.devices = { ...off, microphone: true };
    await wire.answer('meeting:join', joined());
    expect(wire.take('devices:set')?.request).toEqual({ ...off, microphone: true });
  });

  it('passes signals and replacement on', async () => {
    const { wire, log } = await inside();
    const signal = { kind: 'description', connection: 'x', type: 'offer', sdp: '' } as const;
    wire.push('signal:received', { from: 'a', signal });
    wire.push('meeting:replaced', { meetingId: 'm' });
    expect(log.slice(1)).toEqual(['signal a', 'replaced']);
  });
});

describe('events', () => {
  it('come once and in order, with the gap asked for', async () => {
    const { wire, log, texts } = await inside([said(1)]);
    wire.push('meeting:event', said(2));
    wire.push('meeting:event', said(2));
    wire.push('meeting:event', said(5));
    expect(texts()).toEqual(['c1 sent', 'c2 sent']);
    const asked = await wire.answer('history:after', {
      kind: 'history',
      events: [said(3), said(4), said(5)],
      more: false,
    });
    expect(asked).toEqual({ seq: 2 });
    expect(texts()).toHaveLength(5);
    expect(log.slice(1)).toEqual(['chat-sent 2', 'chat-sent 3', 'chat-sent 4', 'chat-sent 5']);
    expect(wire.asked).toHaveLength(0);
  });

  it('are asked for page by page after a long break', async () => {
    const { wire, texts } = await inside([said(1)]);
    wire.cut();
    wire.connect();
    await wire.answer('meeting:join', joined([said(2)], true));
    await wire.answer('history:after', { kind: 'history', events: [said(3)], more: true });
    await wire.answer('history:after', { kind: 'history', events: [said(4)], more: false });
    expect(texts()).toHaveLength(4);
    expect(wire.asked).toHaveLength(0);
  });

  it('that arrive before the first answer are not lost', async () => {
    const { wire, texts } = setUp();
    wire.connect();
    wire.push('meeting:event', said(3));
    await wire.answer('meeting:join', joined([said(1), said(2)]));
    expect(texts()).toEqual(['c1 sent', 'c2 sent', 'c3 sent']);
  });

  it('of a kind this page does not know only count', async () => {
    const { wire, texts } = await inside([said(1)]);
    wire.push('meeting:event', { kind: 'hand-raised', seq: 2 } as unknown as MeetingEvent);
    wire.push('meeting:event', said(3));
    expect(texts()).toEqual(['c1 sent', 'c3 sent']);
    expect(wire.asked).toHaveLength(0);
  });

  it('bring older pages on demand', async () => {
    const { wire, session, texts } = setUp();
    wire.connect();
    await wire.answer('meeting:join', joined([said(9)], true));
    void session.olderMessages();
    void session.olderMessages();
    const asked = await wire.answer('history:before', {
      kind: 'history',
      events: [said(8)],
      more: false,
    });
    expect(asked).toEqual({ seq: 9 });
    expect(texts()).toEqual(['c8 sent', 'c9 sent']);
    expect(wire.asked).toHaveLength(0);
  });
});

describe('chat', () => {
  it('is sent one after the other, in the order of writing', async () => {
    const { wire, session, texts } = await inside();
    session.say('one');
    session.say('two');
    await settled();
    const accept = (seq: number) => ({ kind: 'chat-accepted', seq, atMillis: 1 }) as const;
    expect(await wire.answer('chat:send', accept(1))).toMatchObject({ text: 'one' });
    expect(await wire.answer('chat:send', accept(2))).toMatchObject({ text: 'two' });
    expect(texts()).toEqual(['id-1 sent', 'id-2 sent']);
  });

  it('waits while away and is sent again under the same id', async () => {
    const { wire, session, texts } = await inside();
    session.say('under way');
    await settled();
    wire.cut();
    session.say('written while away');
    await settled();
    expect(texts()).toEqual(['id-1 sending', 'id-2 sending']);

    wire.connect();
    await wire.answer('meeting:join', joined([said(1, 'me', 'id-1')]));
    expect(texts()).toEqual(['id-1 sent', 'id-2 sending']);
    const sent = await wire.answer('chat:send', { kind: 'chat-accepted', seq: 2, atMillis: 1 });
    expect(sent).toEqual({ clientMessageId: 'id-2', text: 'written while away' });
    expect(texts()).toEqual(['id-1 sent', 'id-2 sent']);
    expect(wire.asked).toHaveLength(0);
  });

  it('fails visibly and can be tried again', async () => {
    const { wire, session, texts } = await inside();
    session.say('one');
    await wire.answer('chat:send', { kind: 'refused', code: 'too-fast', message: '' });
    expect(texts()).toEqual(['id-1 failed']);
    session.sayAgain('id-1');
    expect(texts()).toEqual(['id-1 sending']);
    const again = await wire.answer('chat:send', { kind: 'chat-accepted', seq: 1, atMillis: 1 });
    expect(again).toMatchObject({ clientMessageId: 'id-1' });
    expect(texts()).toEqual(['id-1 sent']);
  });
});

describe('leaving', () => {
  it('says goodbye, hears nothing more and closes', async () => {
    const { wire, session, log } = await inside();
    const leaving = session.leave();
    wire.push('meeting:event', said(1));
    await wire.answer('meeting:leave', { kind: 'done' });
    await leaving;
    expect(wire.closed).toBe(true);
    expect(log).toEqual(['joined first']);
  });

  it('does not wait for a server that is away', async () => {
    const { wire, session } = await inside();
    wire.cut();
    await session.leave();
    expect(wire.closed).toBe(true);
  });

  it('cannot send signals from outside', async () => {
    const { wire, session } = await inside();
    wire.cut();
    const signal = { kind: 'description', connection: 'x', type: 'offer', sdp: '' } as const;
    expect(await session.sendSignal('a', signal)).toBe(false);
  });
});
