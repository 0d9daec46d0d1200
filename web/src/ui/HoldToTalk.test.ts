// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HoldToTalk, longestHoldMillis } from './HoldToTalk';

function setUp(muted = true) {
  const microphone = {
    on: !muted,
    muted() {
      return !this.on;
    },
    turn(on: boolean) {
      this.on = on;
    },
  };
  return { microphone, hold: new HoldToTalk(microphone) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('HoldToTalk', () => {
  it('is heard while held', () => {
    const { microphone, hold } = setUp();
    hold.press();
    hold.press();
    expect(microphone.on).toBe(true);
    hold.release();
    expect(microphone.on).toBe(false);
  });

  it('does nothing when not muted', () => {
    const { microphone, hold } = setUp(false);
    hold.press();
    hold.release();
    expect(microphone.on).toBe(true);
  });

  it('ends by itself', () => {
    const { microphone, hold } = setUp();
    hold.press();
    vi.advanceTimersByTime(longestHoldMillis);
    expect(microphone.on).toBe(false);
  });

  it('leaves the microphone on when it was turned on for good meanwhile', () => {
    const { microphone, hold } = setUp();
    hold.press();
    hold.forget();
    hold.release();
    vi.advanceTimersByTime(longestHoldMillis);
    expect(microphone.on).toBe(true);
  });
});
