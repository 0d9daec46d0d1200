// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { format, formatParts, parse } from './format';

describe('format', () => {
  it('puts values in', () => {
    expect(format('Hello {name}, it is {day}.', 'en', { name: 'Min', day: 'Monday' })).toBe(
      'Hello Min, it is Monday.',
    );
  });

  it('chooses the plural of the language', () => {
    const message = '{n, plural, =0 {nobody} one {# person} other {# people}} here';
    expect(format(message, 'en', { n: 0 })).toBe('nobody here');
    expect(format(message, 'en', { n: 1 })).toBe('1 person here');
    expect(format(message, 'en', { n: 1200 })).toBe('1,200 people here');
    expect(format('{n, plural, other {#명}}', 'ko', { n: 1 })).toBe('1명');
  });

  it('fills placeholders inside a plural', () => {
    const message = '{n, plural, one {{name} and # other} other {{name} and # others}}';
    expect(format(message, 'en', { n: 1, name: 'Ana' })).toBe('Ana and 1 other');
    expect(format(message, 'en', { n: 3, name: 'Ana' })).toBe('Ana and 3 others');
  });

  it('keeps elements as they are', () => {
    const key = { tag: 'kbd' };
    expect(formatParts('Press {key}.', 'en', { key })).toEqual(['Press ', key, '.']);
  });

  it('shows a missing value by its name instead of failing', () => {
    expect(format('Hello {name}', 'en', {})).toBe('Hello {name}');
  });

  it('does not take a brace in a value for a placeholder', () => {
    expect(format('{name}', 'en', { name: '{evil} # {n, plural,' })).toBe('{evil} # {n, plural,');
  });

  it('refuses unbalanced braces and plurals without other', () => {
    expect(() => parse('a {b')).toThrow('unbalanced');
    expect(() => parse('{n, plural, one {x}}')).toThrow('other');
  });
});
