// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import noom.rtc.rtp.ExtensionIds;

/// What came of looking at a page's wish to send a track.
public sealed interface ProduceCheck {
    /// It holds together.
    ///
    /// @param codec as the page described it
    /// @param routerCodec what the router calls it
    /// @param rtxPayloadType the page's, or [#NO_RTX]
    /// @param extensionIds the page's numbers
    /// @param mode spatial layers of the track (encodings, if there are several), temporal ones
    record Accepted(
            MediaKind kind,
            ProducerType type,
            RtpParameters parameters,
            RtpCodecParameters codec,
            RtpCodecCapability routerCodec,
            int rtxPayloadType,
            ExtensionIds extensionIds,
            ScalabilityMode mode)
            implements ProduceCheck {}

    /// It does not.
    ///
    /// @param at where in the description, for example `encodings[1].rid`
    record Refused(OrtcRefusal reason, String at) implements ProduceCheck {}

    /// No retransmissions.
    int NO_RTX = -1;
}
