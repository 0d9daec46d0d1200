// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What pages say they can receive; `npm run capture` in `e2e` asks browsers of today.
public final class Receivers {
    private static final RtpCapabilities CHROMIUM = OrtcJson.capabilities("chromium");

    private Receivers() {}

    public static RtpCapabilities chromium() {
        return CHROMIUM;
    }

    /// Without OpenH264, so without H264.
    public static RtpCapabilities firefox() {
        return OrtcJson.capabilities("firefox");
    }

    /// Others, made as mediasoup-client makes them.
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
