// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { CodecWish } from '../media/encodings';
import type { LocalMedia } from '../media/LocalMedia';
import type { MeetingPreview, RefusalCode } from '../protocol/messages';
import { leaveByBeacon, leaveBySecret, previewMeeting } from '../signal/rest';
import { savedSecret } from '../signal/resume';
import { SocketWire } from '../signal/SocketWire';
import { Call } from './Call';

/** A visit to one meeting's address: looking, getting ready, calling, leaving. */

export interface Tally {
  readonly title: string;
  readonly millis: number;
  readonly people: number;
  readonly messages: number;
}

export type Phase =
  | { readonly kind: 'looking' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'full' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'prejoin'; readonly preview: MeetingPreview; readonly media: LocalMedia }
  | { readonly kind: 'call'; readonly call: Call }
  | {
      readonly kind: 'left';
      readonly tally: Tally;
      /** Settles when the server knows, or cannot be told. */
      readonly goodbye: Promise<void>;
    };

export interface VisitWishes {
  readonly media: () => LocalMedia;
  readonly codecWish: () => CodecWish;
  readonly entered: (meeting: { id: string; title: string }) => void;
}

export class MeetingVisit {
  readonly id: string;
  readonly phase = signal<Phase>({ kind: 'looking' });
  readonly joining = signal(false);
  readonly #wishes: VisitWishes;
  readonly #until = new AbortController();
  #media: LocalMedia | null = null;
  #call: Call | null = null;
  #name = '';
  /** What was on when another tab took over. */
  #wanted = { microphone: false, camera: false };

  constructor(id: string, wishes: VisitWishes) {
    this.id = id;
    this.#wishes = wishes;
    addEventListener('pagehide', () => this.#goodbye(), { signal: this.#until.signal });
    void this.look();
  }

  async look(): Promise<void> {
    this.phase.value = { kind: 'looking' };
    const reply = await previewMeeting(this.id, this.#until.signal);
    if (this.#until.signal.aborted) return;
    if (reply.kind === 'ok') {
      this.#media ??= this.#wishes.media();
      this.phase.value = { kind: 'prejoin', preview: reply.value, media: this.#media };
    } else if (reply.kind === 'refused' && reply.code === 'unknown-meeting') {
      this.phase.value = { kind: 'unknown' };
    } else {
      this.phase.value = { kind: 'unreachable' };
    }
  }

  join(name: string): void {
    if (this.joining.peek()) return;
    this.#name = name;
    this.joining.value = true;
    this.#media ??= this.#wishes.media();
    this.#call = new Call({
      meetingId: this.id,
      name,
      media: this.#media,
      wire: new SocketWire(),
      codecWish: this.#wishes.codecWish,
      listener: {
        entered: (call) => this.#entered(call),
        refused: (code) => this.#refused(code),
        replaced: () => this.#replaced(),
      },
    });
  }

  leave(): void {
    const call = this.#call;
    if (!call) return;
    const { people, chat } = call.session;
    const tally: Tally = {
      title: people.state.peek().meeting?.title ?? '',
      millis: Date.now() - call.enteredAtMillis,
      people: call.mostPeople,
      messages: chat.state.peek().messages.length,
    };
    const goodbye = this.#leave(call);
    this.#end();
    this.phase.value = { kind: 'left', tally, goodbye };
  }

  /** Takes the place back from the other tab. */
  useThisTab(): void {
    const { microphone, camera } = this.#wanted;
    this.join(this.#name);
    this.#media?.microphone.turn(microphone);
    this.#media?.camera.turn(camera);
  }

  close(): void {
    if (this.#call) void this.#leave(this.#call);
    this.#end();
    this.#until.abort();
  }

  /** Who is not seated, as just after a loss of the line, says goodbye by the tab's secret. */
  async #leave(call: Call): Promise<void> {
    const isSeated = call.session.inside;
    const secret = savedSecret(this.id);
    await call.leave();
    if (!isSeated && secret) await leaveBySecret(this.id, secret);
  }

  #entered(call: Call): void {
    this.joining.value = false;
    this.phase.value = { kind: 'call', call };
    const { meeting } = call.session.people.state.peek();
    this.#wishes.entered({ id: this.id, title: meeting?.title ?? '' });
  }

  #refused(code: RefusalCode): void {
    this.#call?.close();
    this.#end();
    if (code === 'meeting-full') this.phase.value = { kind: 'full' };
    else if (code === 'unknown-meeting') this.phase.value = { kind: 'unknown' };
    else this.phase.value = { kind: 'refused', code };
  }

  #replaced(): void {
    this.#wanted = {
      microphone: this.#media?.microphone.state.peek().wanted ?? false,
      camera: this.#media?.camera.state.peek().wanted ?? false,
    };
    this.#call?.close();
    this.#end();
    this.phase.value = { kind: 'replaced' };
  }

  #end(): void {
    this.joining.value = false;
    this.#call = null;
    this.#media?.close();
    this.#media = null;
  }

  #goodbye(): void {
    const secret = savedSecret(this.id);
    if (this.#call && secret) leaveByBeacon(this.id, secret);
  }
}
