// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

/// Makes a number that wraps endless: 65,535 then 0 become 65,535 then 65,536.
///
/// Owner: whoever created it. A number is taken for the one nearest to the newest so far, so
/// it may be late or early by just under half the circle. The first number is itself; what
/// is older than the first may come out negative.
public final class Rollover {
    private final int bits;
    private long newest;
    private boolean hasNewest;

    private Rollover(int bits) {
        this.bits = bits;
    }

    /// For sequence numbers, and all else of 16 bits.
    public static Rollover ofSeq() {
        return new Rollover(16);
    }

    /// For RTP timestamps.
    public static Rollover ofTimestamp() {
        return new Rollover(32);
    }

    /// For numbers of 2 to 62 bits: 15 for a picture id, 24 for a reference time.
    ///
    /// @throws IllegalArgumentException for another width
    public static Rollover ofBits(int bits) {
        if (bits < 2 || bits > 62) {
            throw new IllegalArgumentException("a number of " + bits + " bits");
        }
        return new Rollover(bits);
    }

    /// What the number stands for; remembered if it is the newest.
    public long unwrap(long wrapped) {
        long unwrapped = peek(wrapped);
        if (!hasNewest || unwrapped > newest) {
            newest = unwrapped;
            hasNewest = true;
        }
        return unwrapped;
    }

    /// What the number stands for, without remembering it. Bits above the width are ignored.
    public long peek(long wrapped) {
        int unused = Long.SIZE - bits;
        if (!hasNewest) {
            return wrapped << unused >>> unused;
        }
        // The difference, sign-extended from the number's own width: the short way round.
        return newest + ((wrapped - newest) << unused >> unused);
    }
}
