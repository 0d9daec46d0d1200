// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../texts/t';
import { copyText } from './copy';
import { Icon } from './Icon';
import { meetingLink } from './route';

/** Copies the link of a meeting, and says so for a moment. */
export function CopyLink({ id, primary = false }: { id: string; primary?: boolean }) {
  const copied = useSignal(false);
  useEffect(() => {
    if (!copied.value) return;
    const timer = setTimeout(() => {
      copied.value = false;
    }, 2_500);
    return () => clearTimeout(timer);
  }, [copied.value]);
  return (
    <button
      type="button"
      class={primary ? 'btn btn--primary' : 'btn'}
      onClick={() => {
        void copyText(meetingLink(id)).then((done) => (copied.value = done));
      }}
    >
      <Icon name={copied.value ? 'check' : 'copy'} size={20} />
      <span aria-live="polite">{copied.value ? t('invite.copied') : t('invite.copy')}</span>
    </button>
  );
}
