// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenSwapsMillis, noOrder, spoke, withPeople, type SpeakerOrder } from './speakerOrder';

const five = withPeople(noOrder, ['a', 'b', 'c', 'd', 'e']);
const page = new Set(['a', 'b', 'c']);
const ids = ({ ids: order }: SpeakerOrder) => order.join('');

describe('places', () => {
  it('are given in the order of coming, and kept', () => {
    expect(ids(five)).toBe('abcde');
    const swapped = spoke(five, 'd', page, 0);
    expect(ids(withPeople(swapped, ['a', 'b', 'd', 'e', 'f']))).toBe('abdef');
    expect(withPeople(five, ['a', 'b', 'c', 'd', 'e'])).toBe(five);
  });

  it('forget when those spoke who have left', () => {
    const later = withPeople(spoke(five, 'a', page, 7), ['b', 'c']);
    expect(later.spokeAtMillis.size).toBe(0);
  });
});

describe('who takes the floor', () => {
  it('in sight stays where they are', () => {
    expect(ids(spoke(five, 'b', page, 0))).toBe('abcde');
  });

  it('out of sight gets the place of the longest silent, who gets theirs', () => {
    let order = spoke(five, 'c', page, 1);
    order = spoke(order, 'a', page, 2);
    order = spoke(order, 'b', page, 3);
    expect(ids(spoke(order, 'e', page, 5_000))).toBe('abedc');
  });

  it('among those who never spoke replaces who came last', () => {
    expect(ids(spoke(spoke(five, 'c', page, 1), 'd', page, 5_000))).toBe('adcbe');
  });

  it('does not follow too soon upon another', () => {
    const first = spoke(five, 'd', page, 0);
    expect(ids(first)).toBe('abdce');
    const seen = new Set(['a', 'b', 'd']);
    expect(ids(spoke(first, 'e', seen, betweenSwapsMillis - 1))).toBe('abdce');
    expect(ids(spoke(first, 'e', seen, betweenSwapsMillis))).toBe('aedcb');
  });

  it('on an earlier page takes nothing from those on a later one', () => {
    expect(ids(spoke(five, 'a', new Set(['d', 'e']), 0))).toBe('abcde');
  });

  it('is nobody whom the page does not know, and needs somebody in sight', () => {
    expect(spoke(five, 'x', page, 0)).toBe(five);
    expect(ids(spoke(five, 'd', new Set(), 0))).toBe('abcde');
  });

  it('never makes anybody vanish, nor any in sight jump', () => {
    const speaker = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(fc.array(fc.tuple(speaker, fc.nat(5_000)), { maxLength: 20 }), (turns) => {
        let order = five;
        let now = 0;
        for (const [who, passes] of turns) {
          now += passes;
          const inSight = new Set(order.ids.slice(0, 3));
          const next = spoke(order, who, inSight, now);
          expect([...next.ids].sort()).toEqual([...five.ids]);
          const moved = order.ids.filter((id, at) => inSight.has(id) && next.ids[at] !== id);
          expect(moved.length).toBeLessThanOrEqual(1);
          order = next;
        }
      }),
    );
  });
});
