// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { ChatSent, MeetingEvent } from '../protocol/messages';
import { noChat, reduceChat, unread, unsent, type ChatChange, type ChatState } from './chat';

const said = (seq: number, personId = 'a', id = `c${seq}`): ChatSent => ({
  kind: 'chat-sent',
  seq,
  atMillis: seq * 10,
  personId,
  name: personId,
  clientMessageId: id,
  text: `text ${seq}`,
});
const left = (seq: number): MeetingEvent => ({
  kind: 'person-left',
  seq,
  atMillis: seq,
  personId: 'z',
  reason: 'left',
});
const joined = (...events: MeetingEvent[]): ChatChange => ({
  kind: 'joined',
  me: 'me',
  events,
  older: false,
});
const written = (clientMessageId: string): ChatChange => ({
  kind: 'written',
  message: { clientMessageId, name: 'Me', text: clientMessageId, atMillis: 5 },
});
const after = (...changes: ChatChange[]): ChatState => changes.reduce(reduceChat, noChat);
const list = (state: ChatState) =>
  state.messages.map(({ clientMessageId, delivery }) => `${clientMessageId} ${delivery}`);

describe('reduceChat', () => {
  it('shows what was said before, but not as news', () => {
    const state = after(joined(said(3), left(4), said(5)));
    expect(list(state)).toEqual(['c3 sent', 'c5 sent']);
    expect(unread(state)).toBe(0);
    expect(state.oldestSeq).toBe(3);
  });

  it('shows an own message at once and marks it sent when the journal has it', () => {
    const state = after(joined(), written('x'));
    expect(list(state)).toEqual(['x sending']);
    expect(unsent(state)).toHaveLength(1);

    const done = reduceChat(state, {
      kind: 'accepted',
      clientMessageId: 'x',
      answer: { kind: 'chat-accepted', seq: 1, atMillis: 99 },
    });
    expect(done.messages[0]).toMatchObject({ seq: 1, atMillis: 99, delivery: 'sent' });
    expect(unsent(done)).toHaveLength(0);
  });

  it('has an own message once, whichever of ack and event comes first', () => {
    const ack: ChatChange = {
      kind: 'accepted',
      clientMessageId: 'x',
      answer: { kind: 'chat-accepted', seq: 1, atMillis: 10 },
    };
    const event: ChatChange = { kind: 'event', event: said(1, 'me', 'x') };
    for (const order of [[ack, event], [event, ack], [event]]) {
      expect(list(after(joined(), written('x'), ...order))).toEqual(['x sent']);
    }
  });

  it('does not take the id of somebody else for the own one', () => {
    const state = after(joined(), written('x'), { kind: 'event', event: said(1, 'a', 'x') });
    expect(list(state)).toEqual(['x sent', 'x sending']);
    const acked = reduceChat(state, {
      kind: 'accepted',
      clientMessageId: 'x',
      answer: { kind: 'chat-accepted', seq: 2, atMillis: 20 },
    });
    expect(acked.messages.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('keeps what is under way behind what is sent, in the order of writing', () => {
    const state = after(joined(said(1)), written('x'), written('y'), {
      kind: 'event',
      event: said(2),
    });
    expect(list(state)).toEqual(['c1 sent', 'c2 sent', 'x sending', 'y sending']);
  });

  it('fails and tries again under the same id', () => {
    const failed = after(joined(), written('x'), {
      kind: 'refused',
      clientMessageId: 'x',
      code: 'bad-text',
    });
    expect(list(failed)).toEqual(['x failed']);
    expect(unsent(failed)).toHaveLength(0);
    const again = reduceChat(failed, { kind: 'retried', clientMessageId: 'x' });
    expect(unsent(again).map(({ clientMessageId }) => clientMessageId)).toEqual(['x']);
  });

  it('does not turn a sent message into a failed one', () => {
    const state = after(
      joined(),
      written('x'),
      { kind: 'event', event: said(1, 'me', 'x') },
      { kind: 'refused', clientMessageId: 'x', code: 'too-fast' },
    );
    expect(list(state)).toEqual(['x sent']);
  });

  it('counts what others said since reading', () => {
    const state = after(
      joined(said(1)),
      { kind: 'event', event: said(2) },
      { kind: 'event', event: said(3, 'me') },
      { kind: 'event', event: said(4) },
    );
    expect(unread(state)).toBe(2);
    const opened = reduceChat(state, { kind: 'opened' });
    expect(opened.newLineSeq).toBe(1);
    expect(unread(reduceChat(opened, { kind: 'read' }))).toBe(0);
  });

  it('puts older pages in front', () => {
    const state = after(
      { kind: 'joined', me: 'me', events: [said(7)], older: true },
      { kind: 'older-asked' },
      { kind: 'older', events: [left(4), said(5), said(6)], more: false },
    );
    expect(list(state)).toEqual(['c5 sent', 'c6 sent', 'c7 sent']);
    expect(state).toMatchObject({ oldestSeq: 4, older: 'none' });
    expect(unread(state)).toBe(0);
  });

  it('keeps the older pages it has when it joins again', () => {
    const state = after(
      { kind: 'joined', me: 'me', events: [said(7)], older: true },
      { kind: 'joined', me: 'me', events: [said(8)], older: false },
    );
    expect(state.older).toBe('some');
    expect(unread(state)).toBe(1);
  });
});
