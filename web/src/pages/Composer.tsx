// SPDX-License-Identifier: Apache-2.0
import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { EnterKey } from '../ui/EnterKey';
import { useMedia } from '../ui/hooks';
import { Icon } from '../ui/Icon';

/** As the server counts: bytes of UTF-8. */
const mostBytes = 8_192;
const encoder = new TextEncoder();

/** What is half written stays when the panel is closed. */
const draft = signal('');

export function clearDraft(): void {
  draft.value = '';
}

export function Composer({ call }: { call: Call }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const enter = useRef(new EnterKey()).current;
  const touch = useMedia('(pointer: coarse)');
  const tooLong = useSignal(false);
  useEffect(() => {
    // On phones the keyboard would hide what is there to read.
    if (!touch) box.current?.focus();
  }, []);
  const send = () => {
    const text = (box.current?.value ?? '').trim();
    if (!text) return;
    tooLong.value = encoder.encode(text).length > mostBytes;
    if (tooLong.peek()) return;
    call.session.say(text);
    draft.value = '';
    if (box.current) box.current.value = '';
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
        box.current?.focus();
      }}
    >
      {tooLong.value && (
        <p class="hint hint--bad" role="alert">
          {t('chat.too-long')}
        </p>
      )}
      <div class="composer__box">
        <textarea
          ref={box}
          rows={1}
          placeholder={t('chat.placeholder')}
          aria-label={t('chat.message')}
          value={draft}
          enterkeyhint={touch ? 'enter' : 'send'}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
            tooLong.value = false;
          }}
          onCompositionStart={() => enter.compositionStart()}
          onCompositionUpdate={(event) => enter.compositionUpdate(event.data)}
          onCompositionEnd={(event) => {
            // The last syllable is in the box only after this event.
            if (enter.compositionEnd(event.data)) queueMicrotask(send);
          }}
          onKeyDown={(event) => {
            const outcome = enter.press(event, touch);
            if (outcome === 'send') send();
            if (outcome === 'send' || outcome === 'wait') event.preventDefault();
          }}
        />
        <button
          class="iconbtn iconbtn--send"
          aria-label={t('chat.send')}
          title={t('chat.send')}
          disabled={!draft.value.trim()}
        >
          <Icon name="send" size={20} />
        </button>
      </div>
    </form>
  );
}
