// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Call } from '../meeting/Call';
import { keepAwake } from '../meeting/keepAwake';
import { t } from '../texts/t';
import { followCall } from '../ui/callNews';
import { closeAll, dialog, panel } from '../ui/callView';
import { useCalm } from '../ui/calm';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { useTitle } from '../ui/hooks';
import { KeysDialog } from '../ui/KeysDialog';
import { listenForShortcuts } from '../ui/shortcuts';
import { Toasts } from '../ui/Toasts';
import { Banner } from './Banner';
import { ChatPanel } from './ChatPanel';
import { PeoplePanel } from './PeoplePanel';
import { SettingsDialog } from './SettingsDialog';
import { Stage } from './Stage';
import { Toolbar } from './Toolbar';
import { TopLine } from './TopLine';

export function CallPage({ call, onLeave }: { call: Call; onLeave: () => void }) {
  const frame = useRef<HTMLDivElement>(null);
  const calm = useCalm(frame);
  const bleed = useSignal(false);
  const { meeting } = call.session.people.state.value;
  useTitle(meeting?.title ?? t('meeting.untitled'));
  useEffect(() => {
    const stops = [keepAwake(), followCall(call), listenForShortcuts(call)];
    return () => {
      for (const stop of stops) stop();
      closeAll();
    };
  }, [call]);
  const classes = ['call', panel.value && 'has-panel', calm && 'is-calm'].filter(Boolean).join(' ');
  return (
    <>
      <a class="skip" href="#controls">
        {t('call.skip')}
      </a>
      <div ref={frame} class={classes}>
        <div class={bleed.value ? 'stage stage--bleed' : 'stage'}>
          <TopLine call={call} />
          <main aria-label={t('call.participants')} tabIndex={-1}>
            <Stage call={call} onBleed={(now) => (bleed.value = now)} />
          </main>
          <Banner call={call} />
          <Toasts />
        </div>
        <Panels call={call} />
        <footer class="barframe">
          <Toolbar call={call} onLeave={onLeave} />
        </footer>
      </div>
      {dialog.value?.kind === 'settings' && <SettingsDialog call={call} tab={dialog.value.tab} />}
      {dialog.value?.kind === 'keys' && <KeysDialog />}
    </>
  );
}

/** Each panel may fail without taking the call with it. */
function Panels({ call }: { call: Call }) {
  switch (panel.value) {
    case 'chat':
      return (
        <ErrorBoundary text={t('chat.stopped')} restart={t('chat.restart')}>
          <ChatPanel call={call} />
        </ErrorBoundary>
      );
    case 'people':
      return (
        <ErrorBoundary text={t('people.stopped')} restart={t('people.restart')}>
          <PeoplePanel call={call} />
        </ErrorBoundary>
      );
    case null:
      return null;
  }
}
