// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, type StageInput } from './arrange';

const names = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
const stage = (others: number, more: Partial<StageInput> = {}): StageInput => ({
  width: 1256,
  height: 680,
  self: 'me',
  others: names(others),
  screen: null,
  page: 0,
  ...more,
});

describe('arrange', () => {
  it('leaves room for the invitation when alone', () => {
    const { kind, places } = arrange(stage(0));
    expect(kind).toBe('alone');
    expect(places.get('me')?.width).toBeLessThan(1256 * 0.7);
  });

  it('gives the whole stage to the only other one', () => {
    const { kind, places, selfInCorner } = arrange(stage(1));
    expect(kind).toBe('pair');
    expect(places.get('p0')).toEqual({ x: 0, y: 0, width: 1256, height: 680 });
    expect(places.has('me')).toBe(false);
    expect(selfInCorner).toBe(true);
  });

  it('keeps oneself in the corner with two others, in the grid with three', () => {
    expect(arrange(stage(2))).toMatchObject({ kind: 'grid', selfInCorner: true });
    const three = arrange(stage(3));
    expect(three.selfInCorner).toBe(false);
    expect([...three.places.keys()]).toEqual(['p0', 'p1', 'p2', 'me']);
  });

  it('turns pages when people do not fit, and keeps the pager free', () => {
    const phone = { width: 382, height: 700 };
    const first = arrange(stage(10, phone));
    expect(first.pages).toBe(2);
    expect(first.places.size).toBe(8);
    for (const { y, height } of first.places.values()) expect(y + height).toBeLessThanOrEqual(664);
    expect(arrange(stage(10, { ...phone, page: 1 })).places.size).toBe(3);
    expect(arrange(stage(10, { ...phone, page: 9 })).page).toBe(1);
  });

  it('puts a screen left of the people, or above them', () => {
    const wide = arrange(stage(1, { screen: 's' }));
    expect(wide.kind).toBe('screen');
    expect(wide.selfInCorner).toBe(false);
    expect(wide.places.get('s')?.x).toBe(0);
    expect(wide.places.get('p0')?.x).toBeGreaterThan(wide.places.get('s')?.width ?? Infinity);
    const tall = arrange(stage(1, { width: 382, height: 700, screen: 's' }));
    expect(tall.places.get('p0')?.y).toBeGreaterThan(tall.places.get('s')?.height ?? Infinity);
  });

  it('says how many have no room beside a screen', () => {
    const { hidden, more, places } = arrange(stage(12, { screen: 's' }));
    expect(places.size - 1 + hidden).toBe(13);
    expect(hidden).toBeGreaterThan(0);
    expect(more).not.toBeNull();
  });

  it('keeps every tile inside the stage and apart', () => {
    const side = fc.integer({ min: 240, max: 2400 });
    const screen = fc.constantFrom(null, 's');
    const people = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(side, side, people, screen, (width, height, others, shared) => {
        const { places } = arrange(stage(others, { width, height, screen: shared }));
        const list = [...places.values()];
        for (const [at, a] of list.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(-0.01);
          expect(a.y).toBeGreaterThanOrEqual(-0.01);
          expect(a.x + a.width).toBeLessThanOrEqual(width + 0.01);
          expect(a.y + a.height).toBeLessThanOrEqual(height + 0.01);
          for (const b of list.slice(at + 1)) {
            const apart =
              a.x + a.width <= b.x + 0.01 ||
              b.x + b.width <= a.x + 0.01 ||
              a.y + a.height <= b.y + 0.01 ||
              b.y + b.height <= a.y + 0.01;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });
});
