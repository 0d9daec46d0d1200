// SPDX-License-Identifier: Apache-2.0
import type { Candidate, Description, Signal } from '../protocol/messages';
import { EarlyCandidates } from './EarlyCandidates';
import { isUp, nextPhase, type LinkState } from './linkState';
import { noTracks, type Tracks } from './roles';
import { addTransceivers, receivedTracks, sendTracks, takeOverTransceivers } from './transceivers';

/**
 * Owns the RTCPeerConnection to one other person: perfect negotiation (RFC 9429, W3C WebRTC 10.7).
 *
 * - Whoever starts creates four transceivers in the order of `roles`; the other side takes them over
 *   from the offer. Devices and screens come and go by replaceTrack, without negotiation.
 * - A connection id names one RTCPeerConnection of one page. An offer with another id than before
 *   means that the other page was loaded again: everything starts afresh with a new connection.
 * - If both start afresh at once, the impolite one's offer stands; it is sent again half a second
 *   later if it has no answer, in case the first went to the page before a reload.
 * - An offer that stays without an answer is sent again, complete with the candidates found by then.
 */

export interface LinkOptions {
  readonly polite: boolean;
  readonly createConnection: () => RTCPeerConnection;
  /** Resolves to whether it was delivered. */
  readonly send: (signal: Signal) => Promise<boolean>;
  readonly onState: (state: LinkState) => void;
  readonly newId?: () => string;
  readonly now?: () => number;
}

export const answerWithinMillis = 5_000;
export const againAfterMillis = 500;
export const restartAfterMillis = 3_000;
/** If descriptions were exchanged but no connection came of it; the polite side waits longer. */
export const connectWithinMillis = 15_000;

export class PeerLink {
  readonly #options: LinkOptions;
  readonly #early = new EarlyCandidates();
  #connection: RTCPeerConnection | null = null;
  #connectionId = '';
  #remoteId: string | null = null;
  #makingOffer = false;
  #ignoring = false;
  #closed = false;
  #outgoing: Tracks = noTracks;
  #state: LinkState;
  #inbox: Promise<void> = Promise.resolve();
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#state = { phase: 'new', sinceMillis: this.#now(), tracks: noTracks };
  }

  get state(): LinkState {
    return this.#state;
  }

  get connection(): RTCPeerConnection | null {
    return this.#connection;
  }

  /** Makes the first offer; the other side waits for it. */
  start(): void {
    if (this.#closed) return;
    const connection = this.#fresh();
    addTransceivers(connection);
    sendTracks(connection, this.#outgoing);
  }

  /** Signals are worked through one at a time, in the order in which they came. */
  receive(signal: Signal): Promise<void> {
    this.#inbox = this.#inbox.then(async () => {
      if (this.#closed) return;
      try {
        if (signal.kind === 'description') await this.#described(signal);
        else await this.#candidate(signal);
      } catch (error) {
        if (!this.#ignoring) console.warn('signal not usable', error);
      }
    });
    return this.#inbox;
  }

  /** Sends from now on exactly these tracks; no negotiation. */
  setOutgoing(outgoing: Tracks): void {
    this.#outgoing = outgoing;
    if (this.#connection) sendTracks(this.#connection, outgoing);
  }

  /** The way for signals is open again, on either side. */
  wake(): void {
    const connection = this.#connection;
    if (!connection) return;
    if (connection.signalingState === 'have-local-offer') this.#describe(connection);
    else if (!isUp(connection) && connection.remoteDescription) connection.restartIce();
  }

  /** Another network: the paths found so far may be dead. */
  networkChanged(): void {
    if (this.#connection?.remoteDescription) this.#connection.restartIce();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #fresh(): RTCPeerConnection {
    this.#drop();
    const connection = this.#options.createConnection();
    this.#connection = connection;
    this.#connectionId = (this.#options.newId ?? (() => crypto.randomUUID()))();
    this.#remoteId = null;
    this.#makingOffer = false;
    this.#ignoring = false;
    connection.onnegotiationneeded = () => void this.#offer(connection);
    connection.onicecandidate = ({ candidate }) => this.#found(connection, candidate);
    connection.oniceconnectionstatechange = () => this.#iceChanged(connection);
    connection.onconnectionstatechange = () => this.#changed(connection);
    this.#changed(connection);
    return connection;
  }

  #drop(): void {
    clearTimeout(this.#answerTimer);
    clearTimeout(this.#restartTimer);
    clearTimeout(this.#connectTimer);
    const connection = this.#connection;
    this.#connection = null;
    if (!connection) return;
    connection.onnegotiationneeded = null;
    connection.onicecandidate = null;
    connection.oniceconnectionstatechange = null;
    connection.onconnectionstatechange = null;
    connection.close();
  }

  async #offer(connection: RTCPeerConnection): Promise<void> {
    try {
      this.#makingOffer = true;
      await connection.setLocalDescription();
      if (connection === this.#connection) this.#describe(connection);
    } catch (error) {
      if (connection === this.#connection) console.warn('no offer', error);
    } finally {
      if (connection === this.#connection) this.#makingOffer = false;
    }
  }

  #describe(connection: RTCPeerConnection): void {
    const description = connection.localDescription;
    if (!description) return;
    clearTimeout(this.#answerTimer);
    const { type, sdp } = description;
    const sending = this.#options.send({
      kind: 'description',
      connection: this.#connectionId,
      type,
      sdp,
    });
    if (type === 'offer') void sending.then((delivered) => delivered && this.#await(connection));
  }

  /** Nobody answered: the other page may have been on its way out. */
  #await(connection: RTCPeerConnection, millis = answerWithinMillis): void {
    if (connection !== this.#connection) return;
    clearTimeout(this.#answerTimer);
    this.#answerTimer = setTimeout(() => {
      if (connection !== this.#connection) return;
      if (connection.signalingState === 'have-local-offer') this.#describe(connection);
    }, millis);
  }

  async #described(description: Description): Promise<void> {
    if (description.type === 'offer') await this.#offered(description);
    else if (description.type === 'answer') await this.#answered(description);
  }

  async #offered(offer: Description): Promise<void> {
    const known = offer.connection === this.#remoteId;
    const collides =
      this.#makingOffer ||
      (this.#connection !== null && this.#connection.signalingState !== 'stable');
    if (!known && this.#remoteId === null && collides && !this.#options.polite) {
      // Their answer to ours is under way, or ours went to the page before the reload.
      if (this.#connection) this.#await(this.#connection, againAfterMillis);
      return;
    }
    this.#ignoring = known && collides && !this.#options.polite;
    if (this.#ignoring) return;

    const connection = known ? this.#connection : this.#fresh();
    if (!connection) return;
    this.#remoteId = offer.connection;
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    if (!known) {
      takeOverTransceivers(connection);
      sendTracks(connection, this.#outgoing);
    }
    await this.#addEarly(connection);
    await connection.setLocalDescription();
    if (connection !== this.#connection) return;
    this.#describe(connection);
    this.#expectConnection(connection);
  }

  async #answered(answer: Description): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    if (this.#remoteId !== null && this.#remoteId !== answer.connection) {
      // The offers of two fresh starts crossed, or a page loaded again answered an offer for its
      // predecessor: each side now speaks of another pair of connections.
      this.start();
      return;
    }
    if (connection.signalingState !== 'have-local-offer') return;
    clearTimeout(this.#answerTimer);
    this.#remoteId = answer.connection;
    await connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    await this.#addEarly(connection);
    this.#expectConnection(connection);
  }

  #expectConnection(connection: RTCPeerConnection): void {
    this.#changed(connection);
    clearTimeout(this.#connectTimer);
    const patience = this.#options.polite ? 2 * connectWithinMillis : connectWithinMillis;
    this.#connectTimer = setTimeout(() => {
      if (connection === this.#connection && this.#state.phase === 'connecting') this.start();
    }, patience);
  }

  #found(connection: RTCPeerConnection, candidate: RTCIceCandidate | null): void {
    if (!candidate || connection !== this.#connection) return;
    void this.#options.send({
      kind: 'candidate',
      connection: this.#connectionId,
      candidate: candidate.candidate,
      sdpMid: candidate.sdpMid,
      sdpMLineIndex: candidate.sdpMLineIndex,
      usernameFragment: candidate.usernameFragment,
    });
  }

  async #candidate(candidate: Candidate): Promise<void> {
    const connection = this.#connection;
    if (candidate.connection === this.#remoteId && connection?.remoteDescription) {
      await connection.addIceCandidate(candidate);
    } else {
      this.#early.keep(candidate);
    }
  }

  async #addEarly(connection: RTCPeerConnection): Promise<void> {
    for (const candidate of this.#early.take(this.#remoteId)) {
      await connection.addIceCandidate(candidate).catch(() => undefined);
    }
  }

  #iceChanged(connection: RTCPeerConnection): void {
    if (connection !== this.#connection) return;
    clearTimeout(this.#restartTimer);
    if (connection.iceConnectionState === 'failed') connection.restartIce();
    if (connection.iceConnectionState === 'disconnected') {
      this.#restartTimer = setTimeout(() => connection.restartIce(), restartAfterMillis);
    }
    this.#changed(connection);
  }

  #changed(connection: RTCPeerConnection): void {
    if (connection !== this.#connection) return;
    if (connection.connectionState === 'failed' && connection.iceConnectionState !== 'failed') {
      // The keys, not the path: only a new connection helps.
      this.start();
      return;
    }
    const phase = nextPhase(this.#state.phase, connection);
    const same = phase === this.#state.phase;
    this.#state = {
      phase,
      sinceMillis: same ? this.#state.sinceMillis : this.#now(),
      tracks: receivedTracks(connection),
    };
    this.#options.onState(this.#state);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
