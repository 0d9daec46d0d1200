// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerFor, nextViews, qualityFor, sameViews, type Quality } from './views';

describe('the quality worth receiving', () => {
  it.each([
    [1, 'low'],
    [180, 'low'],
    [181, 'middle'],
    [400, 'middle'],
    [401, 'high'],
    [2160, 'high'],
  ] as const)('for a tile of %i device pixels is %s', (pixels, quality) => {
    expect(qualityFor(pixels, null)).toBe(quality);
  });

  it('grows at once', () => {
    expect(qualityFor(181, 'low')).toBe('middle');
    expect(qualityFor(401, 'low')).toBe('high');
  });

  it('shrinks only when the smaller one is clearly enough', () => {
    expect(qualityFor(321, 'high')).toBe('high');
    expect(qualityFor(320, 'high')).toBe('middle');
    expect(qualityFor(145, 'middle')).toBe('middle');
    expect(qualityFor(144, 'middle')).toBe('low');
    expect(qualityFor(150, 'high')).toBe('middle');
    expect(qualityFor(100, 'high')).toBe('low');
  });

  it('is never less than the tile needs, and stays when asked again', () => {
    const any = fc.constantFrom<Quality | null>(null, 'low', 'middle', 'high');
    const rank = { low: 0, middle: 1, high: 2 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), any, (pixels, before) => {
        const quality = qualityFor(pixels, before);
        expect(rank[quality]).toBeGreaterThanOrEqual(rank[qualityFor(pixels, null)]);
        expect(qualityFor(pixels, quality)).toBe(quality);
      }),
    );
  });
});

describe('layers', () => {
  it.each([
    ['low', 3, 0],
    ['middle', 3, 1],
    ['high', 3, 2],
    ['low', 2, 0],
    ['middle', 2, 1],
    ['high', 2, 1],
    ['high', 1, 0],
  ] as const)('%s of %i is layer %i', (quality, layers, layer) => {
    expect(layerFor(quality, layers)).toBe(layer);
  });
});

describe('views', () => {
  const tile = (height: number | null, screen = false) => [{ personId: 'bo', height, screen }];
  const nothing = new Map();

  it('count device pixels', () => {
    expect(nextViews(nothing, tile(150), 1, true).get('bo')?.camera).toBe('low');
    expect(nextViews(nothing, tile(150), 2, true).get('bo')?.camera).toBe('middle');
  });

  it('want nothing of tiles without a place, and nothing at all behind other pages', () => {
    const seen = nextViews(nothing, tile(null, true), 1, true);
    expect(seen.get('bo')).toEqual({ camera: null, screen: true });
    const hidden = nextViews(seen, tile(500, true), 1, false);
    expect(hidden.get('bo')).toEqual({ camera: null, screen: false });
  });

  it('remember what was wanted before', () => {
    const high = nextViews(nothing, tile(410), 1, true);
    expect(nextViews(high, tile(390), 1, true).get('bo')?.camera).toBe('high');
    expect(nextViews(nothing, tile(390), 1, true).get('bo')?.camera).toBe('middle');
  });

  it('are the same when every one is', () => {
    const one = nextViews(nothing, tile(410), 1, true);
    expect(sameViews(one, nextViews(nothing, tile(420), 1, true))).toBe(true);
    expect(sameViews(one, nextViews(nothing, tile(100), 1, true))).toBe(false);
    expect(sameViews(one, nextViews(nothing, tile(410, true), 1, true))).toBe(false);
    expect(sameViews(one, nothing)).toBe(false);
  });
});
