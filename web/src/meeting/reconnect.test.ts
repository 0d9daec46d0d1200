// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { lossStage, secondsSince } from './reconnect';

describe('lossStage', () => {
  it.each([
    [0, 'fine'],
    [999, 'fine'],
    [1_000, 'checking'],
    [2_999, 'checking'],
    [3_000, 'lost'],
    [20_000, 'lost'],
    [20_001, 'long'],
  ] as const)('after %d ms is %s', (millis, stage) => {
    expect(lossStage(5_000, 5_000 + millis)).toBe(stage);
  });

  it('is fine while linked', () => {
    expect(lossStage(null, 99)).toBe('fine');
  });

  it('counts whole seconds, never below zero', () => {
    expect(secondsSince(1_000, 3_999)).toBe(2);
    expect(secondsSince(5_000, 1_000)).toBe(0);
  });
});
