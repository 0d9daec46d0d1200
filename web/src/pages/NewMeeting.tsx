// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { cleanLine, maxTitleClusters } from '../meeting/names';
import { createMeeting } from '../signal/rest';
import { t } from '../texts/t';
import { Icon } from '../ui/Icon';
import { go, meetingPath } from '../ui/route';

/** The one large button; pressed, it asks for a title and whether to list the meeting. */
export function NewMeeting() {
  const open = useSignal(false);
  if (open.value) return <NewMeetingForm onCancel={() => (open.value = false)} />;
  return (
    <button
      type="button"
      class="btn btn--primary btn--large"
      onClick={() => {
        open.value = true;
      }}
    >
      <Icon name="plus" />
      {t('home.new')}
    </button>
  );
}

function NewMeetingForm({ onCancel }: { onCancel: () => void }) {
  const busy = useSignal(false);
  const failed = useSignal(false);
  const title = useRef<HTMLInputElement>(null);
  const listed = useRef<HTMLInputElement>(null);
  useEffect(() => title.current?.focus(), []);
  const create = async () => {
    if (busy.peek()) return;
    busy.value = true;
    failed.value = false;
    const reply = await createMeeting({
      title: cleanLine(title.current?.value ?? '', maxTitleClusters),
      listed: listed.current?.checked ?? false,
    });
    busy.value = false;
    if (reply.kind === 'ok') go(meetingPath(reply.value.id));
    else failed.value = true;
  };
  return (
    <form
      class="card newmeeting"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <div>
        <label class="label" for="title">
          {t('home.new-title')}
        </label>
        <input
          ref={title}
          id="title"
          class="input"
          autoComplete="off"
          placeholder={t('home.new-placeholder')}
        />
      </div>
      <label class="opt">
        <span>
          <b>{t('home.list')}</b>
          <small>{t('home.list-hint')}</small>
        </span>
        <input ref={listed} class="switch" type="checkbox" role="switch" />
      </label>
      {failed.value && (
        <p class="hint hint--bad" role="alert">
          {t('home.new-failed')}
        </p>
      )}
      <div class="line">
        <button
          class={busy.value ? 'btn btn--primary is-busy' : 'btn btn--primary'}
          aria-busy={busy}
        >
          {busy.value && <span class="spinner" />}
          {t('home.create')}
        </button>
        <button type="button" class="btn btn--text" onClick={onCancel}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
