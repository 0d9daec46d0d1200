// SPDX-License-Identifier: Apache-2.0
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { stopwatch } from '../texts/time';
import { useNow } from '../ui/hooks';
import { Icon } from '../ui/Icon';
import { Mark } from '../ui/Logo';

export function TopLine({ call }: { call: Call }) {
  const { meeting } = call.session.people.state.value;
  const links = [...call.links.value.values()];
  const encrypted = links.length > 0 && links.every(({ phase }) => phase === 'connected');
  return (
    <header class="topline" aria-label={t('call.meeting')}>
      <h1 class="room">
        <Mark />
        <span>{meeting?.title === '' ? t('meeting.untitled') : meeting?.title}</span>
      </h1>
      <Elapsed since={call.enteredAtMillis} />
      {encrypted && <Encrypted relayed={call.relay.value !== null} />}
      <span class="grow" />
    </header>
  );
}

/** The server's relay has the keys, direct links do not pass it: the words differ. */
function Encrypted({ relayed }: { relayed: boolean }) {
  return (
    <span class="fact" title={relayed ? t('call.relayed-why') : t('call.direct-why')}>
      <Icon name="lock" size={16} />
      <span class="word">{relayed ? t('call.relayed') : t('call.direct')}</span>
    </span>
  );
}

function Elapsed({ since }: { since: number }) {
  const now = useNow(1_000);
  return (
    <span class="fact num" role="timer" aria-label={t('call.elapsed')}>
      {stopwatch(now - since)}
    </span>
  );
}
