// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When the packets of one transport arrived, by their transport-wide sequence numbers
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). Immutable.
///
/// It tells about [#statusCount()] packets from [#baseSeq()]. Only those that arrived are
/// kept, as each of them took a byte on the wire while 8,191 losses take two: so a hostile
/// packet cannot make this larger than itself by more than a small factor. Times are in
/// ticks of 250 µs.
public final class TransportFeedback {
    /// One tick of [#forEachArrival].
    public static final long TICK_NANOS = 250_000;

    /// The reference time counts units of 64 ms.
    public static final int TICKS_PER_REFERENCE = 256;

    /// The reference time wraps after about twelve days.
    public static final int REFERENCE_BITS = 24;

    private final int baseSeq;
    private final int statusCount;
    private final int reference;
    private final int feedbackCount;
    private final int[] offsets;
    private final int[] deltaTicks;

    /// Takes the arrays as its own.
    ///
    /// @param offsets of what arrived from the base, ascending
    /// @param deltaTicks after the arrival before; the first after the reference time
    TransportFeedback(
            int baseSeq,
            int statusCount,
            int reference,
            int feedbackCount,
            int[] offsets,
            int[] deltaTicks) {
        this.baseSeq = baseSeq;
        this.statusCount = statusCount;
        this.reference = reference;
        this.feedbackCount = feedbackCount;
        this.offsets = offsets;
        this.deltaTicks = deltaTicks;
    }

    /// Takes arrivals.
    public interface ArrivalSink {
        /// Takes one arrival.
        ///
        /// @param seq transport-wide sequence number, 16 bits
        /// @param ticks after the reference time, negative if before
        void onArrival(int seq, long ticks);
    }

    /// The first packet it tells about.
    public int baseSeq() {
        return baseSeq;
    }

    /// How many packets it tells about, 1 to 65,535.
    public int statusCount() {
        return statusCount;
    }

    /// The reference time in units of 64 ms, 24 bits: unwrap it before comparing.
    public int reference() {
        return reference;
    }

    /// Number of this feedback, 8 bits: a gap is feedback that was lost.
    public int feedbackCount() {
        return feedbackCount;
    }

    /// How many of them arrived.
    public int arrivedCount() {
        return offsets.length;
    }

    /// Whether the packet `offset` after the base arrived.
    public boolean hasArrived(int offset) {
        return Arrays.binarySearch(offsets, offset) >= 0;
    }

    /// Every arrival, by ascending sequence number.
    public void forEachArrival(ArrivalSink sink) {
        long ticks = 0;
        for (int i = 0; i < offsets.length; i++) {
            ticks += deltaTicks[i];
            sink.onArrival((baseSeq + offsets[i]) & 0xFFFF, ticks);
        }
    }

    /// Offset from the base of the n-th arrival.
    int offset(int n) {
        return offsets[n];
    }

    /// Ticks since the arrival before the n-th.
    int deltaTicks(int n) {
        return deltaTicks[n];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransportFeedback that
                && baseSeq == that.baseSeq
                && statusCount == that.statusCount
                && reference == that.reference
                && feedbackCount == that.feedbackCount
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(deltaTicks, that.deltaTicks);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * baseSeq + reference) + Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        return "TransportFeedback[base=%d, count=%d, arrived=%s, deltas=%s, reference=%d, n=%d]"
                .formatted(
                        baseSeq,
                        statusCount,
                        Arrays.toString(offsets),
                        Arrays.toString(deltaTicks),
                        reference,
                        feedbackCount);
    }
}
