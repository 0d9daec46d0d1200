// SPDX-License-Identifier: Apache-2.0
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { LocalMedia } from '../media/LocalMedia';
import { LevelMeter } from '../media/LevelMeter';
import type { LinkState } from '../media/linkState';
import { openDevice } from '../media/mediasoup';
import { RelayedMedia } from '../media/RelayedMedia';
import { Speakers } from '../media/Speakers';
import { receivedLevel, SpeakingWatch } from '../media/SpeakingWatch';
import type { CodecWish } from '../media/encodings';
import type { Views } from '../media/views';
import type {
  Joined,
  LeaveReason,
  MeetingEvent,
  Presence,
  RefusalCode,
  Signal,
} from '../protocol/messages';
import { saveSecret, savedSecret } from '../signal/resume';
import type { Wire } from '../signal/Wire';
import { MediaPaths } from './MediaPaths';
import { MeetingSession } from './MeetingSession';

export type CallNews =
  | { readonly kind: 'came'; readonly name: string }
  | { readonly kind: 'went'; readonly name: string; readonly reason: LeaveReason }
  | { readonly kind: 'said'; readonly name: string; readonly text: string };

export interface CallListener {
  entered(call: Call): void;
  refused(code: RefusalCode): void;
  replaced(): void;
}

export interface CallOptions {
  readonly meetingId: string;
  readonly name: string;
  readonly media: LocalMedia;
  readonly wire: Wire;
  /** In which codec to be seen by more than one. */
  readonly codecWish: () => CodecWish;
  readonly listener: CallListener;
}

const noLinks: ReadonlyMap<string, LinkState> = new Map();

/** One call: joins session, the ways of media, and sound to each other. */
export class Call {
  readonly media: LocalMedia;
  readonly session: MeetingSession;
  readonly speakers = new Speakers();
  readonly meter: LevelMeter;
  readonly watch: SpeakingWatch;
  readonly links: ReadonlySignal<ReadonlyMap<string, LinkState>>;
  /** Null while media goes directly. */
  readonly relay: ReadonlySignal<RelayedMedia | null>;
  readonly enteredAtMillis = Date.now();
  /** The most people seen at once, for the tally at the end. */
  mostPeople = 1;

  readonly #listener: CallListener;
  readonly #wire: Wire;
  readonly #codecWish: () => CodecWish;
  readonly #paths = signal<MediaPaths | null>(null);
  readonly #early: { from: string; signal: Signal }[] = [];
  readonly #until = new AbortController();
  readonly #disposers: (() => void)[] = [];
  #heard: ReadonlySet<string> = new Set();
  #tell: (news: CallNews) => void = () => undefined;

  constructor({ meetingId, name, media, wire, codecWish, listener }: CallOptions) {
    this.media = media;
    this.#wire = wire;
    this.#codecWish = codecWish;
    this.#listener = listener;
    this.links = computed(() => this.#paths.value?.links.value ?? noLinks);
    this.relay = computed(() => this.#paths.value?.relay.value ?? null);
    this.meter = new LevelMeter(media.microphone.captured);
    this.session = new MeetingSession({
      wire,
      meetingId,
      name,
      devices: () => media.declared.peek(),
      secret: {
        load: () => savedSecret(meetingId),
        save: (secret) => saveSecret(meetingId, secret),
      },
      listener: {
        joined: (joined, first) => this.#joined(joined, first),
        happened: (event) => this.#happened(event),
        presence: (presence) => this.#presence(presence),
        signal: (from, signal) => this.#signal(from, signal),
        replaced: () => listener.replaced(),
        refused: (code) => listener.refused(code),
      },
    });
    this.watch = new SpeakingWatch(() => this.#levels());
    this.#follow();
  }

  tellTo(listener: (news: CallNews) => void): void {
    this.#tell = listener;
  }

  /** Which pictures the page shows, and how large. */
  setViews(views: Views): void {
    this.#paths.peek()?.setViews(views);
  }

  async leave(): Promise<void> {
    const goodbye = this.session.leave();
    this.#close();
    await goodbye;
  }

  /** Without a goodbye: another tab goes on in this person's place. */
  close(): void {
    this.session.close();
    this.#close();
  }

  #close(): void {
    this.#until.abort();
    for (const dispose of this.#disposers) dispose();
    this.watch.close();
    this.meter.close();
    this.speakers.close();
    this.#paths.peek()?.close();
  }

  #follow(): void {
    const { media, session } = this;
    this.#disposers.push(
      media.declared.subscribe(() => session.devicesChanged()),
      effect(() => this.#playSound()),
      effect(() => this.#dropMissing()),
    );
    const until = { signal: this.#until.signal };
    const changed = () => this.#paths.peek()?.networkChanged();
    addEventListener('online', changed, until);
    const { connection } = navigator as { connection?: EventTarget };
    connection?.addEventListener('change', changed, until);
  }

  #joined(joined: Joined, first: boolean): void {
    if (first) {
      this.#paths.value = this.#openPaths(joined);
      this.#listener.entered(this);
    }
    const paths = this.#paths.peek();
    paths?.joined(joined.people, first);
    for (const { from, signal } of this.#early.splice(0)) paths?.signal(from, signal);
    this.#count();
  }

  #openPaths({ iceServers }: Joined): MediaPaths {
    return new MediaPaths({
      people: this.session.people.state,
      outgoing: this.media.outgoing,
      createConnection: () => new RTCPeerConnection({ iceServers }),
      send: (to, signal) => this.session.sendSignal(to, signal),
      openRelay: () =>
        new RelayedMedia({ wire: this.#wire, openDevice, codecWish: this.#codecWish }),
    });
  }

  #happened(event: MeetingEvent): void {
    const me = this.session.people.state.peek().me;
    if (event.kind === 'person-joined' && event.personId !== me) {
      this.#paths.peek()?.came(event.personId);
      this.#count();
      this.#tell({ kind: 'came', name: event.name });
    }
    if (event.kind === 'person-left' && event.personId !== me) {
      this.#forget(event.personId);
      this.#tell({ kind: 'went', name: this.#nameOf(event.personId), reason: event.reason });
    }
    if (event.kind === 'chat-sent' && event.personId !== me) {
      this.#tell({ kind: 'said', name: event.name, text: event.text });
    }
  }

  #presence({ personId, linked }: Presence): void {
    if (linked) this.#paths.peek()?.came(personId);
  }

  #signal(from: string, signal: Signal): void {
    const paths = this.#paths.peek();
    if (paths) paths.signal(from, signal);
    else this.#early.push({ from, signal });
  }

  #forget(personId: string): void {
    this.#paths.peek()?.forget(personId);
  }

  #playSound(): void {
    const links = this.links.value;
    for (const [personId, { tracks }] of links) this.speakers.play(personId, tracks);
    for (const personId of this.#heard) if (!links.has(personId)) this.speakers.forget(personId);
    this.#heard = new Set(links.keys());
  }

  /** Whom the server does not list any more stays while their media does. */
  #dropMissing(): void {
    const { people } = this.session.people.state.value;
    const links = this.links.value;
    for (const { id, missing } of people) {
      if (!missing || links.get(id)?.phase === 'connected') continue;
      queueMicrotask(() => {
        this.#forget(id);
        this.session.mediaGone(id);
      });
    }
  }

  #levels(): ReadonlyMap<string, number> {
    const levels = new Map<string, number>();
    const paths = this.#paths.peek();
    const { people, me } = this.session.people.state.peek();
    for (const { id, devices } of people) {
      if (id === me || !devices.microphone) continue;
      levels.set(id, Math.max(0, ...(paths?.voicesOf(id) ?? []).map(receivedLevel)));
    }
    levels.set(me, this.meter.level.peek());
    return levels;
  }

  #nameOf(personId: string): string {
    return this.#names.get(personId) ?? '';
  }

  readonly #names = new Map<string, string>();

  #count(): void {
    const { people } = this.session.people.state.peek();
    for (const { id, name } of people) this.#names.set(id, name);
    this.mostPeople = Math.max(this.mostPeople, people.length);
  }
}
