// SPDX-License-Identifier: Apache-2.0
/**
 * A small part of ICU MessageFormat: `{name}` and `{n, plural, =0 {none} one {# thing} other {# things}}`.
 * Plural branches may hold placeholders but no further plural.
 */

export type Values = Readonly<Record<string, string | number>>;

export type Piece =
  | { kind: 'words'; words: string }
  | { kind: 'value'; name: string }
  | { kind: 'plural'; name: string; branches: ReadonlyMap<string, readonly Piece[]> };

const cache = new Map<string, readonly Piece[]>();

/** The pieces of a message; throws on an unbalanced brace. */
export function parse(message: string): readonly Piece[] {
  const known = cache.get(message);
  if (known) return known;
  const pieces: Piece[] = [];
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('{', at);
    if (open < 0) {
      pieces.push({ kind: 'words', words: message.slice(at) });
      break;
    }
    if (open > at) pieces.push({ kind: 'words', words: message.slice(at, open) });
    const close = closing(message, open);
    pieces.push(placeholder(message.slice(open + 1, close)));
    at = close + 1;
  }
  cache.set(message, pieces);
  return pieces;
}

function placeholder(inner: string): Piece {
  const match = /^\s*(\w+)\s*,\s*plural\s*,/.exec(inner);
  if (!match?.[1]) return { kind: 'value', name: inner.trim() };
  const branches = new Map<string, readonly Piece[]>();
  let at = match[0].length;
  for (;;) {
    const open = inner.indexOf('{', at);
    if (open < 0) break;
    const close = closing(inner, open);
    branches.set(inner.slice(at, open).trim(), parse(inner.slice(open + 1, close)));
    at = close + 1;
  }
  if (!branches.has('other')) throw new Error(`plural without other: ${inner}`);
  return { kind: 'plural', name: match[1], branches };
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`unbalanced brace: ${text}`);
}

/** The finished sentence as parts, so that a view can put an element where a value stands. */
export function formatParts<T>(
  message: string,
  locale: string,
  values: Readonly<Record<string, T | string | number>>,
): (T | string)[] {
  return fill(parse(message), locale, values, '');
}

function fill<T>(
  pieces: readonly Piece[],
  locale: string,
  values: Readonly<Record<string, T | string | number>>,
  count: string,
): (T | string)[] {
  return pieces.flatMap((piece): (T | string)[] => {
    switch (piece.kind) {
      case 'words':
        return [piece.words.replaceAll('#', count || '#')];
      case 'value': {
        const value = values[piece.name];
        if (value === undefined) return [`{${piece.name}}`];
        return [typeof value === 'number' ? number(locale, value) : value];
      }
      case 'plural': {
        const value = Number(values[piece.name]);
        const branch =
          piece.branches.get(`=${value}`) ??
          piece.branches.get(new Intl.PluralRules(locale).select(value)) ??
          piece.branches.get('other') ??
          [];
        return fill(branch, locale, values, number(locale, value));
      }
    }
  });
}

function number(locale: string, value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

export function format(message: string, locale: string, values: Values): string {
  return formatParts(message, locale, values).join('');
}
