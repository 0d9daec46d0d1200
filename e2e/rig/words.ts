// SPDX-License-Identifier: Apache-2.0
import { en } from '../../web/src/texts/en.ts';
import { format, type Values } from '../../web/src/texts/format.ts';
import { ko } from '../../web/src/texts/ko.ts';

export type Locale = 'en' | 'ko';

/** A text of the page by its meaning. */
export type Word = keyof typeof en;

const catalogues: Readonly<Record<Locale, Readonly<Record<Word, string>>>> = { en, ko };

/** What the page says in a language: the same catalogues, the same plural rules. */
export function word(locale: Locale, key: Word, values: Values = {}): string {
  return format(catalogues[locale][key], locale, values);
}
