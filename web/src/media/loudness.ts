// SPDX-License-Identifier: Apache-2.0
/** Loudness in numbers; pure. */

export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

const quietestDecibel = -60;
const loudestDecibel = -10;

/** 0 at -60 dBFS, 1 at -10 dBFS. */
export function toLevel(amplitude: number): number {
  if (amplitude <= 0) return 0;
  const decibel = 20 * Math.log10(amplitude);
  const level = (decibel - quietestDecibel) / (loudestDecibel - quietestDecibel);
  return Math.min(1, Math.max(0, level));
}

const speechLevel = 0.35;
const attackMillis = 100;
const releaseMillis = 600;

/** Decides who is speaking: 100 ms of sound to begin, 600 ms of quiet to end. */
export class SpeakingDetector {
  speaking = false;
  #loudSince: number | null = null;
  #lastLoud = -Infinity;

  hear(level: number, nowMillis: number): boolean {
    if (level >= speechLevel) {
      this.#loudSince ??= nowMillis;
      this.#lastLoud = nowMillis;
      if (nowMillis - this.#loudSince >= attackMillis) this.speaking = true;
    } else {
      this.#loudSince = null;
      if (nowMillis - this.#lastLoud >= releaseMillis) this.speaking = false;
    }
    return this.speaking;
  }
}
