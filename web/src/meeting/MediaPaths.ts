// SPDX-License-Identifier: Apache-2.0
import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { LinkState } from '../media/linkState';
import { PeerMesh } from '../media/PeerMesh';
import type { RelayedMedia } from '../media/RelayedMedia';
import type { Tracks } from '../media/roles';
import type { Views } from '../media/views';
import type { Signal } from '../protocol/messages';
import { better, fewForMillis, hasArrived, nextPath, noPath, type PathState } from './mediaPath';
import type { Participant, PeopleState } from './people';

/**
 * Owns the two ways that media may go, direct links and the server's relay, and changes from one to
 * the other as people come and go. While it changes, both carry: nobody is cut off in a word.
 */

export interface PathsOptions {
  readonly people: ReadonlySignal<PeopleState>;
  readonly outgoing: ReadonlySignal<Tracks>;
  readonly createConnection: () => RTCPeerConnection;
  /** Resolves to whether it was delivered. */
  readonly send: (to: string, signal: Signal) => Promise<boolean>;
  readonly openRelay: () => RelayedMedia;
  readonly now?: () => number;
}

/** How long a direct link stays when the relay does not bring what its other end sends. */
export const keepDirectMillis = 10_000;
/** How long it stays after: the other end may not have got so far yet. */
export const lingerMillis = 2_000;

const noLinks: ReadonlyMap<string, LinkState> = new Map();

export class MediaPaths {
  /** By person: the better of both ways. */
  readonly links: ReadonlySignal<ReadonlyMap<string, LinkState>>;
  readonly relay = signal<RelayedMedia | null>(null);
  readonly #options: PathsOptions;
  readonly #mesh: PeerMesh;
  readonly #me: string;
  readonly #disposers: (() => void)[];
  /** Direct links that are on their way out. */
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #lingering = new Set<string>();
  #path: PathState = noPath;
  #views: Views | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PathsOptions) {
    this.#options = options;
    this.#me = options.people.peek().me;
    const { createConnection, send } = options;
    this.#mesh = new PeerMesh({ me: this.#me, createConnection, send });
    this.links = computed(() => this.#links());
    this.#disposers = [
      effect(() => {
        this.#mesh.setOutgoing(options.outgoing.value);
        this.relay.value?.setOutgoing(options.outgoing.value);
      }),
      effect(() => {
        const others = this.#present(options.people.value);
        const directUp = this.#isDirectUp(others);
        untracked(() => this.#decide(others, directUp));
      }),
      effect(() => {
        const relayed = this.#arrived();
        untracked(() => this.#letGo(relayed));
      }),
    ];
  }

  /** In the meeting; `first` if just come in. Those who are there are met by the one who comes. */
  joined(people: readonly { id: string; linked: boolean }[], first: boolean): void {
    if (!first) this.relay.peek()?.resumed();
    for (const { id, linked } of people) {
      this.#meet(id, first);
      if (!first && linked) this.#mesh.wake(id);
    }
  }

  /** Somebody came, or came back. */
  came(personId: string): void {
    this.#meet(personId, false);
    this.#mesh.wake(personId);
  }

  signal(from: string, signal: Signal): void {
    // Of more than two, only links that are about to end go on being negotiated.
    const welcome = this.#present(this.#options.people.peek()).length <= 1;
    if (welcome || this.#mesh.linkOf(from)) void this.#mesh.receive(from, signal);
  }

  forget(personId: string): void {
    clearTimeout(this.#leaving.get(personId));
    this.#leaving.delete(personId);
    this.#lingering.delete(personId);
    this.#mesh.forget(personId);
  }

  /** What brings somebody's voice. */
  voicesOf(personId: string): (RTCRtpReceiver | undefined)[] {
    const [direct] = this.#mesh.linkOf(personId)?.connection?.getTransceivers() ?? [];
    return [direct?.receiver, this.relay.peek()?.voiceOf(personId)];
  }

  /** Which pictures the page shows, and how large. */
  setViews(views: Views): void {
    this.#views = views;
    this.relay.peek()?.setViews(views);
  }

  networkChanged(): void {
    this.#mesh.networkChanged();
    this.relay.peek()?.networkChanged();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const dispose of this.#disposers) dispose();
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
    this.#mesh.close();
    this.relay.peek()?.close();
    this.relay.value = null;
  }

  #present({ people }: PeopleState): Participant[] {
    return people.filter(({ id, missing }) => id !== this.#me && !missing);
  }

  #isDirectUp(others: readonly Participant[]): boolean {
    const [only] = others;
    if (!only) return false;
    return this.#mesh.states.value.get(only.id)?.phase === 'connected';
  }

  #decide(others: readonly Participant[], directUp: boolean): void {
    const before = this.#path;
    const nowMillis = (this.#options.now ?? Date.now)();
    const path = nextPath(before, { others: others.length, directUp, nowMillis });
    this.#path = path;
    this.#setRelay(path.way !== 'direct', others);
    clearTimeout(this.#timer);
    if (path.way === 'relay' && path.fewSinceMillis !== null) {
      this.#timer = setTimeout(
        () => this.#decideAgain(),
        path.fewSinceMillis + fewForMillis - nowMillis,
      );
    }
    if (path.way === 'relay') {
      if (path.fewSinceMillis === null) this.#leaveDirect();
      else if (before.fewSinceMillis === null) this.#endLeaving();
    }
    if (path.way === 'returning' && before.way === 'relay') this.#meetOnly(others);
  }

  #decideAgain(): void {
    const others = this.#present(this.#options.people.peek());
    this.#decide(
      others,
      untracked(() => this.#isDirectUp(others)),
    );
  }

  #setRelay(wanted: boolean, others: readonly Participant[]): void {
    const open = this.relay.peek();
    if (!wanted) {
      open?.close();
      this.relay.value = null;
      return;
    }
    const relay = open ?? this.#options.openRelay();
    relay.setPeople(others.map(({ id }) => id));
    if (open) return;
    if (this.#views) relay.setViews(this.#views);
    this.relay.value = relay;
  }

  /** Every direct link goes, each when the relay has what it brings, or after a while. */
  #leaveDirect(): void {
    for (const id of this.#mesh.states.peek().keys()) {
      if (!this.#leaving.has(id)) this.#forgetIn(id, keepDirectMillis);
    }
  }

  #letGo(arrived: ReadonlySet<string>): void {
    for (const id of this.#lingering) if (!arrived.has(id)) this.#lingering.delete(id);
    for (const id of arrived) {
      if (!this.#leaving.has(id) || this.#lingering.has(id)) continue;
      this.#lingering.add(id);
      this.#forgetIn(id, lingerMillis);
    }
  }

  #forgetIn(personId: string, millis: number): void {
    clearTimeout(this.#leaving.get(personId));
    this.#leaving.set(
      personId,
      setTimeout(() => this.forget(personId), millis),
    );
  }

  /** Two again: a link that the other end may have left already is no ground to begin on. */
  #endLeaving(): void {
    const arrived = untracked(() => this.#arrived());
    for (const [id, timer] of this.#leaving) {
      if (arrived.has(id)) {
        this.forget(id);
        continue;
      }
      clearTimeout(timer);
      this.#leaving.delete(id);
    }
    this.#lingering.clear();
  }

  #meet(personId: string, initiate: boolean): void {
    if (this.#path.way === 'direct') this.#mesh.meet(personId, initiate);
  }

  #meetOnly(others: readonly Participant[]): void {
    for (const { id } of others) this.#mesh.meet(id, this.#me < id);
  }

  #arrived(): ReadonlySet<string> {
    const relay = this.relay.value;
    const states = relay?.states.value ?? noLinks;
    const faces = relay?.faces.value ?? null;
    const arrived = this.#present(this.#options.people.value).filter(({ id, devices }) =>
      hasArrived(states.get(id), devices, faces?.includes(id) ?? true),
    );
    return new Set(arrived.map(({ id }) => id));
  }

  #links(): ReadonlyMap<string, LinkState> {
    const direct = this.#mesh.states.value;
    const relayed = this.relay.value?.states.value ?? noLinks;
    const arrived = this.#arrived();
    const links = new Map<string, LinkState>();
    for (const id of new Set([...direct.keys(), ...relayed.keys()])) {
      const link = better(direct.get(id), relayed.get(id), arrived.has(id));
      if (link) links.set(id, link);
    }
    return links;
  }
}
