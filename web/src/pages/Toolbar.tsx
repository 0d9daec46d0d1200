// SPDX-License-Identifier: Apache-2.0
import { canShareScreen, onPhone } from '../media/capture';
import type { Call } from '../meeting/Call';
import { unread } from '../meeting/chat';
import { t } from '../texts/t';
import { dialog, panel, togglePanel, type PanelName } from '../ui/callView';
import { pressCamera, pressMicrophone } from '../ui/devices';
import { toggleFullScreen } from '../ui/fullScreen';
import { Icon } from '../ui/Icon';
import { MenuButton, MenuItem } from '../ui/Menu';
import type { IconName } from '../ui/shapes';
import { toggleShare } from '../ui/share';
import { TruthKey } from '../ui/TruthKey';
import { CameraMenu, MicrophoneMenu } from './DeviceMenus';

/** Same keys, same order, same place, whatever happens. */
export function Toolbar({ call, onLeave }: { call: Call; onLeave: () => void }) {
  const { media } = call;
  return (
    <div class="bar" id="controls" role="toolbar" aria-label={t('call.controls')} tabIndex={-1}>
      <div class="split">
        <TruthKey
          source="microphone"
          slot={media.microphone}
          level={call.meter.level}
          onPress={() => pressMicrophone(media)}
        />
        <MicrophoneMenu call={call} />
      </div>
      <div class="split">
        <TruthKey source="camera" slot={media.camera} onPress={() => pressCamera(media)} />
        <CameraMenu call={call} />
      </div>
      <Flip call={call} />
      <span class="gap not-phone" />
      {canShareScreen() && <ShareKey call={call} />}
      <MoreMenu phone={false} />
      <span class="gap not-phone" />
      <ChatKey call={call} />
      <PeopleKey call={call} />
      <MoreMenu phone />
      <button
        type="button"
        class="key key--leave far"
        aria-label={t('call.leave')}
        title={t('call.leave')}
        onClick={onLeave}
      >
        <Icon name="leave" />
        <span class="word">{t('call.leave')}</span>
      </button>
    </div>
  );
}

function Flip({ call }: { call: Call }) {
  if (!onPhone() && call.media.of('videoinput').length < 2) return null;
  return (
    <button
      type="button"
      class="key only-phone"
      aria-label={t('device.flip')}
      disabled={!call.media.camera.state.value.wanted}
      onClick={() => call.media.flip()}
    >
      <Icon name="flip-camera" />
    </button>
  );
}

function ShareKey({ call }: { call: Call }) {
  const { screen } = call.media;
  const sharing = screen.picture.value !== null;
  return (
    <button
      type="button"
      class="key not-phone"
      aria-pressed={sharing}
      aria-label={t('share.key')}
      aria-keyshortcuts="Shift+S"
      title={`${sharing ? t('share.stop') : t('share.key')} (Shift+S)`}
      onClick={() => toggleShare(call)}
    >
      <Icon name={sharing ? 'stop-share' : 'share'} />
      <span class="word" aria-hidden="true">
        {sharing ? t('share.short-stop') : t('share.short')}
      </span>
    </button>
  );
}

function PanelKey({
  name,
  icon,
  label,
  shortcut,
  badge,
  phone = true,
}: {
  name: PanelName;
  icon: IconName;
  label: string;
  shortcut: string;
  badge?: number | null;
  phone?: boolean;
}) {
  return (
    <button
      type="button"
      class={phone ? 'key' : 'key not-phone'}
      aria-pressed={panel.value === name}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      onClick={() => togglePanel(name)}
    >
      <Icon name={icon} />
      <span class="word" aria-hidden="true">
        {label}
      </span>
      {badge != null && badge > 0 && (
        <span class={name === 'chat' ? 'badge' : 'badge badge--count'} aria-hidden="true">
          {badge > 99 ? '99+' : badge}
        </span>
      )}
    </button>
  );
}

function ChatKey({ call }: { call: Call }) {
  const news = panel.value === 'chat' ? 0 : unread(call.session.chat.state.value);
  return (
    <>
      <PanelKey name="chat" icon="chat" label={t('chat.title')} shortcut="C" badge={news} />
      {news > 0 && <span class="sr">{t('chat.unread', { count: news })}</span>}
    </>
  );
}

function PeopleKey({ call }: { call: Call }) {
  const count = call.session.people.state.value.people.length;
  return (
    <PanelKey
      name="people"
      icon="people"
      label={t('people.title')}
      shortcut="P"
      badge={count > 1 ? count : null}
      phone={false}
    />
  );
}

function MoreMenu({ phone }: { phone: boolean }) {
  return (
    <MenuButton
      class={phone ? 'key only-phone' : 'key not-phone'}
      label={t('more.title')}
      trigger={
        <>
          <Icon name="more" />
          <span class="word" aria-hidden="true">
            {t('more.title')}
          </span>
        </>
      }
    >
      {phone && (
        <MenuItem icon="people" onSelect={() => togglePanel('people')}>
          {t('people.title')}
        </MenuItem>
      )}
      <MenuItem
        icon="settings"
        onSelect={() => (dialog.value = { kind: 'settings', tab: 'audio' })}
      >
        {t('settings.title')}
      </MenuItem>
      <MenuItem icon="fullscreen" hint="F" onSelect={toggleFullScreen}>
        {t('more.full-screen')}
      </MenuItem>
      {!phone && (
        <MenuItem icon="keyboard" hint="?" onSelect={() => (dialog.value = { kind: 'keys' })}>
          {t('keys.title')}
        </MenuItem>
      )}
    </MenuButton>
  );
}
