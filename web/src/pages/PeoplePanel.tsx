// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { cleanName } from '../meeting/names';
import type { Participant } from '../meeting/people';
import { locale, t } from '../texts/t';
import { Avatar } from '../ui/Avatar';
import { CopyLink } from '../ui/CopyLink';
import { Icon } from '../ui/Icon';
import { LevelGlyph } from '../ui/Meter';
import { PanelFrame } from '../ui/PanelFrame';
import { prefer } from '../ui/preferences';

/** Oneself first, then by the alphabet of the reader's language. */
export function PeoplePanel({ call }: { call: Call }) {
  const { people, me, meeting } = call.session.people.state.value;
  const collator = new Intl.Collator(locale.value);
  const others = people
    .filter(({ id }) => id !== me)
    .sort((a, b) => collator.compare(a.name, b.name));
  const self = people.find(({ id }) => id === me);
  return (
    <PanelFrame name="people" title={t('people.title')} note={String(people.length)}>
      <div class="panel__body">
        <ul>
          {self && <SelfRow call={call} self={self} />}
          {others.map((person) => (
            <PersonRow key={person.id} call={call} person={person} />
          ))}
        </ul>
      </div>
      {meeting && (
        <div class="panel__foot">
          <CopyLink id={meeting.id} />
        </div>
      )}
    </PanelFrame>
  );
}

function Devices({
  microphone,
  camera,
  speaking,
}: {
  microphone: boolean;
  camera: boolean;
  speaking: boolean;
}) {
  return (
    <span class="state2">
      <span
        class={microphone ? '' : 'off'}
        role="img"
        aria-label={microphone ? t('people.microphone-on') : t('tile.microphone-off')}
      >
        {microphone && speaking ? (
          <LevelGlyph />
        ) : (
          <Icon name={microphone ? 'mic' : 'mic-off'} size={20} />
        )}
      </span>
      <span
        class={camera ? '' : 'off'}
        role="img"
        aria-label={camera ? t('people.camera-on') : t('tile.camera-off')}
      >
        <Icon name={camera ? 'camera' : 'camera-off'} size={20} />
      </span>
    </span>
  );
}

function PersonRow({ call, person }: { call: Call; person: Participant }) {
  const { id, name, devices, linked } = person;
  const lost = call.links.value.get(id)?.phase === 'interrupted';
  const speaking = call.watch.speaking.value.has(id);
  return (
    <li class="row">
      <Avatar id={id} name={name} />
      <span class="who">
        <b>
          <span>{name}</span>
        </b>
        {(lost || !linked) && <small>{lost ? t('tile.reconnecting') : t('tile.unlinked')}</small>}
        {devices.screen && <small>{t('people.shares')}</small>}
      </span>
      <Devices microphone={devices.microphone} camera={devices.camera} speaking={speaking} />
    </li>
  );
}

function SelfRow({ call, self }: { call: Call; self: Participant }) {
  const editing = useSignal(false);
  const { microphone, camera } = call.media.declared.value;
  if (editing.value) {
    return <RenameRow call={call} self={self} onDone={() => (editing.value = false)} />;
  }
  return (
    <li class="row">
      <Avatar id={self.id} name={self.name} />
      <span class="who">
        <b>
          <span>{self.name}</span>
          <span class="tag">{t('people.you')}</span>
        </b>
        <button
          type="button"
          class="linkbtn"
          onClick={() => {
            editing.value = true;
          }}
        >
          {t('people.rename')}
        </button>
      </span>
      <Devices
        microphone={microphone}
        camera={camera}
        speaking={call.watch.speaking.value.has(self.id)}
      />
    </li>
  );
}

function RenameRow({ call, self, onDone }: { call: Call; self: Participant; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const failed = useSignal(false);
  useEffect(() => field.current?.select(), []);
  const rename = async () => {
    const name = cleanName(field.current?.value ?? '');
    if (!name || name === self.name) {
      onDone();
      return;
    }
    const refusal = await call.session.rename(name);
    failed.value = refusal !== null;
    if (refusal !== null) return;
    prefer({ name });
    onDone();
  };
  return (
    <li class="row row--form">
      <form
        class="line"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.isComposing) return;
          event.stopPropagation();
          onDone();
        }}
      >
        <input ref={field} class="input" aria-label={t('prejoin.name')} defaultValue={self.name} />
        <button class="btn btn--primary">{t('common.save')}</button>
      </form>
      {failed.value && (
        <p class="hint hint--bad" role="alert">
          {t('people.rename-failed')}
        </p>
      )}
    </li>
  );
}
