// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MeetingVisit, Tally } from '../meeting/MeetingVisit';
import { previewMeeting } from '../signal/rest';
import { t } from '../texts/t';
import { roughly } from '../texts/time';
import { copyText } from '../ui/copy';
import { Icon } from '../ui/Icon';
import { meetingLink } from '../ui/route';
import { PlainPage } from './PlainPage';

/** How many are still there; null until known. */
function useStayed(id: string): number | null {
  const stayed = useSignal<number | null>(null);
  useEffect(() => {
    const until = new AbortController();
    void previewMeeting(id, until.signal).then((reply) => {
      if (reply.kind === 'ok') stayed.value = reply.value.names.length;
    });
    return () => until.abort();
  }, [id]);
  return stayed.value;
}

export function LeftPage({ visit, tally }: { visit: MeetingVisit; tally: Tally }) {
  const stayed = useStayed(visit.id);
  const title = tally.title ? t('left.title', { title: tally.title }) : t('left.untitled');
  return (
    <PlainPage
      title={title}
      text={stayed === null ? undefined : t('left.stayed', { count: stayed })}
    >
      <div class="line line--wrap plainlinks">
        <button type="button" class="btn btn--primary btn--large" onClick={() => void visit.look()}>
          <Icon name="retry" size={20} />
          {t('left.rejoin')}
        </button>
        <a class="btn btn--large" href="/">
          {t('common.home')}
        </a>
      </div>
      <section class="card stack stack--24">
        <dl class="tally">
          <div>
            <dt>{t('left.time')}</dt>
            <dd>{roughly(tally.millis)}</dd>
          </div>
          <div>
            <dt>{t('left.people')}</dt>
            <dd>{t('left.people-count', { count: tally.people })}</dd>
          </div>
          <div>
            <dt>{t('left.messages')}</dt>
            <dd>{t('left.message-count', { count: tally.messages })}</dd>
          </div>
        </dl>
        <CopyLink id={visit.id} />
      </section>
    </PlainPage>
  );
}

export function CopyLink({ id, primary = false }: { id: string; primary?: boolean }) {
  const copied = useSignal(false);
  useEffect(() => {
    if (!copied.value) return;
    const timer = setTimeout(() => {
      copied.value = false;
    }, 2_500);
    return () => clearTimeout(timer);
  }, [copied.value]);
  return (
    <button
      type="button"
      class={primary ? 'btn btn--primary' : 'btn'}
      onClick={() => {
        void copyText(meetingLink(id)).then((done) => (copied.value = done));
      }}
    >
      <Icon name={copied.value ? 'check' : 'copy'} size={20} />
      <span aria-live="polite">{copied.value ? t('invite.copied') : t('invite.copy')}</span>
    </button>
  );
}
