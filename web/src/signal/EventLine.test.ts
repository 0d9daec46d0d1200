// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingEvent } from '../protocol/messages';
import { EventLine } from './EventLine';

const event = (seq: number): MeetingEvent => ({
  kind: 'person-joined',
  seq,
  atMillis: seq,
  personId: `p${seq}`,
  name: 'A',
});
const seqs = (events: readonly MeetingEvent[]) => events.map((each) => each.seq);

describe('EventLine', () => {
  it('begins with the newest run, wherever it starts', () => {
    const line = new EventLine();
    expect(seqs(line.begin([event(41), event(42)]))).toEqual([41, 42]);
    expect(line.last).toBe(42);
    expect(line.missingAfter).toBeNull();
  });

  it('begins at zero in a meeting where nothing happened', () => {
    const line = new EventLine();
    line.begin([]);
    expect(seqs(line.accept([event(1)]))).toEqual([1]);
  });

  it('ignores what it has', () => {
    const line = new EventLine();
    line.begin([event(1), event(2)]);
    expect(line.accept([event(2), event(1)])).toEqual([]);
    expect(line.missingAfter).toBeNull();
  });

  it('holds what comes too early and names the gap', () => {
    const line = new EventLine();
    line.begin([event(1)]);
    expect(line.accept([event(4)])).toEqual([]);
    expect(line.missingAfter).toBe(1);
    expect(seqs(line.accept([event(2), event(3)]))).toEqual([2, 3, 4]);
    expect(line.missingAfter).toBeNull();
  });

  it('keeps what arrives before the first join', () => {
    const line = new EventLine();
    expect(line.accept([event(3), event(2)])).toEqual([]);
    expect(line.missingAfter).toBeNull();
    expect(seqs(line.begin([event(1), event(2)]))).toEqual([1, 2, 3]);
  });

  it('gives every event once and in order, however they come', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 });
    fc.assert(
      fc.property(arrivals, (order) => {
        const line = new EventLine();
        const out = [...line.begin([])];
        for (const seq of order) out.push(...line.accept([event(seq)]));
        const arrived = new Set(order);
        let expected = 0;
        while (arrived.has(expected + 1)) expected++;
        expect(seqs(out)).toEqual(Array.from({ length: expected }, (_, at) => at + 1));
        expect(line.missingAfter !== null).toBe([...arrived].some((seq) => seq > expected));
      }),
    );
  });
});
