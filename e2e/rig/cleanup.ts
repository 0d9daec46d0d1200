// SPDX-License-Identifier: Apache-2.0
import { constants } from 'node:os';

/**
 * What must be undone even if the test run is interrupted: processes, network namespaces.
 *
 * Each deed is synchronous, so that it also runs while the process is exiting.
 */
const deeds = new Map<symbol, () => void>();

/** Registers a deed for the end of the process; the returned function takes it back. */
export function atExit(undo: () => void): () => void {
  const key = Symbol('undo');
  deeds.set(key, undo);
  return () => deeds.delete(key);
}

function undoAll(): void {
  for (const [key, undo] of [...deeds].reverse()) {
    deeds.delete(key);
    try {
      undo();
    } catch (failure) {
      console.error('clean-up failed:', failure);
    }
  }
}

process.once('exit', undoAll);
// Playwright itself ends everything in order on SIGINT; the other two would end the process without
// its `exit` event.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
