// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../texts/t';
import { announce, announceNow, assertive, polite } from './announce';
import { Icon } from './Icon';
import { dropToast, toastMillis, toasts, type Toast } from './toasts';

export function Toasts() {
  return (
    <div class="toasts" role="region" aria-label={t('toast.region')} tabIndex={-1}>
      {toasts.state.value.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** Goes by itself, but not while pointed at or focused. */
function ToastView({ toast }: { toast: Toast }) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hold = () => clearTimeout(timer.current);
  const release = () => {
    hold();
    timer.current = setTimeout(() => dropToast(toast.id), toastMillis(toast));
  };
  useEffect(() => {
    if (toast.urgent) announceNow(toast.text);
    else announce(toast.text);
    release();
    return hold;
  }, []);
  const { action } = toast;
  return (
    <div
      class={`toast toast--${toast.tone}`}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      <Icon name={toast.icon} size={20} />
      <p>{toast.text}</p>
      {action && (
        <button
          type="button"
          class="btn btn--text btn--small"
          onClick={() => {
            dropToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        class="iconbtn iconbtn--32"
        aria-label={t('common.close')}
        onClick={() => dropToast(toast.id)}
      >
        <Icon name="x" size={16} />
      </button>
    </div>
  );
}

/** For screen readers: one that waits for a pause, one that does not. */
export function LiveRegions() {
  return (
    <>
      <div class="sr" role="status" aria-live="polite">
        {polite}
      </div>
      <div class="sr" role="alert" aria-live="assertive">
        {assertive}
      </div>
    </>
  );
}
