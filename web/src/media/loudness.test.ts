// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { rms, SpeakingDetector, toLevel } from './loudness';

describe('loudness', () => {
  it('measures the effective value', () => {
    expect(rms(new Float32Array([0.5, -0.5, 0.5, -0.5]))).toBeCloseTo(0.5);
    expect(rms(new Float32Array(4))).toBe(0);
  });

  it('maps decibels to 0 to 1', () => {
    expect(toLevel(0)).toBe(0);
    expect(toLevel(0.0001)).toBe(0);
    expect(toLevel(10 ** (-35 / 20))).toBeCloseTo(0.5);
    expect(toLevel(1)).toBe(1);
  });
});

describe('SpeakingDetector', () => {
  it('takes 100 ms of sound to begin and 600 ms of quiet to end', () => {
    const detector = new SpeakingDetector();
    expect(detector.hear(0.8, 0)).toBe(false);
    expect(detector.hear(0.8, 50)).toBe(false);
    expect(detector.hear(0.8, 100)).toBe(true);
    expect(detector.hear(0, 400)).toBe(true);
    expect(detector.hear(0, 699)).toBe(true);
    expect(detector.hear(0, 700)).toBe(false);
  });

  it('is not fooled by a click', () => {
    const detector = new SpeakingDetector();
    detector.hear(0.9, 0);
    detector.hear(0, 50);
    expect(detector.hear(0.9, 120)).toBe(false);
  });
});
