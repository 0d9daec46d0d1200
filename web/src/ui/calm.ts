// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { dialog, panel } from './callView';

const afterMillis = 4_000;

/** True after 4 s without pointer, key or focus, unless something is open or holds the focus. */
export function useCalm(frame: RefObject<HTMLElement | null>): boolean {
  const calm = useSignal(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const rest = () => {
      if (busy(frame.current)) timer = setTimeout(rest, afterMillis);
      else calm.value = true;
    };
    const stir = () => {
      calm.value = false;
      clearTimeout(timer);
      timer = setTimeout(rest, afterMillis);
    };
    const events = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'touchstart'];
    for (const event of events) addEventListener(event, stir, { passive: true });
    stir();
    return () => {
      clearTimeout(timer);
      for (const event of events) removeEventListener(event, stir);
    };
  }, []);
  return calm.value && panel.value === null;
}

function busy(frame: HTMLElement | null): boolean {
  if (panel.peek() ?? dialog.peek()) return true;
  if (frame?.querySelector('.menu, .banner, .toast')) return true;
  const held = frame?.querySelector(':is(.bar, .topline) :focus-visible');
  return held !== null && held !== undefined;
}
