// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import org.jspecify.annotations.Nullable;

/// How a receiver must turn the picture (3GPP TS 26.114 §7.4.5).
///
/// @param isBackCamera whether it looks away from the person
/// @param isMirrored whether left and right are swapped
/// @param turnDegrees 0, 90, 180 or 270, as the sender's picture is turned
public record VideoOrientation(boolean isBackCamera, boolean isMirrored, int turnDegrees) {
    /// The packet's orientation, or null.
    public static @Nullable VideoOrientation read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id, 1);
        if (at == HeaderExtensions.ABSENT) {
            return null;
        }
        int value = extensions.array()[at];
        return new VideoOrientation((value & 8) != 0, (value & 4) != 0, (value & 3) * 90);
    }
}
