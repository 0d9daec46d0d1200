// SPDX-License-Identifier: Apache-2.0
import type { ConsumerOffer, IceParameters, TransportOpened } from '../protocol/messages';
import type { Plan } from './encodings';
import { FakeTrack } from './FakeTrack.testkit';
import type {
  Browser,
  GotTrack,
  PortHooks,
  PortState,
  ReceivePort,
  RelayDevice,
  SendHooks,
  SendPort,
  SentTrack,
} from './RelayDevice';
import { fromWire, kindOf, type Role } from './roles';

/** A stand-in for the library that speaks WebRTC with the router. */
export class FakeDevice implements RelayDevice {
  browser: Browser = 'chromium';
  videoCodecs: readonly string[] = ['VP8', 'VP9', 'H264', 'AV1'];
  readonly receives = { receives: true };
  readonly sending: FakeSendPort[] = [];
  readonly receiving: FakeReceivePort[] = [];
  /** No path to the router: nothing connects. */
  blocked = false;

  openSend(opened: TransportOpened, hooks: SendHooks): FakeSendPort {
    const port = new FakeSendPort(opened.transportId, hooks, this.blocked);
    this.sending.push(port);
    return port;
  }

  openReceive(opened: TransportOpened, hooks: PortHooks): FakeReceivePort {
    const port = new FakeReceivePort(opened.transportId, hooks, this.blocked);
    this.receiving.push(port);
    return port;
  }

  /** Those of now. */
  get send(): FakeSendPort {
    return present(this.sending.at(-1));
  }

  get receive(): FakeReceivePort {
    return present(this.receiving.at(-1));
  }
}

class FakePort {
  closed = false;
  readonly restarts: IceParameters[] = [];
  readonly id: string;
  readonly #hooks: PortHooks;
  readonly #blocked: boolean;
  #connecting: Promise<void> | null = null;

  constructor(id: string, hooks: PortHooks, blocked: boolean) {
    this.id = id;
    this.#hooks = hooks;
    this.#blocked = blocked;
  }

  restartIce(parameters: IceParameters): Promise<void> {
    this.restarts.push(parameters);
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  /** The path breaks or comes back. */
  path(state: PortState): void {
    this.#hooks.stateChanged(state);
  }

  /** With the first track, as the library does it. */
  protected connect(): Promise<void> {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  async #connect(): Promise<void> {
    await this.#hooks.connect({ fingerprint: this.id });
    this.path('connecting');
    if (!this.#blocked) this.path('connected');
  }
}

export class FakeSent implements SentTrack {
  readonly id: string;
  readonly role: Role;
  readonly plan: Plan | null;
  track: MediaStreamTrack | null;
  closed = false;
  readonly layers: number[] = [];
  /** A negotiation that has not come to its end. */
  slow: Promise<void> = Promise.resolve();

  constructor(id: string, role: Role, track: MediaStreamTrack | null, plan: Plan | null) {
    this.id = id;
    this.role = role;
    this.track = track;
    this.plan = plan;
  }

  replace(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  /** As the library does it: what was done last is not done again, whatever is under way. */
  async setMaxSpatialLayer(layer: number): Promise<void> {
    if (layer === this.layers.at(-1)) return;
    await this.slow;
    this.layers.push(layer);
  }

  close(): void {
    this.closed = true;
  }
}

export class FakeSendPort extends FakePort implements SendPort {
  readonly sent: FakeSent[] = [];
  readonly #hooks: SendHooks;

  constructor(id: string, hooks: SendHooks, blocked: boolean) {
    super(id, hooks, blocked);
    this.#hooks = hooks;
  }

  async produce(track: MediaStreamTrack, role: Role, plan: Plan | null): Promise<SentTrack> {
    if (track.readyState === 'ended') throw new Error('track ended');
    await this.connect();
    const id = await this.#hooks.produce(role, { role });
    const sent = new FakeSent(id, role, track, plan);
    this.sent.push(sent);
    return sent;
  }

  /** What goes out under a role now. */
  of(role: Role): FakeSent | undefined {
    return this.sent.find((each) => each.role === role && !each.closed);
  }
}

export class FakeReceivePort extends FakePort implements ReceivePort {
  readonly got = new Map<string, GotTrack & { closed: boolean }>();
  /** What taking a track ends with. */
  fails: Error | null = null;

  async consume({ consumerId, role }: ConsumerOffer): Promise<GotTrack> {
    await this.connect();
    if (this.fails) throw this.fails;
    const got = {
      track: new FakeTrack(kindOf(fromWire(role)), consumerId).asTrack,
      receiver: { of: consumerId } as unknown as RTCRtpReceiver,
      closed: false,
      close: () => void (got.closed = true),
    };
    this.got.set(consumerId, got);
    return got;
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not opened');
  return value;
}
