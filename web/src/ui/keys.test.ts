// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { actionOf, holdsSpace, isTyping, type KeyPress } from './keys';

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});

describe('actionOf', () => {
  it.each([
    ['English', press('m', 'KeyM'), 'microphone'],
    ['caps lock', press('M', 'KeyM'), 'microphone'],
    ['Hangul, two-set', press('ㅡ', 'KeyM'), 'microphone'],
    ['Hangul, camera', press('ㅍ', 'KeyV'), 'camera'],
    ['Hangul, chat', press('ㅊ', 'KeyC'), 'chat'],
    ['Hangul, people', press('ㅔ', 'KeyP'), 'people'],
    ['Hangul, share', press('ㄴ', 'KeyS', { shiftKey: true }), 'share'],
    ['Cyrillic', press('ь', 'KeyM'), 'microphone'],
    ['AZERTY, m beside l', press('m', 'Semicolon'), 'microphone'],
    ['AZERTY, comma in the place of M', press(',', 'KeyM'), null],
    ['Dvorak, c where i is', press('c', 'KeyI'), 'chat'],
    ['share needs shift', press('s', 'KeyS'), null],
    ['shift changes the meaning', press('M', 'KeyM', { shiftKey: true }), null],
    ['help', press('?', 'Slash', { shiftKey: true }), 'help'],
    ['region', press('F6', 'F6'), 'region'],
    ['escape', press('Escape', 'Escape'), 'close'],
    ['copy is not chat', press('c', 'KeyC', { ctrlKey: true }), null],
    ['command', press('v', 'KeyV', { metaKey: true }), null],
    ['held down', press('m', 'KeyM', { repeat: true }), null],
    ['composing', press('Process', 'KeyM', { isComposing: true }), null],
  ] as const)('%s', (_, event, action) => {
    expect(actionOf(event)).toBe(action);
  });
});

describe('targets', () => {
  it('leaves letters to fields, menus and windows', () => {
    document.body.append(
      Object.assign(document.createElement('textarea'), { id: 'a' }),
      Object.assign(document.createElement('button'), { id: 'b' }),
    );
    expect(isTyping(document.querySelector('#a'))).toBe(true);
    expect(isTyping(document.querySelector('#b'))).toBe(false);
    expect(isTyping(document.body)).toBe(false);
  });

  it('leaves space to buttons', () => {
    expect(holdsSpace(document.querySelector('#b'))).toBe(true);
    expect(holdsSpace(document.body)).toBe(false);
  });
});
