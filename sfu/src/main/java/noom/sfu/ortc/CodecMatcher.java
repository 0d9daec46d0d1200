// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.Locale;

/// Whether two descriptions mean the same codec, strictly: what one encodes the other decodes.
final class CodecMatcher {
    private static final String PROFILE_ID = "profile-id";
    private static final String PROFILE_LEVEL_ID = "profile-level-id";
    private static final String PACKETIZATION_MODE = "packetization-mode";

    private CodecMatcher() {}

    static boolean isRtx(String mimeType) {
        return mimeType.toLowerCase(Locale.ROOT).endsWith("/rtx");
    }

    /// Compares MIME type, clock rate and channels; of H.264 packetization mode and profile
    /// too, of VP9 the profile. Payload types do not matter.
    static boolean matches(RtpCodecCapability capability, RtpCodecParameters codec) {
        return capability.mimeType().equalsIgnoreCase(codec.mimeType())
                && capability.clockRate() == codec.clockRate()
                && channels(capability.channels()) == channels(codec.channels())
                && hasSameProfile(capability.asParameters(), codec);
    }

    /// One channel unless told (RFC 8866 §6.6).
    private static int channels(int told) {
        return Math.max(1, told);
    }

    private static boolean hasSameProfile(RtpCodecParameters a, RtpCodecParameters b) {
        return switch (a.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/vp9" -> text(a, PROFILE_ID, "0").equals(text(b, PROFILE_ID, "0"));
            case "video/h264" ->
                    text(a, PACKETIZATION_MODE, "0").equals(text(b, PACKETIZATION_MODE, "0"))
                            && hasSameH264Profile(a, b);
            default -> true;
        };
    }

    private static boolean hasSameH264Profile(RtpCodecParameters a, RtpCodecParameters b) {
        var standard = H264Profile.DEFAULT_PROFILE_LEVEL_ID;
        var profile = H264Profile.parse(text(a, PROFILE_LEVEL_ID, standard));
        return profile.isPresent()
                && profile.equals(H264Profile.parse(text(b, PROFILE_LEVEL_ID, standard)));
    }

    private static String text(RtpCodecParameters codec, String name, String standard) {
        var value = codec.parameters().get(name);
        return value == null ? standard : value.text();
    }
}
