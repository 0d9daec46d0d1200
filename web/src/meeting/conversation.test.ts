// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { noChat, type Message } from './chat';
import { chatRows } from './conversation';

const noon = new Date(2026, 4, 4, 12).getTime();
const message = (seq: number, personId: string, minutes: number): Message => ({
  clientMessageId: `c${seq}`,
  personId,
  name: personId,
  text: 'x',
  atMillis: noon + minutes * 60_000,
  seq,
  delivery: 'sent',
});
const rows = (messages: Message[], newLineSeq = 0) =>
  chatRows({ ...noChat, me: 'me', messages, newLineSeq }).map((row) =>
    row.kind === 'group' ? `${row.name} ${row.messages.length}` : row.kind,
  );

describe('chatRows', () => {
  it('puts together what one person writes within three minutes', () => {
    expect(
      rows([message(1, 'a', 0), message(2, 'a', 2), message(3, 'b', 2), message(4, 'b', 6)]),
    ).toEqual(['day', 'a 2', 'b 1', 'b 1']);
  });

  it('draws a line at each new day', () => {
    expect(rows([message(1, 'a', 0), message(2, 'a', 24 * 60)])).toEqual([
      'day',
      'a 1',
      'day',
      'a 1',
    ]);
  });

  it('draws the "new" line once, before the first unread message', () => {
    const three = [message(1, 'a', 0), message(2, 'a', 1), message(3, 'a', 1)];
    expect(rows(three, 1)).toEqual(['day', 'a 1', 'new', 'a 2']);
    expect(rows(three, 3)).toEqual(['day', 'a 3']);
  });
});
