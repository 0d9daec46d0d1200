// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import noom.rtc.dtls.Fingerprint;
import noom.sfu.ortc.CodecParameter;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RtcpFeedback;
import noom.sfu.ortc.RtcpParameters;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.ortc.RtpCodecCapability;
import noom.sfu.ortc.RtpCodecParameters;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpHeaderExtension;
import noom.sfu.ortc.RtpHeaderExtensionParameters;
import noom.sfu.ortc.RtpParameters;
import org.jspecify.annotations.Nullable;

/// Descriptions of media between the SFU's records and the objects of `mediasoup-client`, as trees
/// of maps, lists and scalars. Whether a description makes sense is the SFU's to say.
public final class RtpJson {
    private RtpJson() {}

    /// A track as a page describes it; empty if it is no such object.
    public static Optional<RtpParameters> parameters(@Nullable Object tree) {
        return unlessMalformed(() -> readParameters(Tree.of(tree, "rtpParameters")));
    }

    /// What a page can receive; empty if it is no such object.
    public static Optional<RtpCapabilities> capabilities(@Nullable Object tree) {
        return unlessMalformed(() -> readCapabilities(Tree.of(tree, "rtpCapabilities")));
    }

    /// The last fingerprint of `dtlsParameters`, as the library takes it too, or empty.
    public static Optional<Fingerprint> fingerprint(@Nullable Object tree) {
        return unlessMalformed(
                        () ->
                                Tree.of(tree, "dtlsParameters")
                                        .list("fingerprints", RtpJson::readFingerprint))
                .filter(all -> !all.isEmpty())
                .flatMap(List::getLast);
    }

    private static Optional<Fingerprint> readFingerprint(Tree tree) {
        return Fingerprint.parse(tree.text("algorithm"), tree.text("value"));
    }

    private static <T> Optional<T> unlessMalformed(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (Tree.Malformed _) {
            return Optional.empty();
        }
    }

    private static RtpParameters readParameters(Tree tree) {
        var rtcp = tree.object("rtcp");
        return new RtpParameters(
                tree.text("mid", ""),
                tree.list("codecs", RtpJson::codec),
                tree.list(
                        "headerExtensions",
                        it -> new RtpHeaderExtensionParameters(it.text("uri"), it.integer("id"))),
                tree.list("encodings", RtpJson::encoding),
                new RtcpParameters(rtcp.text("cname", ""), rtcp.flag("reducedSize", true)),
                tree.text("msid", ""));
    }

    private static RtpCodecParameters codec(Tree tree) {
        return new RtpCodecParameters(
                tree.text("mimeType"),
                tree.integer("payloadType"),
                tree.integer("clockRate"),
                tree.count("channels"),
                codecParameters(tree),
                feedback(tree));
    }

    private static RtpEncodingParameters encoding(Tree tree) {
        return new RtpEncodingParameters(
                tree.text("rid", ""),
                tree.whole("ssrc", RtpEncodingParameters.NO_SSRC),
                tree.has("rtx") ? tree.object("rtx").whole("ssrc") : RtpEncodingParameters.NO_SSRC,
                tree.text("scalabilityMode", ""),
                tree.whole("maxBitrate", 0),
                tree.flag("dtx", false));
    }

    private static RtpCapabilities readCapabilities(Tree tree) {
        return new RtpCapabilities(
                tree.list("codecs", RtpJson::codecCapability),
                tree.list("headerExtensions", RtpJson::headerExtension));
    }

    private static RtpCodecCapability codecCapability(Tree tree) {
        return new RtpCodecCapability(
                kind(tree.text("kind")),
                tree.text("mimeType"),
                tree.integer("preferredPayloadType"),
                tree.integer("clockRate"),
                tree.count("channels"),
                codecParameters(tree),
                feedback(tree));
    }

    private static RtpHeaderExtension headerExtension(Tree tree) {
        var direction = tree.text("direction", "sendrecv").toUpperCase(Locale.ROOT);
        for (var known : RtpHeaderExtension.Direction.values()) {
            if (known.name().equals(direction)) {
                return new RtpHeaderExtension(
                        kind(tree.text("kind")),
                        tree.text("uri"),
                        tree.integer("preferredId"),
                        known);
            }
        }
        throw new Tree.Malformed("direction");
    }

    private static MediaKind kind(String text) {
        for (var kind : MediaKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new Tree.Malformed("kind");
    }

    private static Map<String, CodecParameter> codecParameters(Tree tree) {
        var parameters = new LinkedHashMap<String, CodecParameter>();
        tree.map("parameters")
                .forEach(
                        (name, value) ->
                                parameters.put(
                                        name,
                                        value instanceof String text
                                                ? new CodecParameter.Text(text)
                                                : new CodecParameter.Whole(
                                                        tree.object("parameters").whole(name))));
        return parameters;
    }

    private static List<RtcpFeedback> feedback(Tree tree) {
        return tree.has("rtcpFeedback")
                ? tree.list(
                        "rtcpFeedback",
                        it -> new RtcpFeedback(it.text("type"), it.text("parameter", "")))
                : List.of();
    }

    /// As `device.load` takes it.
    public static Map<String, Object> write(RtpCapabilities capabilities) {
        return ordered(
                "codecs",
                capabilities.codecs().stream().map(RtpJson::write).toList(),
                "headerExtensions",
                capabilities.headerExtensions().stream()
                        .map(
                                it ->
                                        ordered(
                                                "kind",
                                                it.kind().text(),
                                                "uri",
                                                it.uri(),
                                                "preferredId",
                                                it.preferredId(),
                                                "preferredEncrypt",
                                                false,
                                                "direction",
                                                it.direction().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    private static Map<String, Object> write(RtpCodecCapability codec) {
        var tree =
                ordered(
                        "kind",
                        codec.kind().text(),
                        "mimeType",
                        codec.mimeType(),
                        "preferredPayloadType",
                        codec.preferredPayloadType(),
                        "clockRate",
                        codec.clockRate());
        return withTail(tree, codec.channels(), codec.parameters(), codec.rtcpFeedback());
    }

    /// As `transport.consume` takes it.
    public static Map<String, Object> write(RtpParameters parameters) {
        return ordered(
                "mid",
                parameters.mid(),
                "codecs",
                parameters.codecs().stream().map(RtpJson::write).toList(),
                "headerExtensions",
                parameters.headerExtensions().stream()
                        .map(
                                it ->
                                        ordered(
                                                "uri",
                                                it.uri(),
                                                "id",
                                                it.id(),
                                                "encrypt",
                                                false,
                                                "parameters",
                                                Map.of()))
                        .toList(),
                "encodings",
                parameters.encodings().stream().map(RtpJson::write).toList(),
                "rtcp",
                ordered(
                        "cname",
                        parameters.rtcp().cname(),
                        "reducedSize",
                        parameters.rtcp().isReducedSize()),
                "msid",
                parameters.msid());
    }

    private static Map<String, Object> write(RtpCodecParameters codec) {
        var tree =
                ordered(
                        "mimeType",
                        codec.mimeType(),
                        "payloadType",
                        codec.payloadType(),
                        "clockRate",
                        codec.clockRate());
        return withTail(tree, codec.channels(), codec.parameters(), codec.rtcpFeedback());
    }

    private static Map<String, Object> withTail(
            Map<String, Object> tree,
            int channels,
            Map<String, CodecParameter> parameters,
            List<RtcpFeedback> feedback) {
        if (channels > 0) {
            tree.put("channels", channels);
        }
        var written = new LinkedHashMap<String, Object>();
        parameters.forEach(
                (name, value) ->
                        written.put(
                                name,
                                switch (value) {
                                    case CodecParameter.Text(String text) -> text;
                                    case CodecParameter.Whole(long number) -> number;
                                }));
        tree.put("parameters", written);
        tree.put(
                "rtcpFeedback",
                feedback.stream()
                        .map(it -> ordered("type", it.type(), "parameter", it.parameter()))
                        .toList());
        return tree;
    }

    private static Map<String, Object> write(RtpEncodingParameters encoding) {
        var tree = new LinkedHashMap<String, Object>();
        if (!encoding.rid().isEmpty()) {
            tree.put("rid", encoding.rid());
        }
        if (encoding.hasSsrc()) {
            tree.put("ssrc", encoding.ssrc());
        }
        if (encoding.hasRtxSsrc()) {
            tree.put("rtx", Map.of("ssrc", encoding.rtxSsrc()));
        }
        if (!encoding.scalabilityMode().isEmpty()) {
            tree.put("scalabilityMode", encoding.scalabilityMode());
        }
        if (encoding.maxBitrateBps() > 0) {
            tree.put("maxBitrate", encoding.maxBitrateBps());
        }
        return tree;
    }

    /// Names and values by turns.
    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
