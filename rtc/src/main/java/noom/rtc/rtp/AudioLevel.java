// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import org.jspecify.annotations.Nullable;

/// How loud a packet's sound is (RFC 6464).
///
/// @param isVoice whether the sender takes it for speech
/// @param attenuationDb below the loudest possible: 0 is loudest, 127 is silence
public record AudioLevel(boolean isVoice, int attenuationDb) {
    private static final int VOICE = 0x80;

    /// The packet's level, or null. The two-byte form may carry a padding byte (RFC 6464 §3).
    public static @Nullable AudioLevel read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id);
        if (at == HeaderExtensions.ABSENT || extensions.lengthAt(at) == 0) {
            return null;
        }
        int value = extensions.array()[at];
        return new AudioLevel((value & VOICE) != 0, value & ~VOICE & 0xFF);
    }
}
