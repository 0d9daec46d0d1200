// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { Problem } from '../media/problem';
import { t, type TextKey } from '../texts/t';
import { Dialog } from './Dialog';
import { explainProblem } from './explain';
import { Icon } from './Icon';

const shown = signal<{ readonly problem: Problem; readonly text: TextKey } | null>(null);

/** Opens the help for a problem, headed by the words that the person has just read. */
export function openHelp(problem: Problem, text: TextKey): void {
  shown.value = { problem, text };
}

const close = () => {
  shown.value = null;
};

type Browser = 'chromium' | 'firefox' | 'safari' | 'phone';

export function browserOf(userAgent: string): Browser {
  if (/Android|iPhone|iPad/.test(userAgent)) return 'phone';
  if (userAgent.includes('Firefox/')) return 'firefox';
  return userAgent.includes('Chrome/') ? 'chromium' : 'safari';
}

const siteSteps: Readonly<Record<Browser, TextKey>> = {
  chromium: 'help.lock',
  firefox: 'help.lock',
  safari: 'help.safari',
  phone: 'help.phone',
};

function systemStep(): TextKey {
  return navigator.userAgent.includes('Mac') ? 'help.mac' : 'help.windows';
}

/** Step by step to the permission, for this browser or this system. */
export function HelpDialog() {
  const explanation = shown.value && explainProblem(shown.value.problem);
  if (!shown.value || !explanation) return null;
  const inBrowser = explanation.help === 'browser';
  return (
    <Dialog label={t('help.title')} class="dialog" onClose={close}>
      <div class="dialog__head">
        <h2>{t(shown.value.text)}</h2>
        <button type="button" class="iconbtn" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" size={20} />
        </button>
      </div>
      <ol class="steps">
        <li>
          <span>{t(inBrowser ? siteSteps[browserOf(navigator.userAgent)] : systemStep())}</span>
        </li>
        <li>
          <span>{t(inBrowser ? 'help.allow' : 'help.allow-browser')}</span>
        </li>
        <li>
          <span>{t('help.back')}</span>
        </li>
      </ol>
      {inBrowser && <LockPicture />}
      <button type="button" class="btn btn--primary btn--wide" onClick={close}>
        {t('help.done')}
      </button>
    </Dialog>
  );
}

/** The lock beside the address, and the switches behind it. */
function LockPicture() {
  return (
    <svg class="lockpicture" viewBox="0 0 420 132" aria-hidden="true">
      <rect class="lockpicture__bar" x="1" y="1" width="418" height="46" rx="23" />
      <circle class="lockpicture__spot" cx="27" cy="24" r="17" />
      <g class="lockpicture__line">
        <rect x="20" y="22" width="14" height="10" rx="2.5" />
        <path d="M23 22v-3a4 4 0 0 1 8 0v3M27 52v10" />
      </g>
      <text class="lockpicture__address" x="56" y="30">
        {location.host}
      </text>
      <rect class="lockpicture__card" x="1" y="62" width="300" height="69" rx="14" />
      <text class="lockpicture__word" x="50" y="90">
        {t('device.camera')}
      </text>
      <text class="lockpicture__word" x="50" y="118">
        {t('device.microphone')}
      </text>
      <g class="lockpicture__glyph">
        <rect x="20" y="80" width="12" height="11" rx="3" />
        <path d="M32 84l5-3v9l-5-3" />
        <rect x="24" y="106" width="6" height="9" rx="3" />
        <path d="M21 112a6 6 0 0 0 12 0M27 118v2" />
      </g>
      <rect class="lockpicture__on" x="252" y="78" width="34" height="18" rx="9" />
      <circle class="lockpicture__knob" cx="277" cy="87" r="5.5" />
      <rect class="lockpicture__on" x="252" y="105" width="34" height="18" rx="9" />
      <circle class="lockpicture__knob" cx="277" cy="114" r="5.5" />
    </svg>
  );
}
