// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkify } from './linkify';

const links = (text: string) =>
  linkify(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('linkify', () => {
  it.each([
    ['see https://noom.example/a.', ['https://noom.example/a']],
    ['(https://en.example/Moon_(disk))', ['https://en.example/Moon_(disk)']],
    ['https://a.example, http://b.example!', ['https://a.example', 'http://b.example']],
    ['링크는 https://noom.example/m/abc 이에요', ['https://noom.example/m/abc']],
    ['javascript:alert(1) data:text/html,x', []],
    ['https:// nothing', []],
    ['no address', []],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('loses no character and links only to http', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl())), (words) => {
        const text = words.join(' ');
        const parts = linkify(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) {
          if (part.kind === 'link') expect(part.href).toMatch(/^https?:/);
        }
      }),
    );
  });
});
