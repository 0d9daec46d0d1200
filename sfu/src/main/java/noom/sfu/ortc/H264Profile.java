// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The profile within a `profile-level-id` of H.264 (RFC 6184 §8.1, table 5).
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH,
    PREDICTIVE_HIGH_444;

    /// What is meant when nothing is said: what browsers take, not the RFC's level 1.
    static final String DEFAULT_PROFILE_LEVEL_ID = "42e01f";

    private static final int HEX_DIGITS = 6;

    /// The profile of six hexadecimal digits: profile_idc, profile-iop, level_idc. The level
    /// does not matter, it may differ in each direction.
    static Optional<H264Profile> parse(String profileLevelId) {
        if (profileLevelId.length() != HEX_DIGITS
                || !profileLevelId.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(profileLevelId, 16);
        int iop = bits >>> 8 & 0xFF;
        return Optional.ofNullable(
                switch (bits >>> 16) {
                    case 0x42 -> baseline(iop, 0x40);
                    case 0x58 -> (iop & 0x80) == 0 ? null : baseline(iop, 0x40);
                    case 0x4D -> main(iop);
                    case 0x64 -> high(iop);
                    case 0xF4 -> iop == 0 ? PREDICTIVE_HIGH_444 : null;
                    default -> null;
                });
    }

    private static @Nullable H264Profile baseline(int iop, int constrained) {
        if ((iop & 0x0F) != 0) {
            return null;
        }
        return (iop & constrained) != 0 ? CONSTRAINED_BASELINE : BASELINE;
    }

    private static @Nullable H264Profile main(int iop) {
        if ((iop & 0x8F) == 0x80) {
            return CONSTRAINED_BASELINE;
        }
        return (iop & 0xAF) == 0 ? MAIN : null;
    }

    private static @Nullable H264Profile high(int iop) {
        return switch (iop) {
            case 0x00 -> HIGH;
            case 0x0C -> CONSTRAINED_HIGH;
            default -> null;
        };
    }
}
