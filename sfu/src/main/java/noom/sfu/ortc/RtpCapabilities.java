// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.List;

/// What a router or a page can receive; the order of codecs is their preference.
public record RtpCapabilities(
        List<RtpCodecCapability> codecs, List<RtpHeaderExtension> headerExtensions) {
    /// Takes copies.
    public RtpCapabilities {
        codecs = List.copyOf(codecs);
        headerExtensions = List.copyOf(headerExtensions);
    }
}
