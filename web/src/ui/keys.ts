// SPDX-License-Identifier: Apache-2.0
/** Which key means what: by the Latin letter typed, else by the place of the key. Pure. */

export type Action =
  | 'microphone'
  | 'camera'
  | 'share'
  | 'chat'
  | 'people'
  | 'full-screen'
  | 'help'
  | 'region'
  | 'close';

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

const letters: Readonly<Record<string, Action>> = {
  m: 'microphone',
  v: 'camera',
  c: 'chat',
  p: 'people',
  f: 'full-screen',
};

/**
 * On a Korean layout the key M types "ㅡ": no Latin letter, so its place decides. On AZERTY the key
 * in the place of M types a comma but the letter m is elsewhere: the letter decides.
 */
export function letterOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key.length === 1 && /\p{L}/u.test(key))
    return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null;
  return null;
}

export function actionOf(press: KeyPress): Action | null {
  if (press.isComposing || press.repeat) return null;
  if (press.key === 'F6') return 'region';
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === 'Escape') return 'close';
  if (press.key === '?') return 'help';
  const letter = letterOf(press);
  if (letter === null) return null;
  if (press.shiftKey) return letter === 's' ? 'share' : null;
  return letters[letter] ?? null;
}

/** Single letters are text in fields, and belong to the menu or window that is open. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"], dialog') !== null
  );
}

/** Space presses what has the focus; only elsewhere it is for talking. */
export function holdsSpace(target: EventTarget | null): boolean {
  return (
    isTyping(target) ||
    (target instanceof Element && target.closest('button, a, summary, [role="slider"]') !== null)
  );
}
