// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type {
  DeviceStates,
  Joined,
  MeetingEvent,
  Presence,
  RefusalCode,
  Refused,
  Signal,
} from '../protocol/messages';
import { EventLine } from '../signal/EventLine';
import type { Answer, Request, RequestName, Wire } from '../signal/Wire';
import { Store } from '../store';
import { noChat, reduceChat, unsent, type Message } from './chat';
import { nobodyYet, reducePeople } from './people';

/**
 * This page's place in one meeting: joins, joins again after every break, and keeps people and chat
 * current. Nothing is lost in between: missing events are asked for by number, messages wait and are
 * sent again under the same id.
 */

export interface SessionListener {
  joined(joined: Joined, first: boolean): void;
  /** Once per event, in order, after the stores have it; not for history of the first join. */
  happened(event: MeetingEvent): void;
  presence(presence: Presence): void;
  signal(from: string, signal: Signal): void;
  replaced(): void;
  refused(code: RefusalCode): void;
}

export interface SessionOptions {
  readonly wire: Wire;
  readonly meetingId: string;
  readonly name: string;
  readonly devices: () => DeviceStates;
  readonly secret: { load(): string | null; save(secret: string): void };
  readonly listener: SessionListener;
  readonly now?: () => number;
  readonly newId?: () => string;
  readonly retryAfterMillis?: number;
}

const knownEvents: ReadonlySet<string> = new Set<MeetingEvent['kind']>([
  'person-joined',
  'person-left',
  'person-renamed',
  'chat-sent',
]);

/** These pass by themselves; the others are for the reader. */
const passing: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'too-fast',
  'not-saved',
  'not-in-meeting',
]);

export class MeetingSession {
  readonly people = new Store(nobodyYet, reducePeople);
  readonly chat = new Store(noChat, reduceChat);
  /** When the connection to the server was lost, by `now()`; null while it stands. */
  readonly lostAtMillis = signal<number | null>(null);

  readonly #options: SessionOptions;
  readonly #until = new AbortController();
  readonly #line = new EventLine();
  readonly #onTheWay = new Set<string>();
  #name: string;
  #inside = false;
  #ever = false;
  #filling = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#name = options.name;
    const { wire, listener } = options;
    const until = this.#until.signal;
    wire.on('meeting:event', (event) => this.#take([event], true), until);
    wire.on('meeting:presence', (presence) => this.#presence(presence), until);
    wire.on('signal:received', ({ from, signal }) => listener.signal(from, signal), until);
    wire.on('meeting:replaced', () => listener.replaced(), until);
    wire.onLink((linked) => (linked ? void this.#join() : this.#lost()), until);
  }

  get inside(): boolean {
    return this.#inside;
  }

  /** Shown at once; sent when the server is there. */
  say(text: string): void {
    const clientMessageId = (this.#options.newId ?? (() => crypto.randomUUID()))();
    const message = { clientMessageId, name: this.#name, text, atMillis: this.#now() };
    this.chat.dispatch({ kind: 'written', message });
    void this.#sendUnsent();
  }

  sayAgain(clientMessageId: string): void {
    this.chat.dispatch({ kind: 'retried', clientMessageId });
    void this.#sendUnsent();
  }

  async olderMessages(): Promise<void> {
    const { older, oldestSeq } = this.chat.state.peek();
    if (older !== 'some' || oldestSeq === null || !this.#inside) return;
    this.chat.dispatch({ kind: 'older-asked' });
    const answer = await this.#ask('history:before', { seq: oldestSeq });
    if (answer?.kind === 'history') {
      this.chat.dispatch({ kind: 'older', events: known(answer.events), more: answer.more });
    } else {
      this.chat.dispatch({ kind: 'older-failed' });
    }
  }

  /** Returns the refusal, or null when it worked. */
  async rename(name: string): Promise<RefusalCode | 'unlinked' | null> {
    const answer = await this.#ask('meeting:rename', { name });
    if (!answer) return 'unlinked';
    if (answer.kind === 'refused') return answer.code;
    this.#name = name;
    return null;
  }

  devicesChanged(): void {
    if (this.#inside) void this.#ask('devices:set', this.#options.devices());
  }

  async sendSignal(to: string, signal: Signal): Promise<boolean> {
    if (!this.#inside) return false;
    const answer = await this.#ask('signal:send', { to, signal });
    return answer?.kind === 'done';
  }

  mediaGone(personId: string): void {
    this.people.dispatch({ kind: 'media-gone', personId });
  }

  async leave(): Promise<void> {
    const goodbye = this.#inside ? this.#ask('meeting:leave', {}) : Promise.resolve();
    this.#inside = false;
    this.#until.abort();
    clearTimeout(this.#timer);
    await goodbye;
    this.#options.wire.close();
  }

  close(): void {
    this.#inside = false;
    this.#until.abort();
    clearTimeout(this.#timer);
    this.#options.wire.close();
  }

  async #join(): Promise<void> {
    clearTimeout(this.#timer);
    const { meetingId, secret } = this.#options;
    const devices = this.#options.devices();
    const answer = await this.#ask('meeting:join', {
      meetingId,
      name: this.#name,
      resumeSecret: secret.load(),
      lastSeq: this.#line.last,
      devices,
    });
    if (this.#until.signal.aborted) return;
    if (answer?.kind === 'joined') this.#joined(answer, devices);
    else this.#notJoined(answer);
  }

  #joined(joined: Joined, told: DeviceStates): void {
    const first = !this.#ever;
    this.#ever = true;
    this.#inside = true;
    this.lostAtMillis.value = null;
    this.#options.secret.save(joined.resumeSecret);
    this.people.dispatch({ kind: 'joined', joined });
    const { events, more } = joined.history;
    this.chat.dispatch({
      kind: 'joined',
      me: joined.me,
      events: first ? known(events) : [],
      older: more,
    });
    this.#options.listener.joined(joined, first);
    if (first) this.#spread(this.#line.begin(events).slice(events.length), true);
    else this.#take(events, false);
    if (!first && more) void this.#fill();
    // A key may have been pressed while the answer was on its way.
    if (!sameDevices(told, this.#options.devices())) this.devicesChanged();
    void this.#sendUnsent();
  }

  #notJoined(answer: Refused | null): void {
    const code = answer?.code;
    if (code !== undefined && !passing.has(code)) {
      this.#options.listener.refused(code);
      return;
    }
    this.#timer = setTimeout(() => {
      if (this.#options.wire.linked) void this.#join();
    }, this.#options.retryAfterMillis ?? 1_000);
  }

  #lost(): void {
    this.#inside = false;
    clearTimeout(this.#timer);
    this.lostAtMillis.value ??= this.#now();
  }

  #take(events: readonly MeetingEvent[], live: boolean): void {
    this.#spread(this.#line.accept(events), live);
    if (this.#line.missingAfter !== null) void this.#fill();
  }

  #spread(events: readonly MeetingEvent[], tell: boolean): void {
    for (const event of known(events)) {
      this.people.dispatch({ kind: 'event', event });
      this.chat.dispatch({ kind: 'event', event });
      if (tell || event.kind !== 'chat-sent') this.#options.listener.happened(event);
    }
  }

  /** Asks for what is missing until nothing is. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let more = true; more;) {
        const seq = this.#line.last;
        if (seq === null) return;
        const answer = await this.#ask('history:after', { seq });
        if (answer?.kind !== 'history' || this.#until.signal.aborted) return;
        this.#spread(this.#line.accept(answer.events), true);
        more = answer.events.length > 0 && (answer.more || this.#line.missingAfter !== null);
      }
    } finally {
      this.#filling = false;
    }
  }

  async #sendUnsent(): Promise<void> {
    while (this.#inside) {
      const next = unsent(this.chat.state.peek()).find(
        ({ clientMessageId }) => !this.#onTheWay.has(clientMessageId),
      );
      if (!next) return;
      await this.#send(next);
    }
  }

  async #send({ clientMessageId, text }: Message): Promise<void> {
    this.#onTheWay.add(clientMessageId);
    const answer = await this.#ask('chat:send', { clientMessageId, text });
    this.#onTheWay.delete(clientMessageId);
    if (answer?.kind === 'chat-accepted') {
      this.chat.dispatch({ kind: 'accepted', clientMessageId, answer });
    } else if (answer?.kind === 'refused') {
      this.chat.dispatch({ kind: 'refused', clientMessageId, code: answer.code });
    } else if (this.#inside) {
      // No answer although the line stands: fail visibly rather than wait for ever.
      this.chat.dispatch({ kind: 'refused', clientMessageId, code: 'not-saved' });
    }
  }

  #presence(presence: Presence): void {
    this.people.dispatch({ kind: 'presence', presence });
    this.#options.listener.presence(presence);
  }

  /** Null when the server could not be reached or did not answer. */
  async #ask<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Answer<Name> | null> {
    try {
      return await this.#options.wire.request(name, request);
    } catch {
      return null;
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function sameDevices(a: DeviceStates, b: DeviceStates): boolean {
  return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}

/** A newer server may tell of things this page does not know; they only count. */
function known(events: readonly MeetingEvent[]): MeetingEvent[] {
  return events.filter(({ kind }) => knownEvents.has(kind));
}
