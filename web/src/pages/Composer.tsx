// SPDX-License-Identifier: Apache-2.0
import { signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
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

function useComposer(call: Call) {
  const box = useRef<HTMLTextAreaElement>(null);
  const tooLong = useSignal(false);
  const send = () => {
    const text = (box.current?.value ?? '').trim();
    if (!text) return;
    tooLong.value = encoder.encode(text).length > mostBytes;
    if (tooLong.peek()) return;
    call.session.say(text);
    draft.value = '';
    if (box.current) box.current.value = '';
  };
  return { box, tooLong, send };
}

export function Composer({ call }: { call: Call }) {
  const { box, tooLong, send } = useComposer(call);
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
        <MessageBox box={box} onSend={send} onEdit={() => (tooLong.value = false)} />
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

function MessageBox({
  box,
  onSend,
  onEdit,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  onSend: () => void;
  onEdit: () => void;
}) {
  const enter = useRef(new EnterKey()).current;
  const touch = useMedia('(pointer: coarse)');
  useEffect(() => {
    // On phones the keyboard would hide what is there to read.
    if (!touch) box.current?.focus();
  }, []);
  return (
    <textarea
      ref={box}
      rows={1}
      placeholder={t('chat.placeholder')}
      aria-label={t('chat.message')}
      value={draft}
      enterkeyhint={touch ? 'enter' : 'send'}
      onInput={(event) => {
        draft.value = event.currentTarget.value;
        onEdit();
      }}
      onCompositionStart={() => enter.compositionStart()}
      onCompositionUpdate={(event) => enter.compositionUpdate(event.data)}
      onCompositionEnd={(event) => {
        // The last syllable is in the box only after this event.
        if (enter.compositionEnd(event.data)) queueMicrotask(onSend);
      }}
      onKeyDown={(event) => {
        const outcome = enter.press(event, touch);
        if (outcome === 'send') onSend();
        if (outcome === 'send' || outcome === 'wait') event.preventDefault();
      }}
    />
  );
}
