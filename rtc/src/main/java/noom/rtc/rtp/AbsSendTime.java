// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;

/// The 24 bits of abs-send-time: seconds modulo 64, in units of 2^-18 s (about 4 µs).
public final class AbsSendTime {
    /// The size of its value.
    public static final int VALUE_BYTES = 3;

    /// No such element.
    public static final int ABSENT = -1;

    private static final int FRACTION_BITS = 18;
    private static final int WRAP_SECONDS = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private AbsSendTime() {}

    /// The value for a time of any origin.
    public static int ofNanos(long nanos) {
        long inWrap = Math.floorMod(nanos, WRAP_SECONDS * NANOS_PER_SECOND);
        return (int) ((inWrap << FRACTION_BITS) / NANOS_PER_SECOND);
    }

    /// The time within its 64 seconds that a value stands for.
    public static long toNanos(int value) {
        return (value * NANOS_PER_SECOND) >> FRACTION_BITS;
    }

    /// The packet's value, or [#ABSENT].
    public static int read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id, VALUE_BYTES);
        return at == HeaderExtensions.ABSENT ? ABSENT : BigEndian.u24(extensions.array(), at);
    }
}
