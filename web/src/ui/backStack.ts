// SPDX-License-Identifier: Apache-2.0
/**
 * On phones the back gesture closes what lies on top (menu, sheet, window) instead of leaving the
 * call. One history entry stands for everything that is open: it is made with the first and taken
 * back a moment after the last, so that a menu that opens a sheet does not close it again.
 */
export interface HistoryPort {
  push(): void;
  /** Whether the newest entry is the one made by `push`. */
  onTop(): boolean;
  back(): void;
  later(run: () => void): void;
}

export class BackStack {
  readonly #history: HistoryPort;
  readonly #open: (() => void)[] = [];
  #entry = false;
  #ignore = 0;

  constructor(history: HistoryPort) {
    this.#history = history;
  }

  /** Returns what to call when it closed, by whatever means. */
  opened(close: () => void): () => void {
    this.#open.push(close);
    if (!this.#entry) {
      this.#entry = true;
      this.#history.push();
    }
    return () => {
      const at = this.#open.indexOf(close);
      if (at >= 0) this.#open.splice(at, 1);
      this.#history.later(() => this.#settle());
    };
  }

  wentBack(): void {
    if (this.#ignore > 0) {
      this.#ignore--;
      return;
    }
    if (!this.#entry) return;
    this.#entry = false;
    this.#open.pop()?.();
    if (this.#open.length > 0) {
      this.#entry = true;
      this.#history.push();
    }
  }

  #settle(): void {
    if (this.#open.length > 0 || !this.#entry) return;
    this.#entry = false;
    if (!this.#history.onTop()) return;
    this.#ignore++;
    this.#history.back();
  }
}

const settleMillis = 120;

export const backStack = new BackStack({
  push: () => history.pushState({ sheet: true }, ''),
  onTop: () => {
    const state: unknown = history.state;
    return typeof state === 'object' && state !== null && 'sheet' in state;
  },
  back: () => history.back(),
  later: (run) => setTimeout(run, settleMillis),
});
