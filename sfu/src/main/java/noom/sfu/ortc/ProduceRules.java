// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import org.jspecify.annotations.Nullable;

/// What a page's description of a track must fulfil; it is hostile until it does.
///
/// Unknown header extensions and codecs' unknown parameters are taken, bounded, and lead to
/// nothing. Rids need to differ within a track only: every page calls its layers r0, r1, r2,
/// and the mid tells two tracks apart.
public final class ProduceRules {
    private static final long MAX_SSRC = 0xFFFF_FFFFL;
    private static final Pattern RID = Pattern.compile("[0-9A-Za-z_-]{1,16}");
    private static final String CODECS = "codecs";
    private static final String EXTENSIONS = "headerExtensions";
    private static final String ENCODINGS = "encodings";

    private final RtpCapabilities router;

    /// Rules of a router with these capabilities.
    public ProduceRules(RtpCapabilities router) {
        this.router = router;
    }

    /// What a transport has already.
    public record InUse(Set<String> mids, Set<Long> ssrcs) {
        /// Nothing yet.
        public static final InUse NOTHING = new InUse(Set.of(), Set.of());

        /// Takes copies.
        public InUse {
            mids = Set.copyOf(mids);
            ssrcs = Set.copyOf(ssrcs);
        }
    }

    /// Looks at a description.
    public ProduceCheck check(MediaKind kind, RtpParameters parameters, InUse inUse) {
        var limits = new OrtcLimits();
        checkSizes(parameters, limits);
        if (limits.refusal() == null) {
            limits.require(
                    parameters.mid().isEmpty() || !inUse.mids().contains(parameters.mid()),
                    OrtcRefusal.DUPLICATE_MID,
                    "mid");
            checkCodecs(kind, parameters, limits);
            checkExtensions(parameters, limits);
            checkEncodings(parameters, inUse, limits);
        }
        var refusal = limits.refusal();
        return refusal == null ? accept(kind, parameters) : refusal;
    }

    private static void checkSizes(RtpParameters parameters, OrtcLimits limits) {
        limits.atMost(OrtcLimits.MAX_CODECS, parameters.codecs(), CODECS);
        limits.atMost(OrtcLimits.MAX_EXTENSIONS, parameters.headerExtensions(), EXTENSIONS);
        limits.atMost(OrtcLimits.MAX_ENCODINGS, parameters.encodings(), ENCODINGS);
        limits.text(parameters.mid(), OrtcLimits.MAX_NAME_BYTES, "mid");
        limits.text(parameters.msid(), OrtcLimits.MAX_TEXT_BYTES, "msid");
        limits.text(parameters.rtcp().cname(), OrtcLimits.MAX_TEXT_BYTES, "rtcp.cname");
    }

    private void checkCodecs(MediaKind kind, RtpParameters parameters, OrtcLimits limits) {
        var payloadTypes = new HashSet<Integer>();
        RtpCodecParameters media = null;
        for (int i = 0; i < parameters.codecs().size() && limits.refusal() == null; i++) {
            var codec = parameters.codecs().get(i);
            limits.text(codec.mimeType(), OrtcLimits.MAX_TEXT_BYTES, CODECS);
            limits.parameters(codec.parameters(), CODECS, i);
            limits.feedback(codec.rtcpFeedback(), CODECS, i);
            limits.payloadType(codec.payloadType(), CODECS, i);
            boolean isNew = payloadTypes.add(codec.payloadType());
            limits.require(isNew, OrtcRefusal.DUPLICATE_PAYLOAD_TYPE, CODECS, i, "");
            boolean isOfKind =
                    codec.mimeType().toLowerCase(Locale.ROOT).startsWith(kind.text() + "/");
            limits.require(isOfKind, OrtcRefusal.WRONG_KIND, CODECS, i, "");
            if (codec.isRtx()) {
                boolean repeats = media != null && codec.repeats(media.payloadType());
                limits.require(repeats, OrtcRefusal.BAD_APT, CODECS, i, "");
            } else {
                limits.require(media == null, OrtcRefusal.SEVERAL_CODECS, CODECS, i, "");
                boolean isOffered = routerCodec(codec) != null;
                limits.require(isOffered, OrtcRefusal.UNSUPPORTED_CODEC, CODECS, i, "");
                media = codec;
            }
        }
        limits.require(media != null, OrtcRefusal.NO_CODEC, CODECS);
    }

    private static void checkExtensions(RtpParameters parameters, OrtcLimits limits) {
        var ids = new HashSet<Integer>();
        var uris = new HashSet<String>();
        for (int i = 0; i < parameters.headerExtensions().size(); i++) {
            var extension = parameters.headerExtensions().get(i);
            limits.text(extension.uri(), OrtcLimits.MAX_TEXT_BYTES, EXTENSIONS);
            limits.extensionId(extension.id(), EXTENSIONS, i);
            boolean isNewId = ids.add(extension.id());
            boolean isNew = uris.add(extension.uri()) && isNewId;
            limits.require(isNew, OrtcRefusal.DUPLICATE_EXTENSION, EXTENSIONS, i, "");
        }
    }

    private static void checkEncodings(RtpParameters parameters, InUse inUse, OrtcLimits limits) {
        var encodings = parameters.encodings();
        limits.require(!encodings.isEmpty(), OrtcRefusal.NO_ENCODING, ENCODINGS);
        var rids = new HashSet<String>();
        var ssrcs = new HashSet<>(inUse.ssrcs());
        for (int i = 0; i < encodings.size() && limits.refusal() == null; i++) {
            var encoding = encodings.get(i);
            checkSsrc(encoding.ssrc(), ssrcs, limits, i, ".ssrc");
            checkSsrc(encoding.rtxSsrc(), ssrcs, limits, i, ".rtx.ssrc");
            if (!encoding.rid().isEmpty()) {
                limits.require(isRid(encoding.rid()), OrtcRefusal.BAD_RID, ENCODINGS, i, ".rid");
                boolean isNew = rids.add(encoding.rid());
                limits.require(isNew, OrtcRefusal.DUPLICATE_RID, ENCODINGS, i, ".rid");
                boolean isCarried = encoding.hasSsrc() || hasExtension(parameters);
                limits.require(isCarried, OrtcRefusal.NO_RID_EXTENSION, ENCODINGS, i, ".rid");
            }
            boolean isNamed =
                    encodings.size() == 1 || encoding.hasSsrc() || !encoding.rid().isEmpty();
            limits.require(isNamed, OrtcRefusal.UNNAMED_ENCODING, ENCODINGS, i, "");
            checkMode(encoding, encodings.size(), limits, i);
        }
    }

    private static void checkSsrc(
            long ssrc, Set<Long> ssrcs, OrtcLimits limits, int index, String field) {
        if (ssrc == RtpEncodingParameters.NO_SSRC) {
            return;
        }
        boolean isValid = ssrc >= 0 && ssrc <= MAX_SSRC;
        limits.require(isValid, OrtcRefusal.BAD_SSRC, ENCODINGS, index, field);
        limits.require(ssrcs.add(ssrc), OrtcRefusal.DUPLICATE_SSRC, ENCODINGS, index, field);
    }

    private static void checkMode(
            RtpEncodingParameters encoding, int encodingCount, OrtcLimits limits, int index) {
        if (encoding.scalabilityMode().isEmpty()) {
            return;
        }
        var mode = ScalabilityMode.parse(encoding.scalabilityMode());
        limits.require(mode.isPresent(), OrtcRefusal.BAD_SCALABILITY_MODE, ENCODINGS, index, "");
        boolean isMixed =
                encodingCount > 1 && mode.isPresent() && mode.get().spatialLayerCount() > 1;
        limits.require(!isMixed, OrtcRefusal.MIXED_LAYERS, ENCODINGS, index, "");
    }

    private static boolean isRid(String rid) {
        return RID.matcher(rid).matches();
    }

    private static boolean hasExtension(RtpParameters parameters) {
        var uri = KnownExtension.RID.uri();
        return parameters.headerExtensions().stream().anyMatch(e -> e.uri().equals(uri));
    }

    private @Nullable RtpCodecCapability routerCodec(RtpCodecParameters codec) {
        for (var offered : router.codecs()) {
            if (!offered.isRtx() && CodecMatcher.matches(offered, codec)) {
                return offered;
            }
        }
        return null;
    }

    private ProduceCheck accept(MediaKind kind, RtpParameters parameters) {
        var codec = parameters.codecs().getFirst();
        var routerCodec = routerCodec(codec);
        if (routerCodec == null) {
            throw new IllegalStateException("no codec in " + parameters);
        }
        int rtx = ProduceCheck.NO_RTX;
        if (parameters.codecs().size() > 1) {
            rtx = parameters.codecs().get(1).payloadType();
        }
        var mode = mode(parameters);
        return new ProduceCheck.Accepted(
                kind,
                type(codec, parameters, mode),
                parameters,
                codec,
                routerCodec,
                rtx,
                extensionIds(parameters),
                mode);
    }

    private static ScalabilityMode mode(RtpParameters parameters) {
        var encodings = parameters.encodings();
        var mode =
                ScalabilityMode.parse(encodings.getFirst().scalabilityMode())
                        .orElse(ScalabilityMode.NONE);
        return encodings.size() == 1
                ? mode
                : new ScalabilityMode(encodings.size(), mode.temporalLayerCount(), false);
    }

    private static ProducerType type(
            RtpCodecParameters codec, RtpParameters parameters, ScalabilityMode mode) {
        if (parameters.encodings().size() > 1) {
            return ProducerType.SIMULCAST;
        }
        if (mode.equals(ScalabilityMode.NONE)) {
            return ProducerType.SIMPLE;
        }
        return switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/vp9", "video/av1" -> ProducerType.SVC;
            case "video/vp8", "video/h264" -> ProducerType.SIMULCAST;
            default -> ProducerType.SIMPLE;
        };
    }

    private static ExtensionIds extensionIds(RtpParameters parameters) {
        var ids = new EnumMap<KnownExtension, Integer>(KnownExtension.class);
        for (var extension : parameters.headerExtensions()) {
            KnownExtension.ofUri(extension.uri())
                    .ifPresent(known -> ids.put(known, extension.id()));
        }
        return ExtensionIds.of(ids).orElseThrow();
    }
}
