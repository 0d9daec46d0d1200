// SPDX-License-Identifier: Apache-2.0
import { sameDay } from '../texts/time';
import type { ChatState, Message } from './chat';

/** The chat as rows to show: day lines, the "new" line, messages of one person together. */
export type ChatRow =
  | { readonly kind: 'day'; readonly atMillis: number }
  | { readonly kind: 'new' }
  | {
      readonly kind: 'group';
      readonly personId: string;
      readonly name: string;
      readonly own: boolean;
      readonly messages: readonly Message[];
    };

const togetherMillis = 3 * 60_000;

export function chatRows(state: ChatState): readonly ChatRow[] {
  const rows: ChatRow[] = [];
  let before: Message | undefined;
  let group: Message[] = [];
  for (const message of state.messages) {
    const newDay = !before || !sameDay(before.atMillis, message.atMillis);
    const newHere = startsNew(state, before, message);
    if (newDay) rows.push({ kind: 'day', atMillis: message.atMillis });
    if (newHere) rows.push({ kind: 'new' });
    if (newDay || newHere || !before || !together(before, message)) {
      group = [];
      const { personId, name } = message;
      rows.push({ kind: 'group', personId, name, own: personId === state.me, messages: group });
    }
    group.push(message);
    before = message;
  }
  return rows;
}

function startsNew({ newLineSeq, me }: ChatState, before: Message | undefined, message: Message) {
  if (newLineSeq === 0 || message.seq === null || message.seq <= newLineSeq) return false;
  return (before?.seq ?? 0) <= newLineSeq && message.personId !== me;
}

function together(a: Message, b: Message): boolean {
  return a.personId === b.personId && a.name === b.name && b.atMillis - a.atMillis < togetherMillis;
}
