// SPDX-License-Identifier: Apache-2.0
import { t, type TextKey } from '../texts/t';
import { dialog } from './callView';
import { Dialog } from './Dialog';
import { Icon } from './Icon';
import { preferences } from './preferences';

const rows: readonly (readonly [TextKey, readonly string[]])[] = [
  ['device.microphone', ['M']],
  ['keys.talk', ['Space']],
  ['device.camera', ['V']],
  ['share.key', ['Shift', 'S']],
  ['chat.title', ['C']],
  ['people.title', ['P']],
  ['more.full-screen', ['F']],
  ['keys.region', ['F6']],
  ['keys.close', ['Esc']],
  ['keys.title', ['?']],
];

const close = () => {
  dialog.value = null;
};

export function KeyList() {
  return (
    <dl class="keylist">
      {rows.map(([key, keys]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>
            {keys.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function KeysDialog() {
  return (
    <Dialog label={t('keys.title')} class="dialog" onClose={close}>
      <div class="dialog__head">
        <h2>{t('keys.title')}</h2>
        <button type="button" class="iconbtn" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" size={20} />
        </button>
      </div>
      <KeyList />
      {!preferences.value.shortcuts && <p class="hint">{t('keys.are-off')}</p>}
    </Dialog>
  );
}
