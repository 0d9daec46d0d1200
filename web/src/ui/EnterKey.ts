// SPDX-License-Identifier: Apache-2.0
/**
 * What Enter means in the composer, with input methods in between.
 *
 * - No composition: Enter sends, Shift+Enter breaks the line (on phones Enter breaks).
 * - Hangul: the syllable under the cursor is always "being composed", so one Enter must finish it and
 *   send. Chromium reports that Enter inside the composition (keyCode 229) and fires compositionend
 *   after it; sending has to wait for that, or the last syllable is lost or sent twice.
 * - Other scripts (Japanese, Chinese): Enter picks the candidate and must not send.
 * - Safari fires compositionend before the keydown of the Enter that ended it, with keyCode 229.
 */
export type EnterOutcome = 'send' | 'break' | 'wait' | 'leave';

export interface EnterPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

export class EnterKey {
  #composed = '';
  #composing = false;
  #sendAtEnd = false;

  compositionStart(): void {
    this.#composing = true;
    this.#composed = '';
  }

  compositionUpdate(data: string): void {
    this.#composed = data;
  }

  /** Returns true when the Enter that ended the composition is to send now. */
  compositionEnd(data: string): boolean {
    this.#composing = false;
    this.#composed = data;
    const send = this.#sendAtEnd;
    this.#sendAtEnd = false;
    return send;
  }

  /** `breaks`: Enter is for lines here, as on phones. */
  press(event: EnterPress, breaks: boolean): EnterOutcome {
    // Windows says "Process" for any key that an input method takes.
    if (event.key !== 'Enter' && event.code !== 'Enter') return 'leave';
    const inComposition = this.#composing || event.isComposing || event.keyCode === 229;
    if (!inComposition) return breaks || event.shiftKey ? 'break' : 'send';
    if (breaks || event.shiftKey || !isHangul(this.#composed)) return 'leave';
    if (this.#composing) {
      this.#sendAtEnd = true;
      return 'wait';
    }
    return 'send';
  }
}

function isHangul(text: string): boolean {
  return text.length > 0 && /^[\p{Script=Hangul}]+$/u.test(text);
}
