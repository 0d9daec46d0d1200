// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.util.Arrays;
import noom.rtc.rtp.Rollover;

/// Renumbers packets, or pictures, of changing sources into one stream.
///
/// Owner: the consumer. `out = in + base - dropped below in`: what is left out on purpose
/// leaves no hole, what was lost on the way in does, so that the receiver asks for it. A
/// number once given stays given: a packet that comes late gets the number that was kept for
/// it, one that was left out stays left out, and one that is left out only after a later one
/// went leaves a hole after all. Works alike for sequence numbers and for picture ids.
public final class SeqRewriter {
    /// Not to be sent.
    public static final int DROPPED = -1;

    /// How far back of the newest a number may come late.
    public static final int WINDOW = 1_024;

    private final int outMask;
    private final long[] skippedBits = new long[WINDOW / Long.SIZE];
    private final long[] emptyBits = new long[WINDOW / Long.SIZE];
    private Rollover rollover = Rollover.ofSeq();
    private int window;
    private boolean isSynced;
    private long firstIn;
    private long newestIn;
    private long base;
    private long skippedCount;
    private long maxOut;

    /// For numbers of `outBits` that go out, the first of them `start`.
    public SeqRewriter(int outBits, int start) {
        outMask = (1 << outBits) - 1;
        maxOut = (start & outMask) - 1L;
    }

    /// Whether a source was begun.
    public boolean isSynced() {
        return isSynced;
    }

    /// Begins with another source, or anew with the same; nothing of it before `in` is sent.
    ///
    /// @param inBits width of the source's numbers
    /// @param isCut whether what was sent last was left unfinished: one number is skipped
    ///     then, which tells the receiver
    public void resync(int in, int inBits, boolean isCut) {
        rollover = Rollover.ofBits(inBits);
        window = Math.min(WINDOW, 1 << (inBits - 1)) - 1;
        firstIn = rollover.unwrap(in);
        newestIn = firstIn;
        base = maxOut + (isCut ? 2 : 1) - firstIn;
        skippedCount = 0;
        Arrays.fill(skippedBits, 0);
        Arrays.fill(emptyBits, 0);
        isSynced = true;
    }

    /// The number that goes out, or [#DROPPED]. The same for the same number.
    public int rewrite(int in) {
        long number = rollover.unwrap(in);
        if (number > newestIn) {
            advance(number);
        } else if (!isWithin(number) || has(skippedBits, number) || has(emptyBits, number)) {
            return DROPPED;
        }
        long out = outOf(number);
        maxOut = Math.max(maxOut, out);
        return (int) out & outMask;
    }

    /// Leaves a number out. Again for the same number changes nothing.
    public void drop(int in) {
        long number = rollover.unwrap(in);
        if (number > newestIn) {
            advance(number);
        } else if (!isWithin(number) || has(skippedBits, number)) {
            return;
        }
        if (outOf(number) > maxOut) {
            set(skippedBits, number);
            skippedCount++;
        } else {
            set(emptyBits, number);
        }
    }

    /// The highest number that went out, or the one before the first.
    public int maxOut() {
        return (int) maxOut & outMask;
    }

    private boolean isWithin(long number) {
        return number >= firstIn && newestIn - number <= window;
    }

    private long outOf(long number) {
        return number + base - skippedBelow(number);
    }

    private long skippedBelow(long number) {
        long above = 0;
        for (long at = number; at <= newestIn; at++) {
            above += has(skippedBits, at) ? 1 : 0;
        }
        return skippedCount - above;
    }

    private void advance(long number) {
        if (number - newestIn >= WINDOW) {
            Arrays.fill(skippedBits, 0);
            Arrays.fill(emptyBits, 0);
        } else {
            for (long at = newestIn + 1; at <= number; at++) {
                clear(skippedBits, at);
                clear(emptyBits, at);
            }
        }
        newestIn = number;
    }

    private static boolean has(long[] bits, long number) {
        return (bits[word(number)] >>> (number & 63) & 1) != 0;
    }

    private static void set(long[] bits, long number) {
        bits[word(number)] |= 1L << (number & 63);
    }

    private static void clear(long[] bits, long number) {
        bits[word(number)] &= ~(1L << (number & 63));
    }

    private static int word(long number) {
        return (int) (number & (WINDOW - 1)) >>> 6;
    }
}
