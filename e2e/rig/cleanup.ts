// SPDX-License-Identifier: Apache-2.0

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
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    undoAll();
  });
}
