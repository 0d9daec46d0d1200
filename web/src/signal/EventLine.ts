// SPDX-License-Identifier: Apache-2.0
import type { MeetingEvent } from '../protocol/messages';

/**
 * Puts the events of a meeting in a line without gaps or repeats. What comes too early is held until
 * the missing ones are there; `missingAfter` says what to ask for.
 */
export class EventLine {
  #last: number | null = null;
  readonly #early = new Map<number, MeetingEvent>();

  /** The newest event without a gap before it; null before the first join. */
  get last(): number | null {
    return this.#last;
  }

  /** The event after which something is missing, or null when nothing is. */
  get missingAfter(): number | null {
    return this.#last !== null && this.#early.size > 0 ? this.#last : null;
  }

  /** Takes a run that begins anywhere, as the first join brings it. */
  begin(events: readonly MeetingEvent[]): MeetingEvent[] {
    this.#last = events.at(-1)?.seq ?? 0;
    return [...events, ...this.#next()];
  }

  /** Returns what is next in line, perhaps nothing, perhaps several. */
  accept(events: readonly MeetingEvent[]): MeetingEvent[] {
    for (const event of events) this.#early.set(event.seq, event);
    return this.#next();
  }

  #next(): MeetingEvent[] {
    if (this.#last === null) return [];
    const ready: MeetingEvent[] = [];
    for (const seq of this.#early.keys()) if (seq <= this.#last) this.#early.delete(seq);
    for (;;) {
      const event = this.#early.get(this.#last + 1);
      if (!event) return ready;
      this.#early.delete(event.seq);
      this.#last = event.seq;
      ready.push(event);
    }
  }
}
