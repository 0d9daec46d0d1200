// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;

/// Translates what a page sends into the router's numbers: within the router a packet has the
/// router's payload type, a mapped SSRC and the router's extension ids; the browser's never
/// leave the producer.
public final class ConsumableBuilder {
    private static final long MAX_SSRC_BASE = 0xFFFF_0000L;

    private final RtpCapabilities router;
    private final RandomGenerator random;

    /// For a router with these capabilities.
    public ConsumableBuilder(RtpCapabilities router, RandomGenerator random) {
        this.router = router;
        this.random = random;
    }

    /// The router's view of a track.
    ///
    /// @param cname for all tracks of this person, not empty: Chromium gives none for
    ///     simulcast, and a receiver shows nothing without
    public Consumable build(ProduceCheck.Accepted track, String cname) {
        if (cname.isEmpty()) {
            throw new IllegalArgumentException("empty CNAME");
        }
        var source = track.parameters();
        var parameters =
                new RtpParameters(
                        "",
                        codecs(track),
                        extensions(track),
                        encodings(source.encodings()),
                        new RtcpParameters(cname, true),
                        source.msid());
        return new Consumable(track.kind(), track.type(), parameters, track.mode());
    }

    private List<RtpCodecParameters> codecs(ProduceCheck.Accepted track) {
        var offered = track.routerCodec();
        var codecs = new ArrayList<RtpCodecParameters>();
        codecs.add(
                new RtpCodecParameters(
                        offered.mimeType(),
                        offered.preferredPayloadType(),
                        offered.clockRate(),
                        offered.channels(),
                        track.codec().parameters(),
                        offered.rtcpFeedback()));
        // Whether the page repeats to us does not matter for whether we repeat to others.
        for (var codec : router.codecs()) {
            var rtx = codec.asParameters();
            if (rtx.repeats(offered.preferredPayloadType())) {
                codecs.add(rtx);
            }
        }
        return codecs;
    }

    private List<RtpHeaderExtensionParameters> extensions(ProduceCheck.Accepted track) {
        var extensions = new ArrayList<RtpHeaderExtensionParameters>();
        var captureTime = KnownExtension.ABS_CAPTURE_TIME;
        boolean hasCaptureTime = track.extensionIds().id(captureTime) != ExtensionIds.NONE;
        for (var extension : router.headerExtensions()) {
            boolean isThere = hasCaptureTime || !extension.uri().equals(captureTime.uri());
            if (extension.kind() == track.kind() && extension.direction().isSent() && isThere) {
                extensions.add(
                        new RtpHeaderExtensionParameters(extension.uri(), extension.preferredId()));
            }
        }
        return extensions;
    }

    private List<RtpEncodingParameters> encodings(List<RtpEncodingParameters> source) {
        long base = random.nextLong(1, MAX_SSRC_BASE);
        var encodings = new ArrayList<RtpEncodingParameters>();
        for (var encoding : source) {
            encodings.add(
                    new RtpEncodingParameters(
                            "",
                            base + encodings.size(),
                            RtpEncodingParameters.NO_SSRC,
                            encoding.scalabilityMode(),
                            encoding.maxBitrateBps(),
                            encoding.isDtx()));
        }
        return encodings;
    }
}
