// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { cleanLine, maxTitleClusters } from '../meeting/names';
import { createMeeting } from '../signal/rest';
import { t } from '../texts/t';
import { BusyButton } from '../ui/BusyButton';
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

function useCreate() {
  const busy = useSignal(false);
  const failed = useSignal(false);
  const title = useRef<HTMLInputElement>(null);
  const listed = useRef<HTMLInputElement>(null);
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
  return { busy, failed, title, listed, create };
}

function NewMeetingForm({ onCancel }: { onCancel: () => void }) {
  const { busy, failed, title, listed, create } = useCreate();
  useEffect(() => title.current?.focus(), []);
  return (
    <form
      class="card newmeeting"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) onCancel();
      }}
    >
      <label class="label">
        <span class="label__word">{t('home.new-title')}</span>
        <input
          ref={title}
          class="input"
          autoComplete="off"
          placeholder={t('home.new-placeholder')}
        />
      </label>
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
        <BusyButton busy={busy.value}>{t('home.create')}</BusyButton>
        <button type="button" class="btn btn--text" onClick={onCancel}>
          {t('common.cancel')}
        </button>
      </div>
    </form>
  );
}
