// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each rule at its limit and one step past it.
class ProduceRulesTest {
    private static final RtpParameters SIMULCAST = OrtcJson.captured("chromium-vp8-3enc-L1T3");
    private static final RtpParameters OPUS = OrtcJson.captured("chromium-opus");

    private static ProduceCheck check(RtpParameters parameters) {
        return check(parameters, ProduceRules.InUse.NOTHING);
    }

    private static ProduceCheck check(RtpParameters parameters, ProduceRules.InUse inUse) {
        var kind =
                parameters.codecs().isEmpty()
                                || !parameters.codecs().getFirst().mimeType().startsWith("audio")
                        ? MediaKind.VIDEO
                        : MediaKind.AUDIO;
        return new ProduceRules(RouterCapabilities.STANDARD).check(kind, parameters, inUse);
    }

    private static void assertAccepted(RtpParameters parameters) {
        assertThat(check(parameters)).isInstanceOf(ProduceCheck.Accepted.class);
    }

    private static void assertRefused(RtpParameters parameters, OrtcRefusal reason, String at) {
        assertThat(check(parameters)).isEqualTo(new ProduceCheck.Refused(reason, at));
    }

    private static RtpParameters withCodecs(List<RtpCodecParameters> codecs) {
        return new RtpParameters(
                SIMULCAST.mid(),
                codecs,
                SIMULCAST.headerExtensions(),
                SIMULCAST.encodings(),
                SIMULCAST.rtcp(),
                SIMULCAST.msid());
    }

    private static RtpParameters withExtensions(List<RtpHeaderExtensionParameters> extensions) {
        return new RtpParameters(
                SIMULCAST.mid(),
                SIMULCAST.codecs(),
                extensions,
                SIMULCAST.encodings(),
                SIMULCAST.rtcp(),
                SIMULCAST.msid());
    }

    private static RtpParameters withEncodings(RtpEncodingParameters... encodings) {
        return new RtpParameters(
                SIMULCAST.mid(),
                SIMULCAST.codecs(),
                SIMULCAST.headerExtensions(),
                List.of(encodings),
                SIMULCAST.rtcp(),
                SIMULCAST.msid());
    }

    private static RtpParameters withTexts(String mid, String cname, String msid) {
        return new RtpParameters(
                mid,
                SIMULCAST.codecs(),
                SIMULCAST.headerExtensions(),
                SIMULCAST.encodings(),
                new RtcpParameters(cname, true),
                msid);
    }

    private static RtpCodecParameters codec(String mimeType, int payloadType) {
        return codec(mimeType, payloadType, Map.of());
    }

    private static RtpCodecParameters codec(
            String mimeType, int payloadType, Map<String, CodecParameter> parameters) {
        return new RtpCodecParameters(mimeType, payloadType, 90_000, 0, parameters, List.of());
    }

    private static RtpEncodingParameters rid(String rid, String mode) {
        long none = RtpEncodingParameters.NO_SSRC;
        return new RtpEncodingParameters(rid, none, none, mode, 0, false);
    }

    private static RtpEncodingParameters ssrc(long ssrc, long rtxSsrc) {
        return new RtpEncodingParameters("", ssrc, rtxSsrc, "", 0, false);
    }

    @Test
    void a_real_description_is_accepted_with_what_follows_from_it() {
        var track = (ProduceCheck.Accepted) check(SIMULCAST);

        assertThat(track.type()).isEqualTo(ProducerType.SIMULCAST);
        assertThat(track.mode()).isEqualTo(new ScalabilityMode(3, 3, false));
        assertThat(track.rtxPayloadType()).isEqualTo(97);
        assertThat(track.routerCodec().preferredPayloadType()).isEqualTo(96);
        assertThat(track.extensionIds().id(noom.rtc.rtp.KnownExtension.RID)).isEqualTo(10);
    }

    @Test
    void sound_said_to_be_picture_is_refused() {
        var rules = new ProduceRules(RouterCapabilities.STANDARD);

        assertThat(rules.check(MediaKind.VIDEO, OPUS, ProduceRules.InUse.NOTHING))
                .isEqualTo(new ProduceCheck.Refused(OrtcRefusal.WRONG_KIND, "codecs[0]"));
    }

    @Test
    void a_track_has_one_media_codec() {
        assertRefused(withCodecs(List.of()), OrtcRefusal.NO_CODEC, "codecs");
        assertRefused(
                withCodecs(List.of(codec("video/VP8", 96), codec("video/VP9", 98))),
                OrtcRefusal.SEVERAL_CODECS,
                "codecs[1]");
    }

    @Test
    void rtx_repeats_the_codec_before_it() {
        var apt = Map.<String, CodecParameter>of("apt", new CodecParameter.Whole(96));
        var asText = Map.<String, CodecParameter>of("apt", new CodecParameter.Text("96"));
        var vp8 = codec("video/VP8", 96);

        assertAccepted(withCodecs(List.of(vp8, codec("video/rtx", 97, apt))));
        assertRefused(
                withCodecs(List.of(codec("video/VP8", 98), codec("video/rtx", 97, apt))),
                OrtcRefusal.BAD_APT,
                "codecs[1]");
        assertRefused(
                withCodecs(List.of(codec("video/rtx", 97, apt), vp8)),
                OrtcRefusal.BAD_APT,
                "codecs[0]");
        assertRefused(
                withCodecs(List.of(vp8, codec("video/rtx", 97))), OrtcRefusal.BAD_APT, "codecs[1]");
        assertRefused(
                withCodecs(List.of(vp8, codec("video/rtx", 97, asText))),
                OrtcRefusal.BAD_APT,
                "codecs[1]");
    }

    @Test
    void payload_types_are_seven_bits_that_do_not_look_like_rtcp_and_differ() {
        assertAccepted(withCodecs(List.of(codec("video/VP8", 0))));
        assertAccepted(withCodecs(List.of(codec("video/VP8", 127))));
        assertAccepted(withCodecs(List.of(codec("video/VP8", 63))));
        for (int payloadType : new int[] {-1, 128, 64, 95}) {
            assertRefused(
                    withCodecs(List.of(codec("video/VP8", payloadType))),
                    OrtcRefusal.BAD_PAYLOAD_TYPE,
                    "codecs[0]");
        }
        var apt = Map.<String, CodecParameter>of("apt", new CodecParameter.Whole(96));
        assertRefused(
                withCodecs(List.of(codec("video/VP8", 96), codec("video/rtx", 96, apt))),
                OrtcRefusal.DUPLICATE_PAYLOAD_TYPE,
                "codecs[1]");
    }

    @Test
    void only_codecs_of_the_router_are_taken() {
        assertRefused(
                withCodecs(List.of(codec("video/H265", 96))),
                OrtcRefusal.UNSUPPORTED_CODEC,
                "codecs[0]");
        assertAccepted(withCodecs(List.of(codec("VIDEO/vp8", 96))));
    }

    @Test
    void extension_ids_are_1_to_255_without_15_and_differ() {
        for (int id : new int[] {1, 14, 16, 255}) {
            assertAccepted(
                    withExtensions(
                            List.of(rid(3), new RtpHeaderExtensionParameters("urn:any", id))));
        }
        for (int id : new int[] {-1, 0, 15, 256}) {
            assertRefused(
                    withExtensions(List.of(new RtpHeaderExtensionParameters("urn:any", id))),
                    OrtcRefusal.BAD_EXTENSION_ID,
                    "headerExtensions[0]");
        }
        assertRefused(
                withExtensions(List.of(rid(3), new RtpHeaderExtensionParameters("urn:any", 3))),
                OrtcRefusal.DUPLICATE_EXTENSION,
                "headerExtensions[1]");
        assertRefused(
                withExtensions(List.of(rid(3), rid(4))),
                OrtcRefusal.DUPLICATE_EXTENSION,
                "headerExtensions[1]");
    }

    private static RtpHeaderExtensionParameters rid(int id) {
        return new RtpHeaderExtensionParameters(noom.rtc.rtp.KnownExtension.RID.uri(), id);
    }

    @Test
    void encodings_have_names_that_differ() {
        assertRefused(withEncodings(), OrtcRefusal.NO_ENCODING, "encodings");
        assertAccepted(withEncodings(rid("", "")));
        assertRefused(
                withEncodings(rid("r0", ""), rid("", "")),
                OrtcRefusal.UNNAMED_ENCODING,
                "encodings[1]");
        assertRefused(
                withEncodings(rid("r0", ""), rid("r0", "")),
                OrtcRefusal.DUPLICATE_RID,
                "encodings[1].rid");
        assertAccepted(withEncodings(rid("a".repeat(16), ""), rid("r-_9Z", "")));
        assertRefused(
                withEncodings(rid("a".repeat(17), "")), OrtcRefusal.BAD_RID, "encodings[0].rid");
        assertRefused(withEncodings(rid("r 0", "")), OrtcRefusal.BAD_RID, "encodings[0].rid");
    }

    @Test
    void a_rid_without_a_header_extension_could_never_be_seen() {
        assertRefused(withExtensions(List.of()), OrtcRefusal.NO_RID_EXTENSION, "encodings[0].rid");
    }

    @Test
    void ssrcs_are_32_bits_and_differ_within_the_transport() {
        long none = RtpEncodingParameters.NO_SSRC;
        assertAccepted(withEncodings(ssrc(0, 0xFFFF_FFFFL)));
        assertRefused(
                withEncodings(ssrc(1L << 32, none)), OrtcRefusal.BAD_SSRC, "encodings[0].ssrc");
        assertRefused(withEncodings(ssrc(1, -2)), OrtcRefusal.BAD_SSRC, "encodings[0].rtx.ssrc");
        assertRefused(
                withEncodings(ssrc(7, 7)), OrtcRefusal.DUPLICATE_SSRC, "encodings[0].rtx.ssrc");
        assertThat(check(withEncodings(ssrc(7, 8)), new ProduceRules.InUse(Set.of(), Set.of(8L))))
                .isEqualTo(
                        new ProduceCheck.Refused(
                                OrtcRefusal.DUPLICATE_SSRC, "encodings[0].rtx.ssrc"));
    }

    @Test
    void a_mid_is_used_once_within_the_transport() {
        var taken = new ProduceRules.InUse(Set.of(SIMULCAST.mid()), Set.of());

        assertThat(check(SIMULCAST, taken))
                .isEqualTo(new ProduceCheck.Refused(OrtcRefusal.DUPLICATE_MID, "mid"));
        assertThat(check(withTexts("other", "", ""), taken))
                .isInstanceOf(ProduceCheck.Accepted.class);
    }

    @Test
    void simulcast_and_spatial_layers_do_not_mix() {
        assertAccepted(withEncodings(rid("a", "L1T2"), rid("b", "L1T2")));
        assertAccepted(withEncodings(rid("a", "L3T3_KEY")));
        assertRefused(
                withEncodings(rid("a", "L1T2"), rid("b", "L2T2")),
                OrtcRefusal.MIXED_LAYERS,
                "encodings[1]");
        assertRefused(
                withEncodings(rid("a", "S3T3")), OrtcRefusal.BAD_SCALABILITY_MODE, "encodings[0]");
    }

    @Test
    void lists_are_bounded() {
        var encodings = IntStream.range(0, 5).mapToObj(i -> rid("r" + i, "")).toList();
        assertAccepted(
                withEncodings(encodings.subList(0, 4).toArray(RtpEncodingParameters[]::new)));
        assertRefused(
                withEncodings(encodings.toArray(RtpEncodingParameters[]::new)),
                OrtcRefusal.TOO_MANY,
                "encodings");
        var extensions = new ArrayList<RtpHeaderExtensionParameters>();
        extensions.add(rid(1));
        for (int i = 1; i < 32; i++) {
            extensions.add(new RtpHeaderExtensionParameters("urn:x" + i, 100 + i));
        }
        assertAccepted(withExtensions(extensions));
        extensions.add(new RtpHeaderExtensionParameters("urn:last", 200));
        assertRefused(withExtensions(extensions), OrtcRefusal.TOO_MANY, "headerExtensions");
        assertRefused(
                withCodecs(IntStream.range(0, 33).mapToObj(i -> codec("video/VP8", i)).toList()),
                OrtcRefusal.TOO_MANY,
                "codecs");
    }

    @Test
    void a_codecs_parameters_and_feedback_are_bounded() {
        var parameters = new LinkedHashMap<String, CodecParameter>();
        for (int i = 0; i < 32; i++) {
            parameters.put("p" + i, new CodecParameter.Whole(i));
        }
        assertAccepted(withCodecs(List.of(codec("video/VP8", 96, parameters))));
        parameters.put("one more", new CodecParameter.Whole(1));
        assertRefused(
                withCodecs(List.of(codec("video/VP8", 96, parameters))),
                OrtcRefusal.TOO_MANY,
                "codecs[0]");
        for (int count : new int[] {16, 17}) {
            var feedback = IntStream.range(0, count).mapToObj(_ -> RtcpFeedback.NACK).toList();
            var codec = new RtpCodecParameters("video/VP8", 96, 90_000, 0, Map.of(), feedback);
            assertThat(check(withCodecs(List.of(codec))) instanceof ProduceCheck.Accepted)
                    .isEqualTo(count == 16);
        }
        var long255 = Map.<String, CodecParameter>of("a", new CodecParameter.Text("x".repeat(255)));
        var long256 = Map.<String, CodecParameter>of("a", new CodecParameter.Text("x".repeat(256)));
        assertAccepted(withCodecs(List.of(codec("video/VP8", 96, long255))));
        assertRefused(
                withCodecs(List.of(codec("video/VP8", 96, long256))),
                OrtcRefusal.TEXT_TOO_LONG,
                "codecs");
    }

    @Test
    void texts_are_bounded_in_bytes() {
        assertAccepted(withTexts("m".repeat(16), "c".repeat(255), "s".repeat(255)));
        assertRefused(withTexts("m".repeat(17), "", ""), OrtcRefusal.TEXT_TOO_LONG, "mid");
        assertRefused(withTexts("가".repeat(6), "", ""), OrtcRefusal.TEXT_TOO_LONG, "mid");
        assertRefused(withTexts("m", "c".repeat(256), ""), OrtcRefusal.TEXT_TOO_LONG, "rtcp.cname");
        assertRefused(withTexts("m", "", "s".repeat(256)), OrtcRefusal.TEXT_TOO_LONG, "msid");
    }
}
