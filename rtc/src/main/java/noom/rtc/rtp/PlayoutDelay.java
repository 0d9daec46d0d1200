// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// How long a receiver is asked to hold a picture: two numbers of 12 bits, in units of 10 ms.
///
/// @param minMillis 0 to 40,950
/// @param maxMillis 0 to 40,950
public record PlayoutDelay(int minMillis, int maxMillis) {
    private static final int UNIT_MILLIS = 10;
    private static final int VALUE_BYTES = 3;

    /// The packet's wish, or null; also null if its least is above its most.
    public static @Nullable PlayoutDelay read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id, VALUE_BYTES);
        if (at == HeaderExtensions.ABSENT) {
            return null;
        }
        int value = BigEndian.u24(extensions.array(), at);
        int min = value >>> 12;
        int max = value & 0xFFF;
        return min > max ? null : new PlayoutDelay(min * UNIT_MILLIS, max * UNIT_MILLIS);
    }
}
