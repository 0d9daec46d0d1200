// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import type { Size } from '../ui/hooks';
import { prefer, preferences, type Preferences } from '../ui/preferences';
import { SelfInside, selfLabel } from './Tiles';

type Corner = Preferences['corner'];

const round: readonly Corner[] = ['bottom-right', 'bottom-left', 'top-left', 'top-right'];
const dragPixels = 6;

/** Oneself, over the others: drag it, or press it, to the corner where it hides the least. */
export function SelfCorner({ call, size }: { call: Call; size: Size }) {
  const corner = preferences.value.corner;
  const offset = useSignal<{ x: number; y: number } | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const next = () => {
    prefer({ corner: round[(round.indexOf(corner) + 1) % round.length] ?? 'bottom-right' });
  };
  const dropped = (event: PointerEvent, box: DOMRect, stage: DOMRect) => {
    const moved = offset.peek();
    start.current = null;
    offset.value = null;
    if (!moved) return;
    event.preventDefault();
    const right = box.left + box.width / 2 > stage.left + size.width / 2;
    const low = box.top + box.height / 2 > stage.top + size.height / 2;
    prefer({ corner: `${low ? 'bottom' : 'top'}-${right ? 'right' : 'left'}` });
  };
  return (
    <li class={`tile tile--self corner corner--${corner}`} style={shift(offset.value)}>
      <SelfInside call={call} />
      <button
        type="button"
        class="corner__move"
        aria-label={`${selfLabel(call)}. ${t('tile.next-corner')}`}
        onPointerDown={(event) => {
          start.current = { x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!start.current) return;
          const x = event.clientX - start.current.x;
          const y = event.clientY - start.current.y;
          if (offset.peek() || Math.hypot(x, y) > dragPixels) offset.value = { x, y };
        }}
        onPointerUp={(event) => {
          const tile = event.currentTarget.parentElement;
          const stage = tile?.parentElement;
          const wasDrag = offset.peek() !== null;
          if (tile && stage) {
            dropped(event, tile.getBoundingClientRect(), stage.getBoundingClientRect());
          }
          if (!wasDrag) next();
        }}
        onPointerCancel={() => {
          start.current = null;
          offset.value = null;
        }}
        onClick={(event) => {
          // From the keyboard only: a press was answered when it ended.
          if (event.detail === 0) next();
        }}
      />
    </li>
  );
}

function shift(offset: { x: number; y: number } | null) {
  return { transform: offset ? `translate(${offset.x}px, ${offset.y}px)` : '' };
}
