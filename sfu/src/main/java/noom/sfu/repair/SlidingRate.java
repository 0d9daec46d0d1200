// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.time.Duration;

/// How many bits a second came lately: over the last whole second, in steps of a tenth.
///
/// Owner: whoever created it. Nothing is allocated after the constructor.
public final class SlidingRate {
    private static final int STEPS = 10;
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

    private final long[] bytes = new long[STEPS];
    private long sumBytes;
    private long step = Long.MIN_VALUE;

    /// Bytes came.
    public void add(int lengthBytes, long nowNanos) {
        moveTo(nowNanos);
        bytes[Math.floorMod(step, STEPS)] += lengthBytes;
        sumBytes += lengthBytes;
    }

    /// Bits per second over the window that ends now.
    public long bitrateBps(long nowNanos) {
        moveTo(nowNanos);
        return sumBytes * 8;
    }

    private void moveTo(long nowNanos) {
        long now = Math.floorDiv(nowNanos, STEP_NANOS);
        long from = Math.max(step, now - STEPS);
        for (long at = from + 1; at <= now; at++) {
            int slot = Math.floorMod(at, STEPS);
            sumBytes -= bytes[slot];
            bytes[slot] = 0;
        }
        step = Math.max(step, now);
    }
}
