// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { t } from '../texts/t';
import { prefer, preferences, type Preferences } from '../ui/preferences';
import { SelfInside, selfLabel } from './Tiles';

type Corner = Preferences['corner'];

const round: readonly Corner[] = ['bottom-right', 'bottom-left', 'top-left', 'top-right'];
const dragPixels = 6;

const corners = {
  next: (corner: Corner): Corner =>
    round[(round.indexOf(corner) + 1) % round.length] ?? 'bottom-right',
  nearest: (tile: DOMRect, stage: DOMRect): Corner => {
    const right = tile.left + tile.width / 2 > stage.left + stage.width / 2;
    const low = tile.top + tile.height / 2 > stage.top + stage.height / 2;
    return `${low ? 'bottom' : 'top'}-${right ? 'right' : 'left'}`;
  },
};

/** Follows a pointer; a press without a way is a tap. */
function useDrag(onTap: () => void, onDrop: (handle: HTMLElement) => void) {
  const offset = useSignal<{ x: number; y: number } | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const stop = () => {
    start.current = null;
    offset.value = null;
  };
  const handlers = {
    onPointerDown: (event: TargetedPointerEvent<HTMLElement>) => {
      start.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: TargetedPointerEvent<HTMLElement>) => {
      if (!start.current) return;
      const x = event.clientX - start.current.x;
      const y = event.clientY - start.current.y;
      if (offset.peek() || Math.hypot(x, y) > dragPixels) offset.value = { x, y };
    },
    onPointerUp: (event: TargetedPointerEvent<HTMLElement>) => {
      if (offset.peek()) onDrop(event.currentTarget);
      else onTap();
      stop();
    },
    onPointerCancel: stop,
  };
  return { offset: offset.value, handlers };
}

/** Oneself, over the others: drag it, or press it, to the corner where it hides the least. */
export function SelfCorner({ call }: { call: Call }) {
  const corner = preferences.value.corner;
  const next = () => prefer({ corner: corners.next(corner) });
  const { offset, handlers } = useDrag(next, (handle) => {
    const tile = handle.parentElement;
    const stage = tile?.parentElement;
    if (!tile || !stage) return;
    prefer({
      corner: corners.nearest(tile.getBoundingClientRect(), stage.getBoundingClientRect()),
    });
  });
  const transform = offset ? `translate(${offset.x}px, ${offset.y}px)` : '';
  return (
    <li class={`tile tile--self corner corner--${corner}`} style={{ transform }}>
      <SelfInside call={call} />
      <button
        type="button"
        class="corner__move"
        aria-label={`${selfLabel(call)}. ${t('tile.next-corner')}`}
        {...handlers}
        onClick={(event) => {
          // From the keyboard only: a press was answered when it ended.
          if (event.detail === 0) next();
        }}
      />
    </li>
  );
}
