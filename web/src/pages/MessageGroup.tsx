// SPDX-License-Identifier: Apache-2.0
import type { Call } from '../meeting/Call';
import type { Message } from '../meeting/chat';
import type { ChatRow } from '../meeting/conversation';
import { linkify } from '../meeting/linkify';
import { t } from '../texts/t';
import { clockTime, isoTime } from '../texts/time';
import { Avatar } from '../ui/Avatar';
import { copyText } from '../ui/copy';
import { Icon } from '../ui/Icon';

type Group = Extract<ChatRow, { kind: 'group' }>;

/** What one person wrote within three minutes. */
export function MessageGroup({ group, call }: { group: Group; call: Call }) {
  const { personId, name, own, messages } = group;
  const [first] = messages;
  const last = messages.at(-1);
  if (!first) return null;
  return (
    <li class={own ? 'msgs msgs--own' : 'msgs'}>
      <Avatar id={personId} name={name} size={32} />
      <div class="by">
        <b>{own ? t('people.you') : name}</b>
        <time dateTime={isoTime(first.atMillis)}>{clockTime(first.atMillis)}</time>
      </div>
      {messages.map((message) => (
        <Bubble
          key={message.clientMessageId}
          message={message}
          own={own}
          last={message === last}
          call={call}
        />
      ))}
    </li>
  );
}

function Bubble({
  message,
  own,
  last,
  call,
}: {
  message: Message;
  own: boolean;
  last: boolean;
  call: Call;
}) {
  return (
    <>
      <div class="bubble" title={clockTime(message.atMillis)}>
        <MessageText text={message.text} />
      </div>
      {own && (message.delivery !== 'sent' || last) && (
        <DeliveryState message={message} call={call} />
      )}
    </>
  );
}

function MessageText({ text }: { text: string }) {
  return (
    <span class="bubble__text">
      {linkify(text).map((part, at) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}

/** Hollow tick, tick, or what one can do about it. */
function DeliveryState({ message, call }: { message: Message; call: Call }) {
  switch (message.delivery) {
    case 'sending':
      return (
        <div class="state">
          <Icon name="check-hollow" size={16} />
          {call.session.lostAtMillis.value === null ? t('chat.sending') : t('chat.waiting')}
        </div>
      );
    case 'sent':
      return (
        <div class="state">
          <Icon name="check" size={16} />
          {t('chat.sent')}
        </div>
      );
    case 'failed':
      return (
        <div class="state state--bad" role="alert">
          <Icon name="warning" size={16} />
          {t('chat.failed')}
          <button
            type="button"
            class="btn btn--text btn--small"
            onClick={() => call.session.sayAgain(message.clientMessageId)}
          >
            {t('common.retry')}
          </button>
          <button
            type="button"
            class="btn btn--text btn--small"
            onClick={() => void copyText(message.text)}
          >
            {t('common.copy')}
          </button>
        </div>
      );
  }
}
