// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

/// A 16-bit sequence number, where 0 follows 65,535 (RFC 3550 §5.1, RFC 1982).
///
/// @param value 0 to 65,535
public record SeqNo(int value) {
    private static final int MASK = 0xFFFF;

    /// Checks the width.
    ///
    /// @throws IllegalArgumentException if the value has more than 16 bits
    public SeqNo {
        if ((value & ~MASK) != 0) {
            throw new IllegalArgumentException("sequence number " + value);
        }
    }

    /// The sequence number in the low 16 bits of any number.
    public static SeqNo ofLowBits(long number) {
        return new SeqNo((int) number & MASK);
    }

    /// How far `to` lies after `from`: -32,768 to 32,767, the short way round.
    public static int distance(int from, int to) {
        return (short) (to - from);
    }

    /// The number `count` further on; back, if negative.
    public SeqNo plus(int count) {
        return ofLowBits(value + (long) count);
    }

    /// How far `other` lies after this one, see [#distance].
    public int distanceTo(SeqNo other) {
        return distance(value, other.value);
    }

    /// Whether this one comes after. Of two numbers half the circle apart neither does.
    public boolean isAfter(SeqNo other) {
        return distance(other.value, value) > 0;
    }
}
