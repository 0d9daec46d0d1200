// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedKeyboardEvent, TargetedMouseEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useBackCloses } from './hooks';
import { Icon } from './Icon';
import type { IconName } from './shapes';

/** A button with a menu: arrows move, Escape and a press elsewhere close, focus comes back. */
export function MenuButton({
  label,
  class: className,
  trigger,
  children,
}: {
  label: string;
  class: string;
  trigger: ComponentChildren;
  children: ComponentChildren;
}) {
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    open.value = false;
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {trigger}
      </button>
      {open.value && (
        <Menu label={label} anchor={button.current} close={close}>
          {children}
        </Menu>
      )}
    </>
  );
}

function Menu({
  label,
  anchor,
  close,
  children,
}: {
  label: string;
  anchor: HTMLElement | null;
  close: () => void;
  children: ComponentChildren;
}) {
  const menu = useRef<HTMLDivElement>(null);
  useBackCloses(close);
  useLayoutEffect(() => {
    if (menu.current && anchor) place(menu.current, anchor);
    items(menu.current)[0]?.focus();
  }, [anchor]);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node | null;
      if (!menu.current?.contains(target) && !anchor?.contains(target)) close();
    };
    addEventListener('pointerdown', elsewhere, true);
    return () => removeEventListener('pointerdown', elsewhere, true);
  }, [anchor]);
  const chosen = (event: TargetedMouseEvent<HTMLDivElement>) => {
    if ((event.target as Element).closest('.item')) close();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => pressed(event, menu.current, close)}
      onClick={chosen}
    >
      {children}
    </div>
  );
}

function items(menu: HTMLElement | null): HTMLElement[] {
  return Array.from(menu?.querySelectorAll<HTMLElement>('.item:not(:disabled)') ?? []);
}

function pressed(
  event: TargetedKeyboardEvent<HTMLDivElement>,
  menu: HTMLElement | null,
  close: () => void,
): void {
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const moves: Record<string, number> = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  const to = moves[event.key];
  if (to !== undefined) all[to]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function place(menu: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const up = at.top > innerHeight / 2;
  const left = at.right - menu.offsetWidth / 2 - at.width / 2;
  menu.style.position = 'fixed';
  menu.style.left = `${Math.max(12, Math.min(innerWidth - menu.offsetWidth - 12, left))}px`;
  if (up) menu.style.bottom = `${innerHeight - at.top + 8}px`;
  else menu.style.top = `${at.bottom + 8}px`;
}

export function MenuItem({
  icon,
  hint,
  danger = false,
  onSelect,
  children,
}: {
  icon: IconName;
  hint?: string | undefined;
  danger?: boolean;
  onSelect: () => void;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={danger ? 'item item--danger' : 'item'}
      role="menuitem"
      tabIndex={-1}
      onClick={onSelect}
    >
      <Icon name={icon} size={20} />
      <span class="grow">{children}</span>
      {hint !== undefined && (
        <kbd class="not-phone" aria-hidden="true">
          {hint}
        </kbd>
      )}
    </button>
  );
}

export function MenuChoice({
  checked,
  onSelect,
  children,
}: {
  checked: boolean;
  onSelect: () => void;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class="item"
      role="menuitemradio"
      aria-checked={checked}
      tabIndex={-1}
      onClick={onSelect}
    >
      <Icon name="check" size={20} />
      <span class="grow">{children}</span>
    </button>
  );
}

/** Choices that belong together, under a title. */
export function MenuGroup({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div role="group" aria-label={title}>
      <div class="menu__title" aria-hidden="true">
        {title}
      </div>
      {children}
    </div>
  );
}
