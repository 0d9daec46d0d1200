// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { reduceToasts, toastMillis, type Toast } from './toasts';

const toast = (id: number, topic = `#${id}`): Toast => ({
  id,
  topic,
  tone: 'plain',
  icon: 'info',
  text: `toast ${id}`,
  action: null,
  millis: null,
  urgent: false,
});
const ids = (toasts: readonly Toast[]) => toasts.map(({ id }) => id);
const show = (toasts: readonly Toast[], next: Toast) =>
  reduceToasts(toasts, { kind: 'shown', toast: next });

describe('reduceToasts', () => {
  it('shows at most three, the newest last', () => {
    expect(ids([1, 2, 3, 4].map((id) => toast(id)).reduce(show, []))).toEqual([2, 3, 4]);
  });

  it('says each thing once', () => {
    expect(ids([toast(1, 'muted'), toast(2), toast(3, 'muted')].reduce(show, []))).toEqual([2, 3]);
  });

  it('takes one away', () => {
    expect(ids(reduceToasts([toast(1), toast(2)], { kind: 'gone', id: 1 }))).toEqual([2]);
  });

  it('gives time to press', () => {
    expect(toastMillis(toast(1))).toBe(5_000);
    expect(toastMillis({ ...toast(1), millis: 100 })).toBe(100);
    expect(toastMillis({ ...toast(1), action: { label: 'Undo', run: () => undefined } })).toBe(
      10_000,
    );
  });
});
