// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.Rollover;

/// Asks the sender of one stream for what was lost on the way in (RFC 4585 §6.2.1).
///
/// Owner: the producer's encoding. A number that was jumped over is asked for after
/// [#PATIENCE_NANOS], as it may only be late, then once each round trip, [#MAX_TRIES] times.
/// What is older than a key frame is of no use any more. Whoever lost more than
/// [#MAX_MISSING] packets needs a key frame, not packets.
public final class NackGenerator {
    /// How long a packet may be late before it is asked for.
    public static final long PATIENCE_NANOS = Duration.ofMillis(10).toNanos();

    /// The time between two looks at the list.
    public static final long INTERVAL_NANOS = Duration.ofMillis(40).toNanos();

    /// A round trip, until it is measured.
    public static final long DEFAULT_ROUND_TRIP_NANOS = Duration.ofMillis(100).toNanos();

    /// How often one packet is asked for.
    public static final int MAX_TRIES = 10;

    /// Most packets missing at a time.
    public static final int MAX_MISSING = 1_000;

    /// How far back of the newest a packet is still asked for, in packets.
    public static final int MAX_AGE_PACKETS = 10_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Sink sink;
    private final Rollover rollover = Rollover.ofSeq();
    private final long[] missing = new long[MAX_MISSING];
    private final long[] sinceNanos = new long[MAX_MISSING];
    private final long[] askedNanos = new long[MAX_MISSING];
    private final int[] tries = new int[MAX_MISSING];
    private int count;
    private long newest;
    private boolean isStarted;
    private long roundTripNanos = DEFAULT_ROUND_TRIP_NANOS;
    private long checkedNanos = NEVER;

    /// What comes out.
    public interface Sink {
        /// These packets are to be asked for.
        void onMissing(List<Rtcp.Nack.Item> items);

        /// Too much is missing.
        void onTooMuchMissing();
    }

    /// Asks through this.
    public NackGenerator(Sink sink) {
        this.sink = sink;
    }

    /// The round trip to the sender as measured.
    public void onRoundTrip(long nanos) {
        roundTripNanos = Math.max(nanos, PATIENCE_NANOS);
    }

    /// A packet came, by itself or sent again.
    ///
    /// @return whether it had been asked for
    public boolean onPacket(int seq, boolean isKeyFrameStart, long nowNanos) {
        long number = rollover.unwrap(seq);
        if (!isStarted) {
            isStarted = true;
            newest = number;
            return false;
        }
        if (number <= newest) {
            return forget(number);
        }
        if (isKeyFrameStart) {
            forgetBelow(number);
            newest = number - 1;
        }
        addMissing(number, nowNanos);
        newest = number;
        return false;
    }

    private void addMissing(long number, long nowNanos) {
        forgetBelow(number - MAX_AGE_PACKETS);
        if (count + number - newest - 1 > MAX_MISSING) {
            count = 0;
            sink.onTooMuchMissing();
            return;
        }
        for (long at = newest + 1; at < number; at++) {
            missing[count] = at;
            sinceNanos[count] = nowNanos;
            askedNanos[count] = NEVER;
            tries[count++] = 0;
        }
    }

    /// Asks for what has become due.
    public void advance(long nowNanos) {
        if (count == 0 || nowNanos < nextDeadlineNanos()) {
            return;
        }
        checkedNanos = nowNanos;
        List<Rtcp.Nack.Item> items = new ArrayList<>();
        long first = 0;
        int following = 0;
        boolean isOpen = false;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean isDue =
                    askedNanos[i] == NEVER
                            ? nowNanos - sinceNanos[i] >= PATIENCE_NANOS
                            : nowNanos - askedNanos[i] >= roundTripNanos;
            if (isDue) {
                askedNanos[i] = nowNanos;
                tries[i]++;
                int bit = (int) Math.min(missing[i] - first - 1, 16);
                if (isOpen && bit < 16) {
                    following |= 1 << bit;
                } else {
                    if (isOpen) {
                        items.add(new Rtcp.Nack.Item((int) first & 0xFFFF, following));
                    }
                    isOpen = true;
                    first = missing[i];
                    following = 0;
                }
            }
            if (tries[i] < MAX_TRIES) {
                move(i, kept++);
            }
        }
        count = kept;
        if (isOpen) {
            items.add(new Rtcp.Nack.Item((int) first & 0xFFFF, following));
            sink.onMissing(items);
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        if (checkedNanos == NEVER) {
            return sinceNanos[0] + PATIENCE_NANOS;
        }
        long next = checkedNanos + INTERVAL_NANOS;
        boolean isNewest = askedNanos[count - 1] == NEVER;
        return isNewest ? Math.min(next, sinceNanos[count - 1] + PATIENCE_NANOS) : next;
    }

    /// How many packets are missing.
    public int missingCount() {
        return count;
    }

    private boolean forget(long number) {
        for (int i = 0; i < count; i++) {
            if (missing[i] == number) {
                boolean wasAsked = tries[i] > 0;
                for (int j = i + 1; j < count; j++) {
                    move(j, j - 1);
                }
                count--;
                return wasAsked;
            }
        }
        return false;
    }

    private void forgetBelow(long number) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (missing[i] >= number) {
                move(i, kept++);
            }
        }
        count = kept;
    }

    private void move(int from, int to) {
        missing[to] = missing[from];
        sinceNanos[to] = sinceNanos[from];
        askedNanos[to] = askedNanos[from];
        tries[to] = tries[from];
    }
}
