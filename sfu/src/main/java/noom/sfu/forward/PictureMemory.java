// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.util.Arrays;
import noom.rtc.rtp.RtpTimestamp;

/// What was decided about the last pictures, by their timestamps, so that a packet that comes
/// late is treated as the others of its picture were.
final class PictureMemory {
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int SLOTS = 64;

    private final long[] ticks = new long[SLOTS];
    private final int[] decisions = new int[SLOTS];
    private int next;
    private long newestTicks;
    private boolean isEmpty = true;

    PictureMemory() {
        clear();
    }

    void clear() {
        Arrays.fill(decisions, UNKNOWN);
        isEmpty = true;
    }

    /// What was decided, or [#UNKNOWN]; newest first.
    int find(long timestampTicks) {
        for (int i = 1; i <= SLOTS; i++) {
            int slot = (next - i) & (SLOTS - 1);
            if (decisions[slot] != UNKNOWN && ticks[slot] == timestampTicks) {
                return decisions[slot];
            }
        }
        return UNKNOWN;
    }

    void put(long timestampTicks, int decision) {
        ticks[next] = timestampTicks;
        decisions[next] = decision;
        next = (next + 1) & (SLOTS - 1);
        if (isEmpty || RtpTimestamp.distanceTicks(newestTicks, timestampTicks) > 0) {
            newestTicks = timestampTicks;
            isEmpty = false;
        }
    }

    /// Whether a later picture was seen already.
    boolean isOld(long timestampTicks) {
        return !isEmpty && RtpTimestamp.distanceTicks(newestTicks, timestampTicks) < 0;
    }
}
