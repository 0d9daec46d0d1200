// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';
import type { Tracks } from './roles';

/** Plays what others send; outside the page's tree, so that no layout change interrupts a word. */
export class Speakers {
  /** The browser wants a press before it plays sound. */
  readonly blocked = signal(false);
  readonly #players = new Map<string, { audio: HTMLAudioElement; track: MediaStreamTrack }>();
  #deviceId = '';

  /** The sound of one person; call it with every change. */
  play(personId: string, tracks: Tracks): void {
    this.#assign(`${personId} voice`, tracks.audio);
    this.#assign(`${personId} screen`, tracks.screenAudio);
  }

  forget(personId: string): void {
    this.#assign(`${personId} voice`, null);
    this.#assign(`${personId} screen`, null);
  }

  /** Empty for the system's choice. */
  setDevice(deviceId: string): void {
    this.#deviceId = deviceId;
    for (const { audio } of this.#players.values()) useSpeaker(audio, deviceId);
  }

  /** From a press of the person here. */
  unblock(): void {
    this.blocked.value = false;
    for (const { audio } of this.#players.values()) this.#start(audio);
  }

  close(): void {
    for (const key of [...this.#players.keys()]) this.#assign(key, null);
    this.blocked.value = false;
  }

  #assign(key: string, track: MediaStreamTrack | null): void {
    const player = this.#players.get(key);
    if ((player?.track ?? null) === track) return;
    if (!track) {
      player?.audio.pause();
      player?.audio.remove();
      this.#players.delete(key);
      return;
    }
    const audio = player?.audio ?? document.createElement('audio');
    audio.srcObject = new MediaStream([track]);
    audio.autoplay = true;
    this.#players.set(key, { audio, track });
    // Safari plays only what is in the document.
    if (!audio.isConnected) document.body.append(audio);
    useSpeaker(audio, this.#deviceId);
    this.#start(audio);
  }

  #start(audio: HTMLAudioElement): void {
    audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.blocked.value = true;
      }
    });
  }
}

export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

function useSpeaker(audio: HTMLAudioElement, deviceId: string): void {
  if (!canChooseSpeaker() || audio.sinkId === deviceId) return;
  audio.setSinkId(deviceId).catch(() => {
    // Unplugged meanwhile: the system's choice is better than silence.
    if (deviceId) void audio.setSinkId('');
  });
}

/** Two soft tones, made here so that nothing has to be loaded. */
export function playTestSound(context: AudioContext, deviceId: string): void {
  const target = context.createMediaStreamDestination();
  const start = context.currentTime + 0.05;
  for (const [at, frequency] of [
    [0, 523.25],
    [0.22, 659.25],
  ] as const) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, start + at);
    gain.gain.linearRampToValueAtTime(0.2, start + at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, start + at + 0.6);
    tone.connect(gain).connect(target);
    tone.start(start + at);
    tone.stop(start + at + 0.65);
  }
  const audio = new Audio();
  audio.srcObject = target.stream;
  useSpeaker(audio, deviceId);
  void audio.play();
  setTimeout(() => {
    audio.pause();
    audio.srcObject = null;
  }, 1_500);
}
