// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.Arrays;
import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// The wire form of [TransportFeedback], after the two SSRCs (draft §3.1).
///
/// ```
/// base sequence number (16) | packet status count (16)
/// reference time (24) | feedback packet count (8)
/// chunks of two bytes, until each packet has its status
/// a delta for each packet that arrived: one byte, or two if negative or above 255 ticks
/// ```
///
/// A chunk is a run (0, status in 2 bits, length in 13) or a vector: 14 statuses of one bit
/// (10, lost or small delta) or 7 of two bits (11).
final class TransportFeedbackCodec {
    static final int FIXED_BYTES = 8;

    private static final int LOST = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private static final int VECTOR = 0x8000;
    private static final int TWO_BIT_VECTOR = 0xC000;
    private static final int MAX_RUN = 0x1FFF;
    private static final int RUN_STATUS_SHIFT = 13;
    private static final int ONE_BIT_COUNT = 14;
    private static final int TWO_BIT_COUNT = 7;

    private TransportFeedbackCodec() {}

    static @Nullable TransportFeedback decode(byte[] bytes, int at, int end) {
        if (at + FIXED_BYTES > end) {
            return null;
        }
        int statusCount = BigEndian.u16(bytes, at + 2);
        if (statusCount == 0) {
            return null;
        }
        var arrivals = new Decoding(bytes, at + FIXED_BYTES, end, statusCount);
        if (!arrivals.readChunks() || !arrivals.readDeltas()) {
            return null;
        }
        return new TransportFeedback(
                BigEndian.u16(bytes, at),
                statusCount,
                BigEndian.u24(bytes, at + 4),
                BigEndian.u8(bytes, at + 7),
                Arrays.copyOf(arrivals.offsets, arrivals.count),
                Arrays.copyOf(arrivals.deltas, arrivals.count));
    }

    static void encode(TransportFeedback feedback, RtcpOut out) {
        out.u16(feedback.baseSeq());
        out.u16(feedback.statusCount());
        out.u24(feedback.reference());
        out.u8(feedback.feedbackCount());
        int arrival = 0;
        int at = 0;
        while (at < feedback.statusCount()) {
            at += encodeChunk(feedback, at, arrival, out);
            while (arrival < feedback.arrivedCount() && feedback.offset(arrival) < at) {
                arrival++;
            }
        }
        for (int i = 0; i < feedback.arrivedCount(); i++) {
            int delta = feedback.deltaTicks(i);
            if (isSmall(delta)) {
                out.u8(delta);
            } else {
                out.u16(delta);
            }
        }
        out.padToWord();
    }

    /// One chunk for the statuses from `at`; returns how many it holds.
    ///
    /// A run where it says at least as much as the vector that could stand there.
    private static int encodeChunk(TransportFeedback feedback, int at, int arrival, RtcpOut out) {
        int left = feedback.statusCount() - at;
        int status = status(feedback, at, arrival);
        int run = run(feedback, at, arrival, status);
        int oneBit = Math.min(ONE_BIT_COUNT, left);
        boolean isOneBit = true;
        for (int i = 0, n = arrival; i < oneBit; i++) {
            int next = status(feedback, at + i, n);
            isOneBit &= next != LARGE;
            n += next == LOST ? 0 : 1;
        }
        int vector = isOneBit ? oneBit : Math.min(TWO_BIT_COUNT, left);
        if (run >= vector) {
            out.u16(status << RUN_STATUS_SHIFT | run);
            return run;
        }
        int bits = isOneBit ? 1 : 2;
        int symbols = 0;
        for (int i = 0, n = arrival; i < vector; i++) {
            int next = status(feedback, at + i, n);
            symbols |= next << (14 - bits * (i + 1));
            n += next == LOST ? 0 : 1;
        }
        out.u16((isOneBit ? VECTOR : TWO_BIT_VECTOR) | symbols);
        return vector;
    }

    /// How many packets from `at` share its status, at most what a chunk can say.
    private static int run(TransportFeedback feedback, int at, int arrival, int status) {
        int most = Math.min(MAX_RUN, feedback.statusCount() - at);
        if (status == LOST) {
            boolean isLast = arrival == feedback.arrivedCount();
            return isLast ? most : Math.min(most, feedback.offset(arrival) - at);
        }
        int run = 1;
        while (run < most && status(feedback, at + run, arrival + run) == status) {
            run++;
        }
        return run;
    }

    /// @param arrival the first arrival that is not before `at`
    private static int status(TransportFeedback feedback, int at, int arrival) {
        if (arrival >= feedback.arrivedCount() || feedback.offset(arrival) != at) {
            return LOST;
        }
        return isSmall(feedback.deltaTicks(arrival)) ? SMALL : LARGE;
    }

    private static boolean isSmall(int delta) {
        return delta >= 0 && delta <= 0xFF;
    }

    /// The arrivals of one packet as they are read: first the offsets, then their deltas.
    private static final class Decoding {
        private final byte[] bytes;
        private final int end;
        private final int statusCount;
        private final int[] offsets;
        private final int[] deltas;
        private int at;
        private int count;
        private int deltaBytes;

        Decoding(byte[] bytes, int at, int end, int statusCount) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
            this.statusCount = statusCount;
            // Every arrival has a delta of at least a byte.
            int most = Math.min(statusCount, end - at);
            offsets = new int[most];
            deltas = new int[most];
        }

        boolean readChunks() {
            int seen = 0;
            while (seen < statusCount) {
                if (at + 2 > end) {
                    return false;
                }
                int chunk = BigEndian.u16(bytes, at);
                at += 2;
                int held = heldBy(chunk);
                int some = Math.min(held, statusCount - seen);
                if (held == 0 || !takeChunk(chunk, seen, some)) {
                    return false;
                }
                seen += some;
            }
            return true;
        }

        boolean readDeltas() {
            if (at + deltaBytes > end) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (deltas[i] == SMALL) {
                    deltas[i] = BigEndian.u8(bytes, at++);
                } else {
                    deltas[i] = (short) BigEndian.u16(bytes, at);
                    at += 2;
                }
            }
            return true;
        }

        private static int heldBy(int chunk) {
            if ((chunk & VECTOR) == 0) {
                return chunk & MAX_RUN;
            }
            return (chunk & TWO_BIT_VECTOR) == TWO_BIT_VECTOR ? TWO_BIT_COUNT : ONE_BIT_COUNT;
        }

        private boolean takeChunk(int chunk, int seen, int some) {
            if ((chunk & VECTOR) == 0) {
                int status = chunk >>> RUN_STATUS_SHIFT;
                for (int i = 0; i < some && status != LOST; i++) {
                    if (!take(status, seen + i)) {
                        return false;
                    }
                }
                return true;
            }
            int bits = (chunk & TWO_BIT_VECTOR) == TWO_BIT_VECTOR ? 2 : 1;
            for (int i = 0; i < some; i++) {
                int status = chunk >>> (14 - bits * (i + 1)) & ((1 << bits) - 1);
                if (!take(status, seen + i)) {
                    return false;
                }
            }
            return true;
        }

        /// @return false if the status is reserved, or there is no room for its delta
        private boolean take(int status, int offset) {
            if (status == LOST) {
                return true;
            }
            deltaBytes += status;
            if (status > LARGE || at + deltaBytes > end) {
                return false;
            }
            offsets[count] = offset;
            deltas[count++] = status;
            return true;
        }
    }
}
