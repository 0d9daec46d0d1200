// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';

/** The two live regions of the page: one polite, one assertive. */
export const polite = signal('');
export const assertive = signal('');

let queue: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Read when there is a pause; what comes within half a second is read together. */
export function announce(text: string): void {
  queue.push(text);
  timer ??= setTimeout(() => {
    timer = undefined;
    polite.value = queue.join(' ');
    queue = [];
  }, 500);
}

/** Read at once. A repeated text needs a change to be read again. */
export function announceNow(text: string): void {
  assertive.value = assertive.peek() === text ? `${text}\u00a0` : text;
}
