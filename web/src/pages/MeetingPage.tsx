// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo } from 'preact/hooks';
import { assertNever } from '../assertNever';
import { LocalMedia } from '../media/LocalMedia';
import { MeetingVisit } from '../meeting/MeetingVisit';
import { t } from '../texts/t';
import { preferences } from '../ui/preferences';
import { rememberMeeting } from '../ui/recent';
import { CallPage } from './CallPage';
import { JoinField } from './JoinField';
import { LeftPage } from './LeftPage';
import { PlainPage } from './PlainPage';
import { PrejoinPage } from './PrejoinPage';

function newMedia(): LocalMedia {
  const { microphoneId, cameraId } = preferences.peek();
  return new LocalMedia({
    microphoneId,
    cameraId,
    reduceNoise: () => preferences.peek().reduceNoise,
    noticeTalking: () => preferences.peek().noticeTalking,
  });
}

export function MeetingPage({ id }: { id: string }) {
  const visit = useMemo(
    () =>
      new MeetingVisit(id, {
        media: newMedia,
        codecWish: () => preferences.peek().videoCodec,
        entered: (meeting) => rememberMeeting({ ...meeting, atMillis: Date.now() }),
      }),
    [id],
  );
  useEffect(() => () => visit.close(), [visit]);
  const phase = visit.phase.value;
  switch (phase.kind) {
    case 'looking':
      return <Looking />;
    case 'prejoin':
      return <PrejoinPage visit={visit} preview={phase.preview} media={phase.media} />;
    case 'call':
      return <CallPage call={phase.call} onLeave={() => visit.leave()} />;
    case 'left':
      return <LeftPage visit={visit} tally={phase.tally} goodbye={phase.goodbye} />;
    case 'unknown':
      return <UnknownMeeting />;
    case 'unreachable':
      return (
        <Retry title={t('error.unreachable')} text={t('error.unreachable-why')} visit={visit} />
      );
    case 'full':
      return <Retry title={t('error.full')} text={t('error.full-why')} visit={visit} />;
    case 'refused':
      return <Retry title={t('error.refused')} text={t('error.refused-why')} visit={visit} />;
    case 'replaced':
      return <Replaced visit={visit} />;
    default:
      return assertNever(phase);
  }
}

function Looking() {
  return (
    <div class="page page--wait" role="status" aria-label={t('common.loading')}>
      <span class="spinner spinner--large" />
    </div>
  );
}

export function UnknownMeeting() {
  return (
    <PlainPage title={t('error.unknown')} text={t('error.unknown-why')}>
      <JoinField autoFocus />
      <p class="plainlinks">
        <a class="btn" href="/">
          {t('common.home')}
        </a>
      </p>
    </PlainPage>
  );
}

function Retry({ title, text, visit }: { title: string; text: string; visit: MeetingVisit }) {
  return (
    <PlainPage title={title} text={text}>
      <div class="line line--wrap plainlinks">
        <button type="button" class="btn btn--primary btn--large" onClick={() => void visit.look()}>
          {t('common.retry')}
        </button>
        <a class="btn btn--large" href="/">
          {t('common.home')}
        </a>
      </div>
    </PlainPage>
  );
}

function Replaced({ visit }: { visit: MeetingVisit }) {
  return (
    <PlainPage title={t('replaced.title')} text={t('replaced.why')}>
      <div class="line line--wrap plainlinks">
        <button
          type="button"
          class="btn btn--primary btn--large"
          aria-busy={visit.joining}
          onClick={() => visit.useThisTab()}
        >
          {visit.joining.value && <span class="spinner" />}
          {t('replaced.use')}
        </button>
        <a class="btn btn--large" href="/">
          {t('common.home')}
        </a>
      </div>
    </PlainPage>
  );
}
