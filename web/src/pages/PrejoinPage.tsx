// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { LocalMedia } from '../media/LocalMedia';
import { LevelMeter } from '../media/LevelMeter';
import type { MeetingVisit } from '../meeting/MeetingVisit';
import { cleanName } from '../meeting/names';
import type { MeetingPreview } from '../protocol/messages';
import { t } from '../texts/t';
import { Avatar } from '../ui/Avatar';
import { BusyButton } from '../ui/BusyButton';
import { friendlyName } from '../ui/friendlyName';
import { useTitle } from '../ui/hooks';
import { Icon } from '../ui/Icon';
import { PageHead } from '../ui/PageHead';
import { prefer, preferences } from '../ui/preferences';
import { DeviceRows } from './DeviceRows';
import { Preview } from './Preview';

export function PrejoinPage({
  visit,
  preview,
  media,
}: {
  visit: MeetingVisit;
  preview: MeetingPreview;
  media: LocalMedia;
}) {
  const meter = useMemo(() => new LevelMeter(media.microphone.captured), [media]);
  const suggested = useMemo(() => friendlyName(), []);
  const name = useSignal(preferences.peek().name);
  useTitle(preview.title || t('meeting.untitled'));
  useEffect(() => {
    // Two requests, so that refusing one does not take away the other.
    const { microphoneOn, cameraOn } = preferences.peek();
    if (microphoneOn) media.microphone.turn(true);
    if (cameraOn) media.camera.turn(true);
    return () => meter.close();
  }, [media]);
  const join = (bare: boolean) => {
    const clean = cleanName(name.peek());
    prefer({ name: clean });
    if (bare) {
      media.microphone.turn(false);
      media.camera.turn(false);
    }
    visit.join(clean || suggested);
  };
  const shown = cleanName(name.value) || suggested;
  return (
    <div class="page">
      <PageHead />
      <main class="prejoin">
        <div class="title">
          <h1>{preview.title || t('meeting.untitled')}</h1>
          <Inside names={preview.names} />
        </div>
        <div class="look">
          <Preview media={media} level={meter.level} name={shown} />
          <DeviceRows media={media} meter={meter} />
        </div>
        <JoinForm visit={visit} name={name} suggested={suggested} onJoin={join} />
      </main>
    </div>
  );
}

function Inside({ names }: { names: readonly string[] }) {
  const [first] = names;
  return (
    <div class="inside">
      {names.length > 0 && (
        <span class="facepile">
          {names.slice(0, 3).map((name, at) => (
            <Avatar key={at} id={name} name={name} size={32} />
          ))}
        </span>
      )}
      <span>
        {first === undefined
          ? t('prejoin.nobody')
          : t('prejoin.inside', { name: first, others: names.length - 1 })}
      </span>
    </div>
  );
}

function JoinForm({
  visit,
  name,
  suggested,
  onJoin,
}: {
  visit: MeetingVisit;
  name: { value: string };
  suggested: string;
  onJoin: (bare: boolean) => void;
}) {
  return (
    <form
      class="joinform"
      onSubmit={(event) => {
        event.preventDefault();
        onJoin(false);
      }}
    >
      <NameField name={name} suggested={suggested} />
      <div class="stack stack--8">
        <BusyButton busy={visit.joining.value} class="btn--large btn--wide">
          {t('prejoin.join')}
        </BusyButton>
        <button type="button" class="btn btn--text btn--wide" onClick={() => onJoin(true)}>
          {t('prejoin.join-bare')}
        </button>
      </div>
      <Facts />
    </form>
  );
}

function NameField({ name, suggested }: { name: { value: string }; suggested: string }) {
  return (
    <div>
      <label class="label" for="name">
        {t('prejoin.name')}
      </label>
      <input
        class="input"
        id="name"
        autoComplete="name"
        placeholder={suggested}
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
        }}
        onBlur={() => {
          name.value = cleanName(name.value);
        }}
      />
    </div>
  );
}

function Facts() {
  return (
    <ul class="facts">
      <li>
        <Icon name="lock" size={16} />
        {t('prejoin.encrypted')}
      </li>
      <li>
        <Icon name="door" size={16} />
        {t('prejoin.no-lobby')}
      </li>
    </ul>
  );
}
