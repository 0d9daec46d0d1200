// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.Arrays;
import noom.rtc.rtp.Rollover;
import noom.rtc.rtp.SeqNo;
import org.jspecify.annotations.Nullable;

/// Remembers when the packets of one transport arrived, and makes transport-cc feedback of
/// it.
///
/// Owner: whoever created it. A feedback begins where the last one ended, so that each
/// number is told about once, as arrived or lost. A packet that comes late, within
/// [#HISTORY_NANOS], makes the next feedback begin with it: what was told about after it is
/// then told again. When to ask for feedback is the caller's affair: every 50 to 100 ms, or
/// when a thousand packets wait.
public final class ArrivalRecorder {
    /// How long an arrival that was told about is remembered.
    public static final long HISTORY_NANOS = 500_000_000L;

    /// Most arrivals in one feedback. Each takes at most six bytes (a delta of two, and two
    /// chunks if losses stand before it), so feedback stays below 1,200 bytes.
    static final int MAX_ARRIVALS = 180;

    /// How many numbers are remembered, told or not.
    static final int SLOTS = 8_192;

    /// How far back of what has been told a packet may come late, in numbers.
    static final int MAX_LATE_COUNT = 1_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Rollover rollover = Rollover.ofSeq();
    private final long[] arrivalTicks = new long[SLOTS];
    private final int[] offsets = new int[MAX_ARRIVALS];
    private final int[] deltaTicks = new int[MAX_ARRIVALS];
    private boolean isEmpty = true;
    private long nextToTell;
    private long newest;
    private int feedbackCount;

    /// Takes an arrival. The first of several with one number counts.
    ///
    /// @param transportSeq 16 bits
    /// @param nowNanos of a clock of any origin that does not go back
    public void onPacket(int transportSeq, long nowNanos) {
        long seq = rollover.unwrap(transportSeq);
        if (isEmpty || seq - newest >= SLOTS) {
            restart(seq);
        }
        for (; newest < seq; newest++) {
            arrivalTicks[slot(newest + 1)] = NEVER;
        }
        nextToTell = Math.max(nextToTell, newest - SLOTS + 1);
        long ticks = Math.floorDiv(nowNanos, TransportFeedback.TICK_NANOS);
        if (isTooLate(seq, ticks) || arrivalTicks[slot(seq)] != NEVER) {
            return;
        }
        arrivalTicks[slot(seq)] = ticks;
        nextToTell = Math.min(nextToTell, seq);
    }

    /// How many numbers wait to be told about.
    public int pendingCount() {
        return isEmpty ? 0 : (int) (newest + 1 - nextToTell);
    }

    /// What has not been told yet, as much as one feedback takes; null if there is nothing.
    ///
    /// Call until it is null. A jump of more than eight seconds ends a feedback early.
    public @Nullable TransportFeedback next() {
        if (pendingCount() == 0) {
            return null;
        }
        long base = nextToTell;
        long seq = base;
        while (arrivalTicks[slot(seq)] == NEVER) {
            seq++; // the newest has arrived, so this ends
        }
        long reference =
                Math.floorDiv(arrivalTicks[slot(seq)], TransportFeedback.TICKS_PER_REFERENCE);
        long previousTicks = reference * TransportFeedback.TICKS_PER_REFERENCE;
        int count = 0;
        for (; seq <= newest && count < MAX_ARRIVALS; seq++) {
            long ticks = arrivalTicks[slot(seq)];
            if (ticks == NEVER) {
                continue;
            }
            long delta = ticks - previousTicks;
            if (delta != (short) delta) {
                break;
            }
            offsets[count] = (int) (seq - base);
            deltaTicks[count++] = (int) delta;
            previousTicks = ticks;
            nextToTell = seq + 1;
        }
        return new TransportFeedback(
                SeqNo.ofLowBits(base).value(),
                (int) (nextToTell - base),
                (int) reference & ((1 << TransportFeedback.REFERENCE_BITS) - 1),
                feedbackCount++ & 0xFF,
                Arrays.copyOf(offsets, count),
                Arrays.copyOf(deltaTicks, count));
    }

    /// The first packet, or one so far ahead that everything before it is another age.
    private void restart(long seq) {
        Arrays.fill(arrivalTicks, NEVER);
        isEmpty = false;
        nextToTell = seq;
        newest = seq;
    }

    /// Whether a number that was told as lost, or stands before the first, may be told anew:
    /// only if what arrived after it is still remembered. The search is bounded, as a
    /// hostile sender chooses the numbers.
    private boolean isTooLate(long seq, long nowTicks) {
        if (seq >= nextToTell) {
            return false;
        }
        if (nextToTell - seq > MAX_LATE_COUNT || newest - seq >= SLOTS) {
            return true;
        }
        long after = seq + 1;
        while (after < newest && arrivalTicks[slot(after)] == NEVER) {
            after++;
        }
        return arrivalTicks[slot(after)] < nowTicks - HISTORY_NANOS / TransportFeedback.TICK_NANOS;
    }

    private static int slot(long seq) {
        return (int) Math.floorMod(seq, (long) SLOTS);
    }
}
