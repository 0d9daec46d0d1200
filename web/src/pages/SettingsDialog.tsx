// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { codecWishes } from '../media/encodings';
import type { Call } from '../meeting/Call';
import { t, type TextKey } from '../texts/t';
import { dialog, type SettingsTab } from '../ui/callView';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { KeyList } from '../ui/KeysDialog';
import { Picture } from '../ui/Picture';
import { prefer, preferences, type Preferences } from '../ui/preferences';
import type { IconName } from '../ui/shapes';
import { chooseSpeaker } from './DeviceMenus';
import { CameraRow, MicrophoneRow, SpeakerRow } from './DeviceRows';

const tabs: readonly (readonly [SettingsTab, IconName, TextKey])[] = [
  ['audio', 'mic', 'settings.audio'],
  ['video', 'camera', 'settings.video'],
  ['keyboard', 'keyboard', 'settings.keyboard'],
  ['look', 'globe', 'settings.look'],
];

const close = () => {
  dialog.value = null;
};

/** Everything applies at once; there is nothing to save. */
export function SettingsDialog({ call, tab }: { call: Call; tab: SettingsTab }) {
  const title = tabs.find(([name]) => name === tab)?.[2] ?? 'settings.title';
  return (
    <Dialog label={t('settings.title')} class="settings" onClose={close}>
      <Tabs tab={tab} />
      <div class="settings__body" role="tabpanel" id="settings-panel" aria-label={t(title)}>
        <div class="settings__head">
          <h2>{t(title)}</h2>
          <button type="button" class="iconbtn" aria-label={t('common.close')} onClick={close}>
            <Icon name="x" size={20} />
          </button>
        </div>
        {tab === 'audio' && <AudioTab call={call} />}
        {tab === 'video' && <VideoTab call={call} />}
        {tab === 'keyboard' && <KeyboardTab />}
        {tab === 'look' && <LookTab />}
      </div>
    </Dialog>
  );
}

function Tabs({ tab }: { tab: SettingsTab }) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    dialog.value = { kind: 'settings', tab: next[0] };
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next[0]}"]`)?.focus();
  };
  return (
    <div class="tabs">
      <h1>{t('settings.title')}</h1>
      <div class="tabs__list" role="tablist" aria-label={t('settings.title')} onKeyDown={move}>
        {tabs.map(([name, icon, label]) => (
          <button
            key={name}
            type="button"
            class="tab"
            role="tab"
            data-tab={name}
            aria-selected={name === tab}
            aria-controls="settings-panel"
            tabIndex={name === tab ? 0 : -1}
            onClick={() => (dialog.value = { kind: 'settings', tab: name })}
          >
            <Icon name={icon} size={20} />
            {t(label)}
          </button>
        ))}
      </div>
    </div>
  );
}

type SwitchName = {
  [K in keyof Preferences]: Preferences[K] extends boolean ? K : never;
}[keyof Preferences];

function Switch({ name, label, hint }: { name: SwitchName; label: string; hint?: string }) {
  return (
    <label class="opt">
      <span>
        <b>{label}</b>
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        checked={preferences.value[name]}
        onChange={(event) => prefer({ [name]: event.currentTarget.checked })}
      />
    </label>
  );
}

function Setting({ children }: { children: ComponentChildren }) {
  return <div class="setting">{children}</div>;
}

function AudioTab({ call }: { call: Call }) {
  return (
    <>
      <Setting>
        <MicrophoneRow media={call.media} meter={call.meter} />
      </Setting>
      <Setting>
        <SpeakerRow media={call.media} onChoose={(id) => chooseSpeaker(call, id)} />
      </Setting>
      <Setting>
        <Switch name="reduceNoise" label={t('settings.noise')} hint={t('settings.noise-hint')} />
        <Switch
          name="noticeTalking"
          label={t('settings.notice')}
          hint={t('settings.notice-hint')}
        />
      </Setting>
    </>
  );
}

function VideoTab({ call }: { call: Call }) {
  const track = call.media.outgoing.value.camera;
  const mirrored = preferences.value.mirror && call.media.facing() === 'user';
  return (
    <>
      <Setting>
        <div class="preview preview--small">
          {track ? (
            <Picture track={track} mirrored={mirrored} />
          ) : (
            <p class="previewnote">{t('settings.camera-off')}</p>
          )}
        </div>
      </Setting>
      <Setting>
        <CameraRow media={call.media} />
      </Setting>
      <Setting>
        <Switch name="mirror" label={t('settings.mirror')} hint={t('settings.mirror-hint')} />
      </Setting>
      <Setting>
        <Choice
          label={t('settings.codec')}
          hint={t('settings.codec-hint')}
          value={preferences.value.videoCodec}
          options={codecWishes.map((wish) => [
            wish,
            wish === 'auto' ? t('settings.codec-auto') : wish,
          ])}
          onChoose={(wish) => prefer({ videoCodec: wish })}
        />
      </Setting>
    </>
  );
}

function KeyboardTab() {
  return (
    <>
      <Setting>
        <Switch name="shortcuts" label={t('settings.shortcuts')} />
        <Switch name="holdToTalk" label={t('settings.hold')} hint={t('settings.hold-hint')} />
      </Setting>
      <Setting>
        <KeyList />
      </Setting>
    </>
  );
}

function LookTab() {
  const { theme, locale } = preferences.value;
  return (
    <>
      <Setting>
        <Choice
          label={t('settings.theme')}
          value={theme}
          options={[
            ['system', t('settings.theme-system')],
            ['light', t('settings.theme-light')],
            ['dark', t('settings.theme-dark')],
          ]}
          onChoose={(value) => prefer({ theme: value })}
        />
      </Setting>
      <Setting>
        <Choice
          label={t('settings.language')}
          value={locale}
          options={[
            ['', t('settings.language-browser')],
            ['en', 'English'],
            ['ko', '한국어'],
          ]}
          onChoose={(value) => prefer({ locale: value })}
        />
      </Setting>
    </>
  );
}

function Choice<T extends string>({
  label,
  hint,
  value,
  options,
  onChoose,
}: {
  label: string;
  hint?: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}) {
  return (
    <label class="label">
      <span class="label__word">{label}</span>
      <span class="pick">
        <select
          class="select"
          value={value}
          onChange={(event) => {
            const chosen = options.find(([name]) => name === event.currentTarget.value);
            if (chosen) onChoose(chosen[0]);
          }}
        >
          {options.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </span>
      {hint !== undefined && <small class="hint">{hint}</small>}
    </label>
  );
}
