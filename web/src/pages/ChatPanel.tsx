// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { unread, type ChatState } from '../meeting/chat';
import { chatRows, type ChatRow } from '../meeting/conversation';
import { t } from '../texts/t';
import { dayName } from '../texts/time';
import { PanelFrame } from '../ui/PanelFrame';
import { Composer } from './Composer';
import { MessageGroup } from './MessageGroup';

const nearPixels = 48;

export function ChatPanel({ call }: { call: Call }) {
  const { session } = call;
  const state = session.chat.state.value;
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useSignal(true);
  useEffect(() => session.chat.dispatch({ kind: 'opened' }), [session]);
  useScroll(call, state, list, atEnd);
  const fresh = unread(state);
  return (
    <PanelFrame name="chat" title={t('chat.title')}>
      <div
        ref={list}
        class="panel__body"
        tabIndex={0}
        role="region"
        aria-label={t('chat.messages')}
        onScroll={(event) => scrolled(event.currentTarget, call, atEnd)}
      >
        {state.messages.length === 0 && <p class="chat__empty">{t('chat.empty')}</p>}
        {state.older !== 'none' && <OlderButton call={call} state={state} />}
        <ol class="chat">
          {chatRows(state).map((row) => (
            <Row key={keyOf(row)} row={row} call={call} />
          ))}
        </ol>
      </div>
      {!atEnd.value && fresh > 0 && (
        <button
          type="button"
          class="btn btn--primary btn--small chat__new"
          onClick={() => {
            const element = list.current;
            if (element) element.scrollTop = element.scrollHeight;
          }}
        >
          {t('chat.new', { count: fresh })}
        </button>
      )}
      <Composer call={call} />
    </PanelFrame>
  );
}

/** Stays at the end while the reader is there, keeps the place when older ones come in above. */
function useScroll(
  call: Call,
  state: ChatState,
  list: { current: HTMLDivElement | null },
  atEnd: { value: boolean; peek(): boolean },
): void {
  const before = useRef({ height: 0, first: '' });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const first = state.messages[0]?.clientMessageId ?? '';
    if (atEnd.peek()) {
      element.scrollTop = element.scrollHeight;
      if (unread(state) > 0) call.session.chat.dispatch({ kind: 'read' });
    } else if (first !== before.current.first) {
      element.scrollTop += element.scrollHeight - before.current.height;
    }
    before.current = { height: element.scrollHeight, first };
  }, [state]);
}

function scrolled(element: HTMLElement, call: Call, atEnd: { value: boolean }): void {
  const { scrollTop, scrollHeight, clientHeight } = element;
  atEnd.value = scrollHeight - scrollTop - clientHeight < nearPixels;
  if (atEnd.value) call.session.chat.dispatch({ kind: 'read' });
  if (scrollTop < nearPixels && scrollHeight > clientHeight) void call.session.olderMessages();
}

function OlderButton({ call, state }: { call: Call; state: ChatState }) {
  const loading = state.older === 'loading';
  return (
    <button
      type="button"
      class="btn btn--text btn--small btn--wide"
      aria-busy={loading}
      onClick={() => void call.session.olderMessages()}
    >
      {loading && <span class="spinner" />}
      {t('chat.older')}
    </button>
  );
}

function keyOf(row: ChatRow): string {
  switch (row.kind) {
    case 'day':
      return `day ${row.atMillis}`;
    case 'new':
      return 'new';
    case 'group':
      return `group ${row.personId} ${row.messages[0]?.clientMessageId ?? ''}`;
  }
}

function Row({ row, call }: { row: ChatRow; call: Call }) {
  switch (row.kind) {
    case 'day':
      return (
        <li class="day">
          <span>{dayName(row.atMillis)}</span>
        </li>
      );
    case 'new':
      return (
        <li class="unread">
          <span>{t('chat.new-line')}</span>
        </li>
      );
    case 'group':
      return <MessageGroup group={row} call={call} />;
  }
}
