// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.List;

/// A track as one side sends it to the other.
///
/// @param mid empty if there is none
/// @param codecs the media codec, then its RTX
/// @param msid stream id, space, track id; empty if there is none
public record RtpParameters(
        String mid,
        List<RtpCodecParameters> codecs,
        List<RtpHeaderExtensionParameters> headerExtensions,
        List<RtpEncodingParameters> encodings,
        RtcpParameters rtcp,
        String msid) {
    /// Takes copies.
    public RtpParameters {
        codecs = List.copyOf(codecs);
        headerExtensions = List.copyOf(headerExtensions);
        encodings = List.copyOf(encodings);
    }
}
