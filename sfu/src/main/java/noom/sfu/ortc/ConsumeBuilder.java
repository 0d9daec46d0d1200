// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import noom.rtc.rtp.KnownExtension;
import org.jspecify.annotations.Nullable;

/// Makes of a track in the router's numbers what one receiver gets of it.
///
/// The receiver's capabilities are hostile until they are within bounds. Its receive
/// capabilities carry the router's payload types and ids, so an extension counts only if both
/// URI and id are the same.
public final class ConsumeBuilder {
    private static final long SSRC_END = 1L << 32;

    private final RandomGenerator random;

    /// With a source of SSRCs.
    public ConsumeBuilder(RandomGenerator random) {
        this.random = random;
    }

    /// What the receiver's transport knows and has already.
    ///
    /// @param mid of the new stream; at most eight characters
    /// @param ssrcs taken; borrowed until the stream is built
    public record Place(String mid, Set<Long> ssrcs) {}

    /// Matches a track with a receiver.
    public ConsumeCheck build(Consumable track, RtpCapabilities peer, Place place) {
        var refusal = refusal(peer);
        if (refusal != null) {
            return new ConsumeCheck.Refused(refusal.reason(), refusal.at());
        }
        var source = track.parameters();
        var media = source.codecs().getFirst();
        var match =
                peer.codecs().stream()
                        .filter(c -> !c.isRtx() && CodecMatcher.matches(c, media))
                        .findFirst();
        if (match.isEmpty()) {
            return new ConsumeCheck.Refused(OrtcRefusal.NOTHING_IN_COMMON, "codecs");
        }
        var rtx = rtx(source, peer, match.get());
        var extensions = extensions(track, peer);
        var codecs = new ArrayList<RtpCodecParameters>();
        codecs.add(withFeedback(media, match.get().rtcpFeedback(), extensions));
        rtx.ifPresent(codecs::add);
        return new ConsumeCheck.Accepted(
                new RtpParameters(
                        place.mid(),
                        codecs,
                        extensions,
                        List.of(encoding(track, place, rtx.isPresent())),
                        source.rtcp(),
                        source.msid()));
    }

    private static ProduceCheck.@Nullable Refused refusal(RtpCapabilities peer) {
        var limits = new OrtcLimits();
        limits.atMost(OrtcLimits.MAX_CAPABILITY_CODECS, peer.codecs(), "codecs");
        limits.atMost(
                OrtcLimits.MAX_CAPABILITY_EXTENSIONS, peer.headerExtensions(), "headerExtensions");
        for (int i = 0; i < peer.codecs().size() && limits.refusal() == null; i++) {
            var codec = peer.codecs().get(i);
            limits.text(codec.mimeType(), OrtcLimits.MAX_TEXT_BYTES, "codecs");
            limits.parameters(codec.parameters(), "codecs", i);
            limits.feedback(codec.rtcpFeedback(), "codecs", i);
            limits.payloadType(codec.preferredPayloadType(), "codecs", i);
        }
        for (int i = 0; i < peer.headerExtensions().size() && limits.refusal() == null; i++) {
            var extension = peer.headerExtensions().get(i);
            limits.text(extension.uri(), OrtcLimits.MAX_TEXT_BYTES, "headerExtensions");
            limits.extensionId(extension.preferredId(), "headerExtensions", i);
        }
        return limits.refusal();
    }

    /// RTX stays only beside its media codec.
    private static Optional<RtpCodecParameters> rtx(
            RtpParameters source, RtpCapabilities peer, RtpCodecCapability match) {
        boolean isKnown =
                peer.codecs().stream()
                        .anyMatch(c -> c.asParameters().repeats(match.preferredPayloadType()));
        return isKnown
                ? source.codecs().stream().filter(c -> c.isRtx()).findFirst()
                : Optional.empty();
    }

    /// The library lists an extension of both kinds once, under either.
    private static List<RtpHeaderExtensionParameters> extensions(
            Consumable track, RtpCapabilities peer) {
        return track.parameters().headerExtensions().stream()
                .filter(
                        ours ->
                                peer.headerExtensions().stream()
                                        .anyMatch(
                                                theirs ->
                                                        theirs.uri().equals(ours.uri())
                                                                && theirs.preferredId()
                                                                        == ours.id()))
                .toList();
    }

    /// One kind of bandwidth feedback at most: the better one that both sides can.
    private static RtpCodecParameters withFeedback(
            RtpCodecParameters codec,
            List<RtcpFeedback> theirs,
            List<RtpHeaderExtensionParameters> extensions) {
        boolean hasArrivals = has(extensions, KnownExtension.TRANSPORT_CC);
        boolean hasRemb = !hasArrivals && has(extensions, KnownExtension.ABS_SEND_TIME);
        var feedback = new ArrayList<>(theirs);
        if (!hasArrivals) {
            feedback.removeIf(one -> one.type().equals(RtcpFeedback.TRANSPORT_CC.type()));
        }
        if (!hasRemb) {
            feedback.removeIf(one -> one.type().equals(RtcpFeedback.REMB.type()));
        }
        return new RtpCodecParameters(
                codec.mimeType(),
                codec.payloadType(),
                codec.clockRate(),
                codec.channels(),
                codec.parameters(),
                feedback);
    }

    private static boolean has(
            List<RtpHeaderExtensionParameters> extensions, KnownExtension wanted) {
        return extensions.stream().anyMatch(e -> e.uri().equals(wanted.uri()));
    }

    private RtpEncodingParameters encoding(Consumable track, Place place, boolean hasRtx) {
        long ssrc;
        do {
            ssrc = random.nextLong(1, SSRC_END - 1);
        } while (ssrc == RouterCapabilities.PROBATOR_SSRC
                || ssrc + 1 == RouterCapabilities.PROBATOR_SSRC
                || place.ssrcs().contains(ssrc)
                || place.ssrcs().contains(ssrc + 1));
        var encodings = track.parameters().encodings();
        long maxBitrateBps = 0;
        for (var encoding : encodings) {
            maxBitrateBps = Math.max(maxBitrateBps, encoding.maxBitrateBps());
        }
        boolean isLayered = !track.mode().equals(ScalabilityMode.NONE);
        return new RtpEncodingParameters(
                "",
                ssrc,
                hasRtx ? ssrc + 1 : RtpEncodingParameters.NO_SSRC,
                isLayered ? track.mode().text() : "",
                maxBitrateBps,
                encodings.getFirst().isDtx());
    }
}
