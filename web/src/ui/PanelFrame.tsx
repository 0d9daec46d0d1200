// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../texts/t';
import { panel, type PanelName } from './callView';
import { phoneQuery, useBackCloses } from './hooks';
import { Icon } from './Icon';

const close = () => {
  panel.value = null;
};

/** Beside the stage; on phones a sheet that the back gesture, or a pull on its head, closes. */
export function PanelFrame({
  name,
  title,
  note,
  children,
}: {
  name: PanelName;
  title: string;
  note?: string;
  children: ComponentChildren;
}) {
  const frame = useRef<HTMLElement>(null);
  useBackCloses(close);
  useEffect(() => {
    const before = document.activeElement;
    if (matchMedia(phoneQuery).matches) frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={frame}
      class={`panel panel--${name}`}
      id={name}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <PanelHead title={title} note={note} />
      {children}
    </aside>
  );
}

function PanelHead({ title, note }: { title: string; note: string | undefined }) {
  const from = useRef<number | null>(null);
  return (
    <div
      class="panel__pull"
      onPointerDown={(event) => {
        from.current = event.clientY;
      }}
      onPointerUp={(event) => {
        if (from.current !== null && event.clientY - from.current > 48) close();
        from.current = null;
      }}
    >
      <span class="grabber" />
      <div class="panel__head">
        <h2>
          {title} {note !== undefined && <span class="faint num">{note}</span>}
        </h2>
        <button type="button" class="iconbtn" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" size={20} />
        </button>
      </div>
    </div>
  );
}
