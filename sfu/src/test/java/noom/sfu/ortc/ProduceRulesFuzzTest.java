// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import noom.rtc.rtp.KnownExtension;

/// Any description is refused with a reason or taken, and what is taken can be consumed.
class ProduceRulesFuzzTest {
    private static final List<String> MIME_TYPES =
            List.of("video/VP8", "video/VP9", "video/H264", "video/AV1", "video/rtx", "audio/opus");

    @FuzzTest(maxDuration = "")
    void any_description_is_refused_or_leads_to_a_stream(FuzzedDataProvider data) {
        var kind = data.consumeBoolean() ? MediaKind.VIDEO : MediaKind.AUDIO;
        var parameters = parameters(data);

        var check =
                new ProduceRules(RouterCapabilities.STANDARD)
                        .check(kind, parameters, ProduceRules.InUse.NOTHING);

        switch (check) {
            case ProduceCheck.Refused(OrtcRefusal reason, String at) ->
                    assertThat(reason + at).hasSizeLessThan(100);
            case ProduceCheck.Accepted track -> consume(track);
        }
    }

    private static void consume(ProduceCheck.Accepted track) {
        var random = new SplittableRandom(1);
        var consumable =
                new ConsumableBuilder(RouterCapabilities.STANDARD, random).build(track, "cname");
        var place = new ConsumeBuilder.Place("0", Set.of());
        var check = new ConsumeBuilder(random).build(consumable, Receivers.chromium(), place);
        assertThat(check).isInstanceOf(ConsumeCheck.Accepted.class);
        var parameters = ((ConsumeCheck.Accepted) check).parameters();
        assertThat(parameters.encodings()).hasSize(1);
        assertThat(parameters.codecs().getFirst().payloadType())
                .isEqualTo(track.routerCodec().preferredPayloadType());
    }

    private static RtpParameters parameters(FuzzedDataProvider data) {
        var codecs = new ArrayList<RtpCodecParameters>();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            var mimeType =
                    data.consumeBoolean() ? data.pickValue(MIME_TYPES) : data.consumeString(20);
            Map<String, CodecParameter> parameters =
                    data.consumeBoolean()
                            ? Map.of("apt", new CodecParameter.Whole(data.consumeInt(90, 100)))
                            : Map.of(
                                    data.consumeBoolean() ? "profile-level-id" : "profile-id",
                                    new CodecParameter.Text(data.consumeString(8)));
            boolean isAudio = mimeType.startsWith("audio");
            codecs.add(
                    new RtpCodecParameters(
                            mimeType,
                            data.consumeInt(-2, 130),
                            isAudio ? 48_000 : 90_000,
                            isAudio ? 2 : 0,
                            parameters,
                            List.of()));
        }
        var extensions = new ArrayList<RtpHeaderExtensionParameters>();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            var uri =
                    data.consumeBoolean()
                            ? data.pickValue(KnownExtension.values()).uri()
                            : data.consumeString(20);
            extensions.add(new RtpHeaderExtensionParameters(uri, data.consumeInt(-2, 260)));
        }
        var encodings = new ArrayList<RtpEncodingParameters>();
        for (int i = data.consumeInt(0, 5); i > 0; i--) {
            encodings.add(
                    new RtpEncodingParameters(
                            data.consumeString(4),
                            data.consumeLong(-1, 3),
                            data.consumeLong(-1, 1L << 32),
                            data.consumeString(6),
                            data.consumeLong(),
                            data.consumeBoolean()));
        }
        return new RtpParameters(
                data.consumeString(18),
                codecs,
                extensions,
                encodings,
                new RtcpParameters(data.consumeString(10), true),
                data.consumeRemainingAsString());
    }
}
