// SPDX-License-Identifier: Apache-2.0
import { assertNever } from '../assertNever';
import type { Call } from '../meeting/Call';
import { toggleShare } from './share';
import { dialog, panel, togglePanel } from './callView';
import { pressCamera, pressMicrophone } from './devices';
import { toggleFullScreen } from './fullScreen';
import { HoldToTalk } from './HoldToTalk';
import { actionOf, holdsSpace, isTyping, type Action } from './keys';
import { preferences } from './preferences';

const letters: ReadonlySet<Action> = new Set<Action>([
  'microphone',
  'camera',
  'share',
  'chat',
  'people',
  'full-screen',
  'help',
]);

export function listenForShortcuts(call: Call): () => void {
  const until = new AbortController();
  const { signal } = until;
  const hold = new HoldToTalk({
    muted: () => !call.media.microphone.state.peek().wanted,
    turn: (on) => call.media.microphone.turn(on),
  });
  const down = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.code === 'Space' && preferences.peek().holdToTalk && !holdsSpace(event.target)) {
      event.preventDefault();
      if (!event.repeat) hold.press();
      return;
    }
    const action = actionOf(event);
    if (!action) return;
    if (letters.has(action) && (isTyping(event.target) || !preferences.peek().shortcuts)) return;
    if (action === 'microphone') hold.forget();
    if (act(action, call)) event.preventDefault();
  };
  addEventListener('keydown', down, { signal });
  addEventListener('keyup', (event) => event.code === 'Space' && hold.release(), { signal });
  addEventListener('blur', () => hold.release(), { signal });
  document.addEventListener('visibilitychange', () => hold.release(), { signal });
  return () => {
    hold.release();
    until.abort();
  };
}

/** Returns whether there was something to do. */
function act(action: Action, call: Call): boolean {
  switch (action) {
    case 'microphone':
      pressMicrophone(call.media);
      return true;
    case 'camera':
      pressCamera(call.media);
      return true;
    case 'share':
      toggleShare(call);
      return true;
    case 'chat':
    case 'people':
      togglePanel(action);
      return true;
    case 'full-screen':
      toggleFullScreen();
      return true;
    case 'help':
      dialog.value = { kind: 'keys' };
      return true;
    case 'region':
      nextRegion();
      return true;
    case 'close':
      if (panel.peek() === null) return false;
      panel.value = null;
      return true;
    default:
      return assertNever(action);
  }
}

const regions = ['.call main .tile:not([hidden])', '.toasts .btn', '.panel', '.bar .key'];

/** F6: from the stage to toasts, panel and bar, and round again. */
function nextRegion(): void {
  const there = regions
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .filter((element) => element !== null);
  const at = there.findIndex((element) => {
    const region = element.closest('main, .toasts, .panel, .bar');
    return region?.contains(document.activeElement);
  });
  there[(at + 1) % there.length]?.focus();
}
