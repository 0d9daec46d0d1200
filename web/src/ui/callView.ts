// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';

/** What of the call's page is open; one page at a time is a call. */
export type PanelName = 'chat' | 'people';
export type SettingsTab = 'audio' | 'video' | 'keyboard' | 'look';
export type DialogName =
  { readonly kind: 'settings'; readonly tab: SettingsTab } | { readonly kind: 'keys' };

export const panel = signal<PanelName | null>(null);
export const dialog = signal<DialogName | null>(null);

export function togglePanel(name: PanelName): void {
  panel.value = panel.peek() === name ? null : name;
}

export function closeAll(): void {
  panel.value = null;
  dialog.value = null;
}
