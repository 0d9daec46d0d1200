// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { arrange, type Arrangement, type Place } from '../meeting/arrange';
import type { Call } from '../meeting/Call';
import type { Participant } from '../meeting/people';
import { t } from '../texts/t';
import { panel } from '../ui/callView';
import { useSize } from '../ui/hooks';
import { Icon } from '../ui/Icon';
import { Invite } from './Invite';
import { useOrder, useViews } from './stageHooks';
import { SelfCorner } from './SelfCorner';
import { PersonTile, ScreenTile, SelfTile } from './Tiles';

const screenKey = 'screen of ';

/** The people and shared screens, each in its place. */
export function Stage({ call, onBleed }: { call: Call; onBleed: (bleed: boolean) => void }) {
  const box = useRef<HTMLUListElement>(null);
  const size = useSize(box);
  const page = useSignal(0);
  const { people, me } = call.session.people.state.value;
  const others = people.filter(({ id }) => id !== me);
  const order = useOrder(call, others);
  const sharing = others.filter(({ devices }) => devices.screen).at(-1);
  const plan = arrange({
    ...size,
    self: me,
    others: order.ids,
    screen: sharing ? screenKey + sharing.id : null,
    page: page.value,
  });
  const bleed = plan.kind === 'pair';
  useEffect(() => onBleed(bleed), [bleed]);
  useViews(call, others, plan, sharing);
  order.inSight.current = plan.places;
  return (
    <>
      <ul ref={box} class="tiles" onKeyDown={moveAmongTiles}>
        {sharing && (
          <ScreenTile call={call} person={sharing} place={placeOf(plan, screenKey + sharing.id)} />
        )}
        {others.map((person) => (
          <PersonTile
            key={person.id}
            call={call}
            person={person}
            alone={bleed}
            place={placeOf(plan, person.id)}
          />
        ))}
        {!plan.selfInCorner && (
          <SelfTile call={call} alone={plan.kind === 'alone'} place={placeOf(plan, me)} />
        )}
        {plan.selfInCorner && size.width > 0 && <SelfCorner call={call} />}
        {plan.more && <MorePeople place={plan.more} count={plan.hidden} />}
      </ul>
      {plan.kind === 'alone' && <Invite call={call} />}
      {plan.pages > 1 && (
        <Pager page={plan.page} pages={plan.pages} onTurn={(to) => (page.value = to)} />
      )}
    </>
  );
}

export type Placed = Place | null;

function placeOf(plan: Arrangement, key: Participant['id']): Placed {
  return plan.places.get(key) ?? null;
}

function MorePeople({ place, count }: { place: Place; count: number }) {
  const style = {
    width: `${Math.floor(place.width)}px`,
    transform: `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`,
  };
  return (
    <li class="stripmore" style={style}>
      <button type="button" class="btn btn--small" onClick={() => (panel.value = 'people')}>
        {t('stage.more', { count })}
      </button>
    </li>
  );
}

function Pager({
  page,
  pages,
  onTurn,
}: {
  page: number;
  pages: number;
  onTurn: (page: number) => void;
}) {
  return (
    <nav class="pager" aria-label={t('stage.pages')}>
      <button
        type="button"
        class="pager__turn pager__turn--back"
        aria-label={t('stage.back')}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        <Icon name="chevron" size={16} />
      </button>
      <b class="num">{`${page + 1} / ${pages}`}</b>
      <button
        type="button"
        class="pager__turn"
        aria-label={t('stage.next')}
        disabled={page === pages - 1}
        onClick={() => onTurn(page + 1)}
      >
        <Icon name="chevron" size={16} />
      </button>
    </nav>
  );
}

/** One tab stop for all tiles; arrows move among them. */
function moveAmongTiles(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const list = event.currentTarget;
  if (step === undefined || !(list instanceof HTMLElement)) return;
  const tiles = Array.from(list.querySelectorAll<HTMLElement>('.tile:not([hidden])'));
  const at = tiles.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  tiles[(at + step + tiles.length) % tiles.length]?.focus();
}
