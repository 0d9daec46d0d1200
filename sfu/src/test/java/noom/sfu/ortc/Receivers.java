// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What pages say they can receive, made of the router's capabilities as mediasoup-client
/// makes it.
public final class Receivers {
    private Receivers() {}

    /// Chromium 156 kept these extension ids when it was asked.
    public static RtpCapabilities chromium() {
        return of(
                Set.of("video/VP8", "video/VP9", "video/H264", "video/AV1", "audio/opus"),
                Set.of(1, 4, 5, 6, 7, 8, 9, 11));
    }

    /// Firefox 153 without OpenH264 kept these.
    public static RtpCapabilities firefox() {
        return of(
                Set.of("video/VP8", "video/VP9", "video/AV1", "audio/opus"),
                Set.of(1, 4, 5, 6, 9, 11));
    }

    public static RtpCapabilities of(Set<String> mimeTypes, Set<Integer> extensionIds) {
        var codecs = new ArrayList<RtpCodecCapability>();
        var payloadTypes = new ArrayList<Integer>();
        for (var codec : RouterCapabilities.STANDARD.codecs()) {
            boolean isRtxOfKept =
                    payloadTypes.stream().anyMatch(pt -> codec.asParameters().repeats(pt));
            if (mimeTypes.contains(codec.mimeType()) || isRtxOfKept) {
                codecs.add(codec);
                payloadTypes.add(codec.preferredPayloadType());
            }
        }
        List<RtpHeaderExtension> extensions =
                RouterCapabilities.STANDARD.headerExtensions().stream()
                        .filter(e -> extensionIds.contains(e.preferredId()))
                        .toList();
        return new RtpCapabilities(codecs, extensions);
    }
}
