// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The records as pages write them, for tests only: the server has its own translation.
public final class OrtcJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, RtpParameters> CAPTURED = new ConcurrentHashMap<>();

    private OrtcJson() {}

    /// What a browser sent when it was asked, by its name among the test resources.
    public static RtpParameters captured(String name) {
        return CAPTURED.computeIfAbsent(name, OrtcJson::readCaptured);
    }

    private static RtpParameters readCaptured(String name) {
        try (var in = OrtcJson.class.getResourceAsStream("produce/produce-" + name + ".json")) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a browser said it can receive.
    static RtpCapabilities capabilities(String browser) {
        JsonNode node;
        try (var in = OrtcJson.class.getResourceAsStream("receive/receive-" + browser + ".json")) {
            node = MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var codecs = new ArrayList<RtpCodecCapability>();
        for (var codec : node.path("codecs")) {
            codecs.add(
                    new RtpCodecCapability(
                            kind(codec),
                            codec.path("mimeType").asString(),
                            codec.path("preferredPayloadType").asInt(),
                            codec.path("clockRate").asInt(),
                            codec.path("channels").asInt(0),
                            parameters(codec.path("parameters")),
                            feedback(codec.path("rtcpFeedback"))));
        }
        var extensions = new ArrayList<RtpHeaderExtension>();
        for (var extension : node.path("headerExtensions")) {
            extensions.add(
                    new RtpHeaderExtension(
                            kind(extension),
                            extension.path("uri").asString(),
                            extension.path("preferredId").asInt(),
                            RtpHeaderExtension.Direction.valueOf(
                                    extension
                                            .path("direction")
                                            .asString()
                                            .toUpperCase(Locale.ROOT))));
        }
        return new RtpCapabilities(codecs, extensions);
    }

    private static MediaKind kind(JsonNode node) {
        return MediaKind.valueOf(node.path("kind").asString().toUpperCase(Locale.ROOT));
    }

    static RtpParameters read(String json) {
        var node = MAPPER.readTree(json);
        var codecs = new ArrayList<RtpCodecParameters>();
        for (var codec : node.path("codecs")) {
            codecs.add(
                    new RtpCodecParameters(
                            codec.path("mimeType").asString(),
                            codec.path("payloadType").asInt(),
                            codec.path("clockRate").asInt(),
                            codec.path("channels").asInt(0),
                            parameters(codec.path("parameters")),
                            feedback(codec.path("rtcpFeedback"))));
        }
        var extensions = new ArrayList<RtpHeaderExtensionParameters>();
        for (var extension : node.path("headerExtensions")) {
            extensions.add(
                    new RtpHeaderExtensionParameters(
                            extension.path("uri").asString(), extension.path("id").asInt()));
        }
        var encodings = new ArrayList<RtpEncodingParameters>();
        for (var encoding : node.path("encodings")) {
            encodings.add(
                    new RtpEncodingParameters(
                            encoding.path("rid").asString(""),
                            encoding.path("ssrc").asLong(RtpEncodingParameters.NO_SSRC),
                            encoding.path("rtx").path("ssrc").asLong(RtpEncodingParameters.NO_SSRC),
                            encoding.path("scalabilityMode").asString(""),
                            encoding.path("maxBitrate").asLong(0),
                            encoding.path("dtx").asBoolean(false)));
        }
        var rtcp = node.path("rtcp");
        return new RtpParameters(
                node.path("mid").asString(""),
                codecs,
                extensions,
                encodings,
                new RtcpParameters(
                        rtcp.path("cname").asString(""), rtcp.path("reducedSize").asBoolean()),
                node.path("msid").asString(""));
    }

    private static Map<String, CodecParameter> parameters(JsonNode node) {
        var parameters = new LinkedHashMap<String, CodecParameter>();
        for (var entry : node.properties()) {
            var value = entry.getValue();
            parameters.put(
                    entry.getKey(),
                    value.isIntegralNumber()
                            ? new CodecParameter.Whole(value.asLong())
                            : new CodecParameter.Text(value.asString()));
        }
        return parameters;
    }

    private static List<RtcpFeedback> feedback(JsonNode node) {
        var feedback = new ArrayList<RtcpFeedback>();
        for (var one : node) {
            feedback.add(
                    new RtcpFeedback(
                            one.path("type").asString(), one.path("parameter").asString("")));
        }
        return feedback;
    }

    static String write(RtpParameters parameters) {
        var node = MAPPER.createObjectNode();
        node.put("mid", parameters.mid());
        var codecs = node.putArray("codecs");
        for (var codec : parameters.codecs()) {
            var to = codecs.addObject();
            to.put("mimeType", codec.mimeType());
            to.put("payloadType", codec.payloadType());
            to.put("clockRate", codec.clockRate());
            if (codec.channels() > 0) {
                to.put("channels", codec.channels());
            }
            write(codec.parameters(), to.putObject("parameters"));
            write(codec.rtcpFeedback(), to.putArray("rtcpFeedback"));
        }
        var extensions = node.putArray("headerExtensions");
        for (var extension : parameters.headerExtensions()) {
            extensions.addObject().put("uri", extension.uri()).put("id", extension.id());
        }
        var encodings = node.putArray("encodings");
        for (var encoding : parameters.encodings()) {
            write(encoding, encodings.addObject());
        }
        var rtcp = node.putObject("rtcp");
        rtcp.put("cname", parameters.rtcp().cname());
        rtcp.put("reducedSize", parameters.rtcp().isReducedSize());
        node.put("msid", parameters.msid());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    private static void write(Map<String, CodecParameter> parameters, ObjectNode to) {
        parameters.forEach(
                (name, value) -> {
                    switch (value) {
                        case CodecParameter.Text(String text) -> to.put(name, text);
                        case CodecParameter.Whole(long number) -> to.put(name, number);
                    }
                });
    }

    private static void write(List<RtcpFeedback> feedback, ArrayNode to) {
        for (var one : feedback) {
            to.addObject().put("type", one.type()).put("parameter", one.parameter());
        }
    }

    private static void write(RtpEncodingParameters encoding, ObjectNode to) {
        if (!encoding.rid().isEmpty()) {
            to.put("rid", encoding.rid());
        }
        if (encoding.hasSsrc()) {
            to.put("ssrc", encoding.ssrc());
        }
        if (encoding.hasRtxSsrc()) {
            to.putObject("rtx").put("ssrc", encoding.rtxSsrc());
        }
        if (!encoding.scalabilityMode().isEmpty()) {
            to.put("scalabilityMode", encoding.scalabilityMode());
        }
        if (encoding.maxBitrateBps() > 0) {
            to.put("maxBitrate", encoding.maxBitrateBps());
        }
    }
}
