// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MeetingVisit, Tally } from '../meeting/MeetingVisit';
import { previewMeeting } from '../signal/rest';
import { t } from '../texts/t';
import { roughly } from '../texts/time';
import { CopyLink } from '../ui/CopyLink';
import { Icon } from '../ui/Icon';
import { PlainPage } from './PlainPage';

/** How many are still there; null until known. Asked after the goodbye, so as not to be counted. */
function useStayed(id: string, goodbye: Promise<void>): number | null {
  const stayed = useSignal<number | null>(null);
  useEffect(() => {
    const until = new AbortController();
    void goodbye
      .then(() => previewMeeting(id, until.signal))
      .then((reply) => {
        if (reply.kind === 'ok') stayed.value = reply.value.names.length;
      });
    return () => until.abort();
  }, [id, goodbye]);
  return stayed.value;
}

interface LeftPageProps {
  readonly visit: MeetingVisit;
  readonly tally: Tally;
  readonly goodbye: Promise<void>;
}

export function LeftPage({ visit, tally, goodbye }: LeftPageProps) {
  const stayed = useStayed(visit.id, goodbye);
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
