// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A codec that a peer can receive.
///
/// @param mimeType `video/VP8`; compared without regard to case
/// @param preferredPayloadType 0 to 127
/// @param clockRate in Hz
/// @param channels of sound; 0 for video
public record RtpCodecCapability(
        MediaKind kind,
        String mimeType,
        int preferredPayloadType,
        int clockRate,
        int channels,
        Map<String, CodecParameter> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    /// Takes copies; the order stays.
    public RtpCodecCapability {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        rtcpFeedback = List.copyOf(rtcpFeedback);
    }

    /// Whether it carries retransmissions of another.
    public boolean isRtx() {
        return CodecMatcher.isRtx(mimeType);
    }

    /// The same as a stream's codec, under the number that is preferred.
    RtpCodecParameters asParameters() {
        return new RtpCodecParameters(
                mimeType, preferredPayloadType, clockRate, channels, parameters, rtcpFeedback);
    }
}
