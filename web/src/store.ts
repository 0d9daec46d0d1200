// SPDX-License-Identifier: Apache-2.0
import { signal, type ReadonlySignal } from '@preact/signals';

/** One concern: a value that only its pure reducer changes. */
export class Store<State, Change> {
  readonly #state;
  readonly #reduce: (state: State, change: Change) => State;

  constructor(initial: State, reduce: (state: State, change: Change) => State) {
    this.#state = signal(initial);
    this.#reduce = reduce;
  }

  get state(): ReadonlySignal<State> {
    return this.#state;
  }

  dispatch(change: Change): void {
    this.#state.value = this.#reduce(this.#state.peek(), change);
  }
}
