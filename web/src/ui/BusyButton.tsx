// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';

/** The primary button of a form: while busy a spinner stands before the unchanged word. */
export function BusyButton({
  busy,
  class: className = '',
  children,
}: {
  busy: boolean;
  class?: string;
  children: ComponentChildren;
}) {
  return (
    <button class={`btn btn--primary ${className} ${busy ? 'is-busy' : ''}`} aria-busy={busy}>
      {busy && <span class="spinner" />}
      {children}
    </button>
  );
}
