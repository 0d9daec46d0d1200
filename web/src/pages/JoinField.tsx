// SPDX-License-Identifier: Apache-2.0
import { useSignal } from '@preact/signals';
import { meetingNamed } from '../signal/rest';
import { t, type TextKey } from '../texts/t';
import { go, meetingPath, readPasted } from '../ui/route';

function useFinder() {
  const busy = useSignal(false);
  const problem = useSignal<TextKey | null>(null);
  const find = async (raw: string) => {
    const pasted = readPasted(raw);
    if (busy.peek() || pasted.kind === 'nothing') return;
    if (pasted.kind === 'id') {
      go(meetingPath(pasted.id));
      return;
    }
    busy.value = true;
    const reply = await meetingNamed(pasted.name);
    busy.value = false;
    if (reply.kind === 'ok') go(meetingPath(reply.value.id));
    else problem.value = reply.kind === 'refused' ? 'home.no-such' : 'error.unreachable';
  };
  return { busy, problem, find };
}

/** Link, code, or the name of a listed meeting; a pasted link goes there at once. */
export function JoinField({ autoFocus = false }: { autoFocus?: boolean }) {
  const text = useSignal('');
  const { busy, problem, find } = useFinder();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void find(text.peek());
      }}
    >
      <div class="joinfield">
        <input
          class={problem.value ? 'input input--bad' : 'input'}
          aria-label={t('home.join-label')}
          aria-describedby={problem.value ? 'join-problem' : undefined}
          placeholder={t('home.join-placeholder')}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          autoFocus={autoFocus}
          value={text}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            problem.value = null;
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData?.getData('text') ?? '';
            if (pasted.includes('/m/') && readPasted(pasted).kind === 'id') {
              event.preventDefault();
              void find(pasted);
            }
          }}
        />
        <button class="btn" aria-busy={busy}>
          {t('home.join')}
        </button>
      </div>
      {problem.value && (
        <p class="hint hint--bad" id="join-problem" role="alert">
          {t(problem.value)}
        </p>
      )}
    </form>
  );
}
