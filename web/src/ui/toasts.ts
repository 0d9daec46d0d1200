// SPDX-License-Identifier: Apache-2.0
import { assertNever } from '../assertNever';
import { Store } from '../store';
import type { IconName } from './shapes';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  /** A later toast of the same topic takes the place of the earlier one. */
  readonly topic: string;
  readonly tone: 'plain' | 'ok' | 'warn' | 'danger';
  readonly icon: IconName;
  readonly text: string;
  readonly action: ToastAction | null;
  /** How long it stays; null for as long as it takes to read, or to press. */
  readonly millis: number | null;
  /** Read out at once; else politely. */
  readonly urgent: boolean;
}

export type ToastChange = { kind: 'shown'; toast: Toast } | { kind: 'gone'; id: number };

const most = 3;

export function reduceToasts(toasts: readonly Toast[], change: ToastChange): readonly Toast[] {
  switch (change.kind) {
    case 'shown':
      return [...toasts.filter(({ topic }) => topic !== change.toast.topic), change.toast].slice(
        -most,
      );
    case 'gone':
      return toasts.filter(({ id }) => id !== change.id);
    default:
      return assertNever(change);
  }
}

export const toasts = new Store<readonly Toast[], ToastChange>([], reduceToasts);

let lastId = 0;

export function showToast(
  toast: Pick<Toast, 'icon' | 'text'> & Partial<Omit<Toast, 'id'>>,
): number {
  const id = ++lastId;
  toasts.dispatch({
    kind: 'shown',
    toast: {
      tone: 'plain',
      topic: `#${id}`,
      action: null,
      millis: null,
      urgent: false,
      ...toast,
      id,
    },
  });
  return id;
}

export function dropToast(id: number): void {
  toasts.dispatch({ kind: 'gone', id });
}

export function dropTopic(topic: string): void {
  for (const toast of toasts.state.peek()) if (toast.topic === topic) dropToast(toast.id);
}

/** 5 s, or 10 s when there is something to press. */
export function toastMillis(toast: Toast): number {
  return toast.millis ?? (toast.action ? 10_000 : 5_000);
}
