// SPDX-License-Identifier: Apache-2.0
import type { ConsumerOffer, IceParameters, TransportOpened } from '../protocol/messages';
import type { Plan } from './encodings';
import type { Role } from './roles';

/**
 * What this page needs of a library that speaks WebRTC with the router: a few verbs, so that tests
 * can stand in for it. Objects of the library's own (`Parameters`) pass through unread.
 */

export type Parameters = Record<string, unknown>;

/** As of RTCPeerConnection; a port without tracks stays new. */
export type PortState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export type Browser = 'chromium' | 'firefox' | 'safari' | 'other';

export interface PortHooks {
  /** Tells the server who will connect; awaited before anything is sent. */
  connect(dtlsParameters: Parameters): Promise<void>;
  stateChanged(state: PortState): void;
}

export interface SendHooks extends PortHooks {
  /** Resolves to the id that the server gave the track. */
  produce(role: Role, rtpParameters: Parameters): Promise<string>;
}

/** One connection of the browser to the router. */
export interface Port {
  restartIce(parameters: IceParameters): Promise<void>;
  close(): void;
}

export interface SendPort extends Port {
  produce(track: MediaStreamTrack, role: Role, plan: Plan | null): Promise<SentTrack>;
}

export interface ReceivePort extends Port {
  consume(offer: ConsumerOffer): Promise<GotTrack>;
}

/** A track of this page under way to the router; ending it leaves the track itself alone. */
export interface SentTrack {
  readonly id: string;
  /** Another track, or nothing, at once and without negotiation. */
  replace(track: MediaStreamTrack | null): Promise<void>;
  /** Those above, counted from 0, are not sent. */
  setMaxSpatialLayer(layer: number): Promise<void>;
  close(): void;
}

/** A track of somebody else. */
export interface GotTrack {
  readonly track: MediaStreamTrack;
  readonly receiver: RTCRtpReceiver | undefined;
  close(): void;
}

/** What this browser and the router have in common. */
export interface RelayDevice {
  readonly browser: Browser;
  /** Video codecs that both can do, as `VP8`. */
  readonly videoCodecs: readonly string[];
  /** What can be received, for the server. */
  readonly receives: Parameters;
  openSend(opened: TransportOpened, hooks: SendHooks): SendPort;
  openReceive(opened: TransportOpened, hooks: PortHooks): ReceivePort;
}

export type OpenDevice = (routerCapabilities: Parameters) => Promise<RelayDevice>;
