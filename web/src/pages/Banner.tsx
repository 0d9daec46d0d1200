// SPDX-License-Identifier: Apache-2.0
import type { ComponentChild } from 'preact';
import type { Call } from '../meeting/Call';
import { lossStage, secondsSince } from '../meeting/reconnect';
import { t } from '../texts/t';
import { useNow } from '../ui/hooks';
import { Icon } from '../ui/Icon';

/** One thing at a time, the gravest first; never over the controls. */
export function Banner({ call }: { call: Call }) {
  const lostAt = call.session.lostAtMillis.value;
  if (lostAt !== null) return <Lost lostAtMillis={lostAt} />;
  const stuckSince = call.relay.value?.stuckSinceMillis.value ?? null;
  if (stuckSince !== null)
    return <Stuck sinceMillis={stuckSince} fallback={<Rest call={call} />} />;
  return <Rest call={call} />;
}

function Rest({ call }: { call: Call }) {
  if (call.speakers.blocked.value) return <SoundBlocked call={call} />;
  const { taken, wanted } = call.media.microphone.state.value;
  if (taken && wanted) return <MicrophoneTaken call={call} />;
  if (call.media.screen.picture.value) return <Sharing call={call} />;
  return null;
}

function Lost({ lostAtMillis }: { lostAtMillis: number }) {
  const now = useNow(500);
  const stage = lossStage(lostAtMillis, now);
  if (stage === 'fine') return null;
  if (stage === 'checking') {
    return (
      <div class="banner banner--small">
        <span class="spinner" />
        {t('link.checking')}
      </div>
    );
  }
  return (
    <div class="banner">
      <span class="spinner" />
      <p>
        {t('link.lost', { seconds: secondsSince(lostAtMillis, now) })}{' '}
        {stage === 'long' ? t('link.advice') : t('link.meanwhile')}
      </p>
    </div>
  );
}

const worthTellingMillis = 10_000;

/** Signalling stands, yet the relay brings nothing: mostly a firewall. */
function Stuck({ sinceMillis, fallback }: { sinceMillis: number; fallback: ComponentChild }) {
  const now = useNow(500);
  if (now - sinceMillis <= worthTellingMillis) return fallback;
  return (
    <div class="banner">
      <span class="spinner" />
      <p>
        {t('relay.stuck', { seconds: secondsSince(sinceMillis, now) })} {t('relay.advice')}
      </p>
    </div>
  );
}

function SoundBlocked({ call }: { call: Call }) {
  return (
    <button
      type="button"
      class="banner banner--ok banner--press"
      onClick={() => call.speakers.unblock()}
    >
      <Icon name="volume-off" size={20} />
      {t('sound.blocked')}
      <b>{t('sound.hear')}</b>
    </button>
  );
}

function MicrophoneTaken({ call }: { call: Call }) {
  const again = () => {
    const { microphone } = call.media;
    microphone.choose(microphone.state.peek().choice);
  };
  return (
    <div class="banner banner--danger" role="alert">
      <Icon name="warning" size={20} />
      <p>{t('problem.taken')}</p>
      <button type="button" class="btn btn--text btn--small" onClick={again}>
        {t('problem.take-back')}
      </button>
    </div>
  );
}

function Sharing({ call }: { call: Call }) {
  return (
    <div class="banner banner--ok">
      <Icon name="share" size={20} />
      <p>{t('share.on')}</p>
      <button
        type="button"
        class="btn btn--text btn--small"
        onClick={() => call.media.screen.stop()}
      >
        {t('share.stop')}
      </button>
    </div>
  );
}
