// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nextViews, type Views } from '../media/views';
import type { Arrangement } from '../meeting/arrange';
import type { Call } from '../meeting/Call';
import type { Participant } from '../meeting/people';
import { betweenSwapsMillis, noOrder, spoke, withPeople } from '../meeting/speakerOrder';
import { useVisible } from '../ui/hooks';

/** Pictures come as large as they are shown, and not at all when nobody can see them. */
export function useViews(
  call: Call,
  others: readonly Participant[],
  plan: Arrangement,
  sharing: Participant | undefined,
): void {
  const visible = useVisible();
  const views = useRef<Views>(new Map());
  useEffect(() => {
    const shown = others.map(({ id }) => ({
      personId: id,
      height: plan.places.get(id)?.height ?? null,
      screen: id === sharing?.id,
    }));
    views.current = nextViews(views.current, shown, devicePixelRatio, visible);
    call.setViews(views.current);
  });
}

/** Who has the floor comes into sight. `inSight` is for the caller to keep. */
export function useOrder(
  call: Call,
  others: readonly Participant[],
): { ids: readonly string[]; inSight: RefObject<Arrangement['places']> } {
  const order = useSignal(noOrder);
  const inSight = useRef<Arrangement['places']>(new Map());
  const floor = call.relay.value?.floor.value ?? null;
  useEffect(() => {
    if (floor === null) return;
    const look = () => {
      const seen = new Set(inSight.current.keys());
      order.value = spoke(order.peek(), floor, seen, performance.now());
    };
    look();
    // Once more, if it came too soon after another.
    const timer = setTimeout(look, betweenSwapsMillis);
    return () => clearTimeout(timer);
  }, [floor]);
  const ids = others.map(({ id }) => id);
  const now = withPeople(order.value, ids);
  useEffect(() => {
    order.value = withPeople(order.peek(), ids);
  }, [ids.join(' ')]);
  return { ids: now.ids, inSight };
}
