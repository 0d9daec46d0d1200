// SPDX-License-Identifier: Apache-2.0
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { CopyLink } from '../ui/CopyLink';
import { meetingLink } from '../ui/route';

/** Alone: how others come in. */
export function Invite({ call }: { call: Call }) {
  const { meeting } = call.session.people.state.value;
  if (!meeting) return null;
  const link = meetingLink(meeting.id);
  return (
    <section class="card invite" aria-labelledby="invite-title">
      <h2 id="invite-title">{t('invite.title')}</h2>
      <p class="quiet small">{meeting.listed ? t('invite.listed') : t('invite.text')}</p>
      <input
        class="input"
        readOnly
        aria-label={t('invite.link')}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyLink id={meeting.id} primary />
    </section>
  );
}
