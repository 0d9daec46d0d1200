// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, clusters, hue, hueCount, initials, maxNameClusters, shorten } from './names';

describe('cleanName', () => {
  it('trims, joins spaces and drops control and direction characters', () => {
    expect(cleanName('  Ana \u0000\u202e Maria\n')).toBe('Ana Maria');
    expect(cleanName('\u200b\u2066\u2069')).toBe('');
  });

  it('counts grapheme clusters, not code units', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(clusters(family)).toHaveLength(1);
    expect(cleanName(family.repeat(40))).toBe(family.repeat(40));
    expect(cleanName(family.repeat(41))).toBe(family.repeat(40));
  });

  it('composes Hangul that arrives in parts', () => {
    expect(cleanName('하늘'.normalize('NFD'))).toBe('하늘');
  });

  it('is at rest after one pass and never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (raw) => {
        const once = cleanName(raw);
        expect(cleanName(once)).toBe(once);
        expect(clusters(once).length).toBeLessThanOrEqual(maxNameClusters);
      }),
    );
  });
});

describe('initials', () => {
  it.each([
    ['김지영', '지영'],
    ['남궁 하늘', '하늘'],
    ['하늘', '하늘'],
    ['솔', '솔'],
    ['Amara Okafor', 'AO'],
    ['tomás rivera', 'TR'],
    ['Ana Maria de Souza', 'AS'],
    ['Priya', 'P'],
    ['😀 Bob', '😀B'],
    ['', '?'],
  ])('of %s are %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('hue', () => {
  it('is stable and in range', () => {
    expect(hue('person-1')).toBe(hue('person-1'));
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(hue(id)).toBeGreaterThanOrEqual(0);
        expect(hue(id)).toBeLessThan(hueCount);
      }),
    );
  });

  it('spreads ids over all colours', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, n) => hue(`id-${n}`)));
    expect(seen.size).toBe(hueCount);
  });
});

describe('shorten', () => {
  it('keeps both ends', () => {
    expect(shorten('A very long name indeed 2', 12)).toBe('A very l…d 2');
    expect(shorten('Short', 12)).toBe('Short');
  });
});
