// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// When the first sample was captured, by the clock of who captured it.
///
/// @param captureNtp NTP time, unsigned: 32 bits of seconds since 1900, 32 of fraction
/// @param clockOffsetNtp what to add for the sender's clock, signed, same unit; 0 unless
///     known
/// @param hasClockOffset whether the packet carries it
public record AbsCaptureTime(long captureNtp, long clockOffsetNtp, boolean hasClockOffset) {
    private static final int SHORT_BYTES = 8;
    private static final int LONG_BYTES = 16;

    /// The packet's time, or null.
    public static @Nullable AbsCaptureTime read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id);
        if (at == HeaderExtensions.ABSENT) {
            return null;
        }
        byte[] bytes = extensions.array();
        return switch (extensions.lengthAt(at)) {
            case SHORT_BYTES -> new AbsCaptureTime(BigEndian.u64(bytes, at), 0, false);
            case LONG_BYTES ->
                    new AbsCaptureTime(
                            BigEndian.u64(bytes, at), BigEndian.u64(bytes, at + 8), true);
            default -> null;
        };
    }
}
