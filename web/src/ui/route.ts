// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import { backStack } from './backStack';

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'meeting'; readonly id: string }
  | { readonly page: 'unknown' };

export function routeOf(pathname: string): Route {
  if (pathname === '/') return { page: 'home' };
  const meeting = /^\/m\/([A-Za-z0-9_-]{1,64})\/?$/.exec(pathname);
  return meeting?.[1] ? { page: 'meeting', id: meeting[1] } : { page: 'unknown' };
}

export function meetingPath(id: string): string {
  return `/m/${id}`;
}

export function meetingLink(id: string): string {
  return `${location.origin}${meetingPath(id)}`;
}

export type Pasted =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'nothing' };

/** What was typed or pasted into the home page's field: a link, a path, an id or a name. */
export function readPasted(raw: string): Pasted {
  const text = raw.trim();
  if (!text) return { kind: 'nothing' };
  const inLink = /\/m\/([A-Za-z0-9_-]{1,64})(?:[/?#].*)?$/.exec(text);
  if (inLink?.[1]) return { kind: 'id', id: inLink[1] };
  if (/^[A-Za-z0-9_-]{16}$/.test(text)) return { kind: 'id', id: text };
  return { kind: 'name', name: text };
}

export const route = signal<Route>({ page: 'home' });

function read(): void {
  const next = routeOf(location.pathname);
  const now = route.peek();
  const same =
    next.page === now.page &&
    (next.page !== 'meeting' || (now.page === 'meeting' && next.id === now.id));
  if (!same) route.value = next;
}

/** Follows the address bar, and links inside the page without loading it again. */
export function startRouting(): void {
  addEventListener('popstate', () => {
    backStack.wentBack();
    read();
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || link.target || link.origin !== location.origin) return;
    event.preventDefault();
    go(link.pathname);
  });
  read();
}

export function go(path: string): void {
  if (path !== location.pathname) history.pushState(null, '', path);
  read();
  scrollTo(0, 0);
}
