// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ListedMeeting } from '../protocol/messages';
import { SocketWire } from '../signal/SocketWire';
import { t } from '../texts/t';
import { dayName } from '../texts/time';
import { Icon } from '../ui/Icon';
import { forgetMeeting, recentMeetings } from '../ui/recent';
import { meetingPath } from '../ui/route';

const mostListed = 8;

function useListedMeetings(): readonly ListedMeeting[] {
  const meetings = useSignal<readonly ListedMeeting[]>([]);
  useEffect(() => {
    const until = new AbortController();
    const wire = new SocketWire();
    wire.on(
      'home:meetings',
      (listed) => {
        meetings.value = listed.meetings;
      },
      until.signal,
    );
    wire.onLink((linked) => {
      if (linked) wire.request('home:watch', {}).catch(() => undefined);
    }, until.signal);
    return () => {
      until.abort();
      wire.close();
    };
  }, []);
  return meetings.value;
}

/** Open meetings that are listed, then where one has been before. */
export function MeetingLists() {
  const listed = useListedMeetings();
  const open = listed.slice(0, mostListed);
  const openIds = new Set(listed.map(({ id }) => id));
  const recent = recentMeetings.value.filter(({ id }) => !openIds.has(id));
  return (
    <>
      {open.length > 0 && (
        <section class="recent" aria-labelledby="open-meetings">
          <h2 id="open-meetings">{t('home.open')}</h2>
          <ul>
            {open.map((meeting) => (
              <OpenMeeting key={meeting.id} meeting={meeting} />
            ))}
          </ul>
        </section>
      )}
      {recent.length > 0 && (
        <section class="recent" aria-labelledby="recent-meetings">
          <h2 id="recent-meetings">{t('home.recent')}</h2>
          <ul>
            {recent.slice(0, 4).map(({ id, title, atMillis }) => (
              <li key={id} class="recent__row">
                <a href={meetingPath(id)}>
                  <span class="grow">
                    <b>{title || t('meeting.untitled')}</b>
                    <span class="tiny faint">{dayName(atMillis)}</span>
                  </span>
                  <Icon name="arrow" size={20} />
                </a>
                <button
                  type="button"
                  class="iconbtn recent__forget"
                  aria-label={t('home.forget', { title: title || t('meeting.untitled') })}
                  title={t('home.forget', { title: title || t('meeting.untitled') })}
                  onClick={() => forgetMeeting(id)}
                >
                  <Icon name="x" size={16} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function OpenMeeting({ meeting }: { meeting: ListedMeeting }) {
  const { id, title, peopleCount } = meeting;
  return (
    <li>
      <a href={meetingPath(id)}>
        <span class="grow">
          <b>{title || t('meeting.untitled')}</b>
          <span class={peopleCount > 0 ? 'tiny inside-now' : 'tiny faint'}>
            {peopleCount > 0 && <span class="live" />}
            {t('home.inside', { count: peopleCount })}
          </span>
        </span>
        <Icon name="arrow" size={20} />
      </a>
    </li>
  );
}
