// SPDX-License-Identifier: Apache-2.0
/** Ends a switch over a union: the compiler proves that nothing gets here. */
export function assertNever(value: never): never {
  throw new Error(`not foreseen: ${JSON.stringify(value)}`);
}
