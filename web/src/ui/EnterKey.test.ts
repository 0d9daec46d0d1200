// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { EnterKey, type EnterPress } from './EnterKey';

const enter = (more: Partial<EnterPress> = {}): EnterPress => ({
  key: 'Enter',
  code: 'Enter',
  keyCode: 13,
  shiftKey: false,
  isComposing: false,
  ...more,
});
const composingEnter = enter({ keyCode: 229, isComposing: true });

describe('EnterKey', () => {
  it('sends, and with Shift breaks the line', () => {
    expect(new EnterKey().press(enter(), false)).toBe('send');
    expect(new EnterKey().press(enter({ shiftKey: true }), false)).toBe('break');
  });

  it('breaks the line on phones', () => {
    expect(new EnterKey().press(enter(), true)).toBe('break');
  });

  it('leaves other keys alone', () => {
    expect(new EnterKey().press(enter({ key: 'a', code: 'KeyA', keyCode: 65 }), false)).toBe(
      'leave',
    );
  });

  // Chromium on Windows and Linux, Firefox: keydown(229), compositionend, then keyup.
  it('finishes the Hangul syllable, then sends once', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('하');
    expect(key.press(composingEnter, false)).toBe('wait');
    expect(key.compositionEnd('하')).toBe(true);
  });

  // Chromium on Windows names the key "Process".
  it('knows Enter by its place when the input method took it', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('글');
    expect(key.press({ ...composingEnter, key: 'Process' }, false)).toBe('wait');
    expect(key.compositionEnd('글')).toBe(true);
  });

  // Chromium on macOS: the same, followed by a second keydown that is not composing.
  it('does not send the empty box a second time by itself', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('늘');
    key.press(composingEnter, false);
    expect(key.compositionEnd('늘')).toBe(true);
    key.compositionStart();
    key.compositionUpdate('가');
    expect(key.compositionEnd('가')).toBe(false);
  });

  // Safari: compositionend comes first, then keydown with keyCode 229.
  it('sends after a Hangul composition that is over already', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('요');
    expect(key.compositionEnd('요')).toBe(false);
    expect(key.press(enter({ keyCode: 229 }), false)).toBe('send');
  });

  it('only picks the candidate in Japanese and Chinese', () => {
    for (const text of ['かんじ', '漢字', 'ni hao']) {
      const key = new EnterKey();
      key.compositionStart();
      key.compositionUpdate(text);
      expect(key.press(composingEnter, false)).toBe('leave');
      expect(key.compositionEnd(text)).toBe(false);
      expect(key.press(enter(), false)).toBe('send');
    }
  });

  it('does not send when Shift+Enter ends a syllable', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('하');
    expect(key.press({ ...composingEnter, shiftKey: true }, false)).toBe('leave');
    expect(key.compositionEnd('하')).toBe(false);
  });

  it('waits for no Enter when the composition is ended by something else', () => {
    const key = new EnterKey();
    key.compositionStart();
    key.compositionUpdate('하');
    expect(key.compositionEnd('하')).toBe(false);
  });
});
