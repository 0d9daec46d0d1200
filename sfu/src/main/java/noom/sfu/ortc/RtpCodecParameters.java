// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import noom.rtc.codec.VideoCodec;

/// A codec of a stream.
///
/// @param mimeType `video/VP8`; compared without regard to case
/// @param payloadType 0 to 127
/// @param clockRate in Hz
/// @param channels of sound; 0 for video
public record RtpCodecParameters(
        String mimeType,
        int payloadType,
        int clockRate,
        int channels,
        Map<String, CodecParameter> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    /// The parameter of RTX that names the codec it repeats (RFC 4588 §8.1).
    public static final String APT = "apt";

    /// Takes copies; the order stays.
    public RtpCodecParameters {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        rtcpFeedback = List.copyOf(rtcpFeedback);
    }

    /// Whether it carries retransmissions of another.
    public boolean isRtx() {
        return CodecMatcher.isRtx(mimeType);
    }

    /// Whether it repeats what has this payload type.
    boolean repeats(int mediaPayloadType) {
        var apt = parameters.get(APT);
        return isRtx()
                && apt instanceof CodecParameter.Whole(long value)
                && value == mediaPayloadType;
    }

    /// Which picture codec it is, if it is one.
    public Optional<VideoCodec> videoCodec() {
        return switch (mimeType.toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> Optional.of(VideoCodec.VP8);
            case "video/vp9" -> Optional.of(VideoCodec.VP9);
            case "video/h264" -> Optional.of(VideoCodec.H264);
            case "video/av1" -> Optional.of(VideoCodec.AV1);
            default -> Optional.empty();
        };
    }
}
