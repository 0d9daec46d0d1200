// SPDX-License-Identifier: Apache-2.0
import type { Candidate } from '../protocol/messages';

const mostConnections = 3;
const mostCandidates = 200;

/** Candidates that came before the description of their connection (RFC 8838 section 9). */
export class EarlyCandidates {
  readonly #kept = new Map<string, Candidate[]>();

  keep(candidate: Candidate): void {
    const kept = this.#kept.get(candidate.connection) ?? [];
    if (kept.length < mostCandidates) kept.push(candidate);
    this.#kept.set(candidate.connection, kept);
    if (this.#kept.size > mostConnections) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
  }

  /** Those of a connection whose description has come; what belonged to others is over. */
  take(connection: string | null): Candidate[] {
    const kept = connection === null ? [] : (this.#kept.get(connection) ?? []);
    this.#kept.clear();
    return kept;
  }
}
