// SPDX-License-Identifier: Apache-2.0
import { effect, signal } from '@preact/signals';
import { codecWishes, type CodecWish } from '../media/encodings';

/** What this browser remembers of its user. theme.js reads `theme` and `locale` before the page. */
export interface Preferences {
  readonly name: string;
  readonly theme: 'system' | 'light' | 'dark';
  /** Empty: the browser's language. */
  readonly locale: '' | 'en' | 'ko';
  readonly microphoneId: string;
  readonly cameraId: string;
  readonly speakerId: string;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly reduceNoise: boolean;
  readonly noticeTalking: boolean;
  readonly holdToTalk: boolean;
  readonly shortcuts: boolean;
  readonly mirror: boolean;
  /** For meetings of more than two. */
  readonly videoCodec: CodecWish;
  readonly corner: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
}

const key = 'noom.preferences';

export const defaults: Preferences = {
  name: '',
  theme: 'system',
  locale: '',
  microphoneId: '',
  cameraId: '',
  speakerId: '',
  microphoneOn: true,
  cameraOn: true,
  reduceNoise: true,
  noticeTalking: true,
  holdToTalk: true,
  shortcuts: true,
  mirror: true,
  videoCodec: 'auto',
  corner: 'bottom-right',
};

const choices: Partial<Record<keyof Preferences, readonly string[]>> = {
  theme: ['system', 'light', 'dark'],
  locale: ['', 'en', 'ko'],
  videoCodec: codecWishes,
  corner: ['top-left', 'top-right', 'bottom-left', 'bottom-right'],
};

/** Takes over what has the right form; anything else keeps its default. */
export function parsePreferences(json: string | null): Preferences {
  let saved: unknown;
  try {
    saved = JSON.parse(json ?? '{}');
  } catch {
    return defaults;
  }
  if (typeof saved !== 'object' || saved === null) return defaults;
  const entries = Object.entries(saved).filter(([name, value]) => {
    if (!(name in defaults)) return false;
    const known = name as keyof Preferences;
    if (typeof value !== typeof defaults[known]) return false;
    return choices[known]?.includes(value as string) ?? true;
  });
  return { ...defaults, ...Object.fromEntries(entries) };
}

function load(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(key));
  } catch {
    return defaults;
  }
}

export const preferences = signal(load());

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.peek(), ...change };
  try {
    localStorage.setItem(key, JSON.stringify(preferences.peek()));
  } catch {
    // It holds for this page at least.
  }
}

/** Looks as its user has just chosen in another tab; devices stay what they are in this one. */
export function followOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    const { theme, locale } = parsePreferences(event.newValue);
    preferences.value = { ...preferences.peek(), theme, locale };
  });
}

/** Keeps the document's theme in step. */
export function applyTheme(): () => void {
  return effect(() => {
    const { theme } = preferences.value;
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  });
}

export function isDark(): boolean {
  const { theme } = preferences.value;
  if (theme !== 'system') return theme === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}
