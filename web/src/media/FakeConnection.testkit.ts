// SPDX-License-Identifier: Apache-2.0
/**
 * A stand-in for RTCPeerConnection in tests: signalling states, implicit rollback, negotiationneeded
 * and the rule that transceivers made by addTransceiver are not taken over by a remote offer.
 */
interface FakeDescription {
  type: 'offer' | 'answer';
  sdp: string;
}

export interface FakeTransceiver {
  kind: string;
  mid: number | null;
  direction: string;
  sender: {
    track: MediaStreamTrack | null;
    replaceTrack(track: MediaStreamTrack | null): Promise<void>;
    setStreams(...streams: MediaStream[]): void;
  };
  receiver: { track: MediaStreamTrack };
}

interface Session {
  /** Stands for the DTLS fingerprint: one per connection. */
  fingerprint: number;
  generation: number;
  kinds: string[];
}

let made = 0;

export class FakeConnection {
  signalingState: RTCSignalingState = 'stable';
  iceConnectionState: RTCIceConnectionState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: FakeDescription | null = null;
  remoteDescription: FakeDescription | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  readonly transceivers: FakeTransceiver[] = [];
  readonly candidates: string[] = [];
  readonly fingerprint = ++made;
  restarts = 0;
  blocked = false;
  #generation = 1;
  #needed = false;
  /** Asked for by restartIce and not yet negotiated; a rollback does not end it. */
  #restarting = false;
  #peer: number | null = null;

  addTransceiver(kind: string, init: { direction: string }): FakeTransceiver {
    const transceiver = this.#transceiver(kind, null, init.direction);
    this.#need();
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  async setLocalDescription(): Promise<void> {
    this.#checkOpen();
    await Promise.resolve();
    this.#checkOpen();
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    if (type === 'offer') {
      this.transceivers.forEach((transceiver, index) => (transceiver.mid ??= index));
    }
    const session: Session = {
      fingerprint: this.fingerprint,
      generation: this.#generation,
      kinds: this.transceivers.filter(({ mid }) => mid !== null).map(({ kind }) => kind),
    };
    this.localDescription = { type, sdp: JSON.stringify(session) };
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    this.onicecandidate?.({ candidate: candidateOf(`${this.fingerprint}-${this.#generation}`) });
    if (type === 'answer') this.#settle();
  }

  async setRemoteDescription(description: FakeDescription): Promise<void> {
    this.#checkOpen();
    await Promise.resolve();
    this.#checkOpen();
    const session = JSON.parse(description.sdp) as Session;
    if (this.#peer !== null && this.#peer !== session.fingerprint) throw new Error('other keys');
    if (description.type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new Error('answer in ' + this.signalingState);
    }
    this.#peer = session.fingerprint;
    this.remoteDescription = description;
    if (description.type === 'offer') {
      this.signalingState = 'have-remote-offer';
      session.kinds.forEach((kind, mid) => {
        if (!this.transceivers.some((each) => each.mid === mid)) {
          this.#transceiver(kind, mid, 'recvonly');
        }
      });
    } else {
      this.signalingState = 'stable';
      this.#restarting = false;
      this.#settle();
    }
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await Promise.resolve();
    if (!this.remoteDescription) throw new Error('candidate before description');
    this.candidates.push(candidate.candidate ?? '');
  }

  restartIce(): void {
    this.restarts++;
    this.#generation++;
    this.#restarting = true;
    this.#need();
  }

  close(): void {
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  /** The path breaks or comes back. */
  path(state: 'connected' | 'disconnected' | 'failed'): void {
    this.iceConnectionState = state;
    this.connectionState = state;
    this.oniceconnectionstatechange?.();
    this.onconnectionstatechange?.();
  }

  #settle(): void {
    if (!this.blocked) this.path('connected');
    if (this.#needed || this.#restarting || this.transceivers.some(({ mid }) => mid === null))
      this.#need();
  }

  #need(): void {
    this.#needed = true;
    queueMicrotask(() => {
      if (!this.#needed || this.signalingState !== 'stable') return;
      this.#needed = false;
      this.onnegotiationneeded?.();
    });
  }

  #transceiver(kind: string, mid: number | null, direction: string): FakeTransceiver {
    const transceiver: FakeTransceiver = {
      kind,
      mid,
      direction,
      sender: {
        track: null,
        replaceTrack(track) {
          this.track = track;
          return Promise.resolve();
        },
        setStreams: () => undefined,
      },
      receiver: { track: { kind } as MediaStreamTrack },
    };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  #checkOpen(): void {
    if (this.connectionState === 'closed') throw new DOMException('', 'InvalidStateError');
  }
}

function candidateOf(candidate: string): RTCIceCandidate {
  return {
    candidate,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: null,
  } as RTCIceCandidate;
}
