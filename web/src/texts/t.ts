// SPDX-License-Identifier: Apache-2.0
import { computed } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { preferences } from '../ui/preferences';
import { en } from './en';
import { format, formatParts, type Values } from './format';
import { ko } from './ko';

export type TextKey = keyof typeof en;
export type Locale = 'en' | 'ko';

const catalogues: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = { en, ko };

function asked(): string {
  const { search } = (globalThis as { location?: Location }).location ?? { search: '' };
  return new URLSearchParams(search).get('lang') ?? navigator.language;
}

/** Saved choice, then `?lang=`, then the browser. */
export const locale = computed<Locale>(() => {
  const wish = preferences.value.locale || asked();
  return wish.slice(0, 2).toLowerCase() === 'ko' ? 'ko' : 'en';
});

export function t(key: TextKey, values: Values = {}): string {
  return format(catalogues[locale.value][key], locale.value, values);
}

/** As `t`, with elements in place of some values. */
export function tx(
  key: TextKey,
  values: Readonly<Record<string, ComponentChild>>,
): ComponentChild[] {
  return formatParts<ComponentChild>(catalogues[locale.value][key], locale.value, values);
}
