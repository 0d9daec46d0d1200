// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { LinkState } from '../media/linkState';
import type { Call } from '../meeting/Call';
import { shorten } from '../meeting/names';
import type { Participant } from '../meeting/people';
import { secondsSince } from '../meeting/reconnect';
import { t } from '../texts/t';
import { Avatar } from '../ui/Avatar';
import { useNow } from '../ui/hooks';
import { Icon } from '../ui/Icon';
import { LevelGlyph } from '../ui/Meter';
import { Picture } from '../ui/Picture';
import { preferences } from '../ui/preferences';
import type { Placed } from './Stage';

const longestName = 28;

export function Tile({
  place,
  label,
  classes,
  children,
  ...rest
}: {
  place: Placed;
  label: string;
  classes: readonly (string | false)[];
  children: ComponentChildren;
  tabIndex?: number;
  hasFloor?: boolean;
}) {
  const style = place
    ? {
        width: `${Math.floor(place.width)}px`,
        height: `${Math.floor(place.height)}px`,
        transform: `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`,
      }
    : {};
  return (
    <li
      class={['tile', ...classes].filter(Boolean).join(' ')}
      style={style}
      hidden={place === null}
      tabIndex={rest.tabIndex ?? -1}
      data-floor={rest.hasFloor === true ? '' : undefined}
      aria-label={label}
    >
      {children}
    </li>
  );
}

export function Pill({
  name,
  microphone,
  speaking,
}: {
  name: string;
  microphone: boolean;
  speaking: boolean;
}) {
  return (
    <div class="pill" aria-hidden="true">
      {!microphone && <Icon name="mic-off" size={16} />}
      {microphone && speaking && <LevelGlyph />}
      <span class="name">{shorten(name, longestName)}</span>
    </div>
  );
}

function stateWords(name: string, microphone: boolean, camera: boolean): string {
  const words = [name];
  if (!microphone) words.push(t('tile.microphone-off'));
  if (!camera) words.push(t('tile.camera-off'));
  return words.join(', ');
}

/** Somebody else: their picture or initials, and how it stands with their connection. */
export function PersonTile({
  call,
  person,
  place,
  alone,
}: {
  call: Call;
  person: Participant;
  place: Placed;
  alone: boolean;
}) {
  const ready = useSignal(false);
  const link = call.links.value.get(person.id);
  const { microphone, camera } = person.devices;
  const relay = call.relay.value;
  // Of many faces only some come; of the others there would be a picture that stands still.
  const comes = camera && (relay?.faces.value?.includes(person.id) ?? true);
  const track = comes ? (link?.tracks.camera ?? null) : null;
  const speaking = call.watch.speaking.value.has(person.id);
  const lost = link?.phase === 'interrupted';
  const waiting = !lost && (link?.phase !== 'connected' || (comes && !ready.value));
  return (
    <Tile
      place={place}
      tabIndex={0}
      hasFloor={relay?.floor.value === person.id}
      label={[stateWords(person.name, microphone, camera), lost && t('tile.reconnecting')]
        .filter(Boolean)
        .join(', ')}
      classes={[
        speaking && 'is-speaking',
        alone && 'is-alone',
        waiting && 'is-waiting',
        lost && 'is-lost',
      ]}
    >
      {!ready.value && (
        <div class="face">
          <Avatar id={person.id} name={person.name} size="tile" />
        </div>
      )}
      {track && place && <Picture track={track} onReady={(now) => (ready.value = now)} />}
      {lost && <LostNote link={link} person={person} />}
      {!person.linked && !lost && <UnlinkedChip />}
      <Pill name={person.name} microphone={microphone} speaking={speaking} />
    </Tile>
  );
}

function UnlinkedChip() {
  return (
    <div class="chips">
      <span class="chip chip--poor">
        <Icon name="signal-lost" size={16} />
        <span class="word">{t('tile.unlinked')}</span>
      </span>
    </div>
  );
}

/** Last picture dimmed, and for how long already. */
function LostNote({ link, person }: { link: LinkState; person: Participant }) {
  const now = useNow(1_000);
  const seconds = secondsSince(link.sinceMillis, now);
  return (
    <div class="lostnote">
      <span class="spinner spinner--large" />
      <span>
        {person.linked ? t('tile.lost', { seconds }) : t('tile.lost-server', { seconds })}
      </span>
    </div>
  );
}

/** A shared screen: whole, never cropped. */
export function ScreenTile({
  call,
  person,
  place,
}: {
  call: Call;
  person: Participant;
  place: Placed;
}) {
  const track = call.links.value.get(person.id)?.tracks.screen ?? null;
  const title = t('stage.screen-of', { name: person.name });
  return (
    <Tile place={place} label={title} classes={['tile--screen']} tabIndex={0}>
      {track && <Picture track={track} />}
      <div class="pill" aria-hidden="true">
        <Icon name="share" size={16} />
        <span class="name">{title}</span>
      </div>
    </Tile>
  );
}

export function SelfTile({ call, place, alone }: { call: Call; place: Placed; alone: boolean }) {
  const speaking = call.watch.speaking.value.has(call.session.people.state.value.me);
  const { microphone } = call.media.declared.value;
  return (
    <Tile
      place={place}
      label={selfLabel(call)}
      classes={['tile--self', alone && 'is-alone', speaking && microphone && 'is-speaking']}
    >
      <SelfInside call={call} />
    </Tile>
  );
}

export function selfLabel(call: Call): string {
  const { microphone, camera } = call.media.declared.value;
  return stateWords(t('people.you'), microphone, camera);
}

export function SelfInside({ call }: { call: Call }) {
  const { people, me } = call.session.people.state.value;
  const name = people.find(({ id }) => id === me)?.name ?? '';
  const track = call.media.outgoing.value.camera;
  const { microphone } = call.media.declared.value;
  const mirrored = preferences.value.mirror && call.media.facing() === 'user';
  const speaking = microphone && call.watch.speaking.value.has(me);
  return (
    <>
      {track ? (
        <Picture track={track} mirrored={mirrored} />
      ) : (
        <div class="face">
          <Avatar id={me} name={name} size="tile" />
        </div>
      )}
      <Pill name={t('people.you')} microphone={microphone} speaking={speaking} />
    </>
  );
}
