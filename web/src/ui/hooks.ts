// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { backStack } from './backStack';

/** The current time, renewed while the component is shown. */
export function useNow(everyMillis: number): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, everyMillis);
    return () => clearInterval(timer);
  }, [everyMillis]);
  return now.value;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const size = useSignal<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      size.value = { width: element.clientWidth, height: element.clientHeight };
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return size.value;
}

export function useMedia(query: string): boolean {
  const list = useRef(matchMedia(query)).current;
  const matches = useSignal(list.matches);
  useEffect(() => {
    const changed = () => {
      matches.value = list.matches;
    };
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [list]);
  return matches.value;
}

/** Whether this page can be seen: not behind other tabs, not minimized. */
export function useVisible(): boolean {
  const visible = useSignal(!document.hidden);
  useEffect(() => {
    const changed = () => {
      visible.value = !document.hidden;
    };
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  return visible.value;
}

export const phoneQuery = '(max-width: 599px)';

/** On phones the back gesture closes what is open instead of leaving the page. */
export function useBackCloses(close: () => void): void {
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    if (!matchMedia(phoneQuery).matches) return;
    return backStack.opened(() => closing.current());
  }, []);
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Noom` : 'Noom';
  }, [title]);
}
