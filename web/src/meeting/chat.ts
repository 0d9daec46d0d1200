// SPDX-License-Identifier: Apache-2.0
import { assertNever } from '../assertNever';
import type { ChatAccepted, ChatSent, MeetingEvent, RefusalCode } from '../protocol/messages';

/** The conversation: what the journal has, and behind it what is still on its way there. */

export type Delivery = 'sending' | 'sent' | 'failed';

export interface Message {
  readonly clientMessageId: string;
  readonly personId: string;
  readonly name: string;
  readonly text: string;
  readonly atMillis: number;
  /** Its place in the meeting; null until the journal has it. */
  readonly seq: number | null;
  readonly delivery: Delivery;
}

export interface ChatState {
  readonly me: string;
  /** Sent ones in their order, then the ones under way in the order of writing. */
  readonly messages: readonly Message[];
  /** The oldest event this page has, of any kind; null before the first. */
  readonly oldestSeq: number | null;
  readonly older: 'none' | 'some' | 'loading';
  /** What the reader has seen. */
  readonly readSeq: number;
  /** Where the reader's "new" line stands; 0 when there is none. */
  readonly newLineSeq: number;
}

export type ChatChange =
  | { kind: 'joined'; me: string; events: readonly MeetingEvent[]; older: boolean }
  | { kind: 'event'; event: MeetingEvent }
  | { kind: 'older-asked' }
  | { kind: 'older-failed' }
  | { kind: 'older'; events: readonly MeetingEvent[]; more: boolean }
  | { kind: 'written'; message: Pick<Message, 'clientMessageId' | 'name' | 'text' | 'atMillis'> }
  | { kind: 'accepted'; clientMessageId: string; answer: ChatAccepted }
  | { kind: 'refused'; clientMessageId: string; code: RefusalCode }
  | { kind: 'retried'; clientMessageId: string }
  | { kind: 'read' }
  | { kind: 'opened' };

export const noChat: ChatState = {
  me: '',
  messages: [],
  oldestSeq: null,
  older: 'none',
  readSeq: 0,
  newLineSeq: 0,
};

export function reduceChat(state: ChatState, change: ChatChange): ChatState {
  switch (change.kind) {
    case 'joined':
      return joined(state, change.me, change.events, change.older);
    case 'event':
      return withEvents(state, [change.event]);
    case 'older-asked':
      return { ...state, older: 'loading' };
    case 'older-failed':
      return { ...state, older: 'some' };
    case 'older':
      return { ...withEvents(state, change.events), older: change.more ? 'some' : 'none' };
    case 'written':
      return {
        ...state,
        messages: [
          ...state.messages,
          { ...change.message, personId: state.me, seq: null, delivery: 'sending' },
        ],
      };
    case 'accepted':
      return accepted(state, change.clientMessageId, change.answer);
    case 'refused':
      return delivered(state, change.clientMessageId, 'failed');
    case 'retried':
      return delivered(state, change.clientMessageId, 'sending');
    case 'read':
      return { ...state, readSeq: Math.max(state.readSeq, lastSeq(state)) };
    case 'opened':
      return { ...state, newLineSeq: unread(state) > 0 ? state.readSeq : 0 };
    default:
      return assertNever(change);
  }
}

/** Messages of others that the reader has not seen. */
export function unread(state: ChatState): number {
  return state.messages.filter(
    ({ seq, personId }) => seq !== null && seq > state.readSeq && personId !== state.me,
  ).length;
}

/** What has to be sent, or sent again, once the server is there: in the order of writing. */
export function unsent(state: ChatState): readonly Message[] {
  return state.messages.filter(({ delivery }) => delivery === 'sending');
}

function lastSeq(state: ChatState): number {
  return state.messages.reduce((last, { seq }) => Math.max(last, seq ?? 0), 0);
}

function joined(
  state: ChatState,
  me: string,
  events: readonly MeetingEvent[],
  older: boolean,
): ChatState {
  const first = state.oldestSeq === null;
  const next = withEvents({ ...state, me }, events);
  if (!first) return next;
  // What was said before one came is there to read, but it is not news.
  return { ...next, older: older ? 'some' : 'none', readSeq: lastSeq(next) };
}

function withEvents(state: ChatState, events: readonly MeetingEvent[]): ChatState {
  if (events.length === 0) return { ...state, oldestSeq: state.oldestSeq ?? 0 };
  const oldest = Math.min(...events.map(({ seq }) => seq));
  const said = events.filter((event) => event.kind === 'chat-sent');
  return {
    ...state,
    messages: merge(state, said),
    oldestSeq: state.oldestSeq ? Math.min(state.oldestSeq, oldest) : oldest,
  };
}

/** A message that comes back from the server takes the place of the one under way. */
function merge(state: ChatState, said: readonly ChatSent[]): readonly Message[] {
  if (said.length === 0) return state.messages;
  const key = (message: { personId: string; clientMessageId: string }) =>
    `${message.personId} ${message.clientMessageId}`;
  const all = new Map(state.messages.map((message) => [key(message), message]));
  for (const { clientMessageId, personId, name, text, atMillis, seq } of said) {
    const message = { clientMessageId, personId, name, text, atMillis, seq };
    all.set(key(message), { ...message, delivery: 'sent' });
  }
  return inOrder([...all.values()]);
}

function inOrder(messages: readonly Message[]): readonly Message[] {
  const place = ({ seq }: Message) => seq ?? Number.MAX_SAFE_INTEGER;
  return [...messages].sort((a, b) => place(a) - place(b));
}

function accepted(state: ChatState, clientMessageId: string, answer: ChatAccepted): ChatState {
  const { seq, atMillis } = answer;
  const messages = state.messages.map((message): Message => {
    const own = message.clientMessageId === clientMessageId && message.personId === state.me;
    return own ? { ...message, seq, atMillis, delivery: 'sent' } : message;
  });
  return { ...state, messages: inOrder(messages) };
}

function delivered(state: ChatState, clientMessageId: string, delivery: Delivery): ChatState {
  return {
    ...state,
    messages: state.messages.map((message) =>
      message.clientMessageId === clientMessageId && message.seq === null
        ? { ...message, delivery }
        : message,
    ),
  };
}
