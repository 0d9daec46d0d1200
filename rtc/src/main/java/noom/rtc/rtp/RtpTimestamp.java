// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

/// A 32-bit RTP timestamp, where 0 follows 4,294,967,295 (RFC 3550 §5.1).
///
/// @param ticks of the payload type's clock, 0 to 2^32 - 1
public record RtpTimestamp(long ticks) {
    private static final long MASK = 0xFFFF_FFFFL;

    /// Checks the width.
    ///
    /// @throws IllegalArgumentException if the value has more than 32 bits
    public RtpTimestamp {
        if ((ticks & ~MASK) != 0) {
            throw new IllegalArgumentException("timestamp " + ticks);
        }
    }

    /// The timestamp in the low 32 bits of any number.
    public static RtpTimestamp ofLowBits(long number) {
        return new RtpTimestamp(number & MASK);
    }

    /// How far `to` lies after `from`: -2^31 to 2^31 - 1, the short way round.
    public static int distanceTicks(long from, long to) {
        return (int) (to - from);
    }

    /// The timestamp `count` ticks later; earlier, if negative.
    public RtpTimestamp plusTicks(long count) {
        return ofLowBits(ticks + count);
    }

    /// How far `other` lies after this one, see [#distanceTicks].
    public int ticksTo(RtpTimestamp other) {
        return distanceTicks(ticks, other.ticks);
    }

    /// Whether this one comes after. Of two half the circle apart neither does.
    public boolean isAfter(RtpTimestamp other) {
        return distanceTicks(other.ticks, ticks) > 0;
    }
}
