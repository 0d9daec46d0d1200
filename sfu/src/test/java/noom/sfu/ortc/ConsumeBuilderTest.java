// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import noom.rtc.rtp.KnownExtension;
import org.junit.jupiter.api.Test;

class ConsumeBuilderTest {
    private static Consumable track(String captured) {
        return new ConsumableBuilder(RouterCapabilities.STANDARD, new SplittableRandom(1))
                .build(accepted(captured), "cname");
    }

    private static ProduceCheck.Accepted accepted(String captured) {
        var kind = captured.endsWith("opus") ? MediaKind.AUDIO : MediaKind.VIDEO;
        return (ProduceCheck.Accepted)
                new ProduceRules(RouterCapabilities.STANDARD)
                        .check(kind, OrtcJson.captured(captured), ProduceRules.InUse.NOTHING);
    }

    private static RtpParameters consume(Consumable track, RtpCapabilities peer) {
        var place = new ConsumeBuilder.Place("3", Set.of());
        var check = new ConsumeBuilder(new SplittableRandom(2)).build(track, peer, place);
        return ((ConsumeCheck.Accepted) check).parameters();
    }

    private static List<String> feedback(RtpParameters parameters) {
        return parameters.codecs().getFirst().rtcpFeedback().stream()
                .map(f -> (f.type() + " " + f.parameter()).strip())
                .toList();
    }

    @Test
    void without_a_name_for_the_person_nothing_is_made() {
        var builder = new ConsumableBuilder(RouterCapabilities.STANDARD, new SplittableRandom(1));
        var track = accepted("firefox-opus");

        assertThatThrownBy(() -> builder.build(track, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mapped_ssrcs_differ_by_layer_and_nothing_of_the_browser_is_left() {
        var parameters = track("chromium-vp8-3enc-L1T3").parameters();

        var ssrcs = parameters.encodings().stream().map(RtpEncodingParameters::ssrc).toList();
        assertThat(ssrcs).hasSize(3).doesNotHaveDuplicates();
        assertThat(parameters.encodings()).allMatch(e -> e.rid().isEmpty() && !e.hasRtxSsrc());
        assertThat(parameters.rtcp().cname()).isEqualTo("cname");
    }

    @Test
    void transport_cc_excludes_remb_and_the_other_way_round() {
        var track = track("chromium-vp8-3enc-L1T3");
        var codecs = Set.of("video/VP8");

        assertThat(feedback(consume(track, Receivers.of(codecs, Set.of(1, 4, 5)))))
                .containsExactly("nack", "nack pli", "ccm fir", "transport-cc");
        assertThat(feedback(consume(track, Receivers.of(codecs, Set.of(1, 4)))))
                .containsExactly("nack", "nack pli", "ccm fir", "goog-remb");
        assertThat(feedback(consume(track, Receivers.of(codecs, Set.of(1)))))
                .containsExactly("nack", "nack pli", "ccm fir");
    }

    @Test
    void sound_may_be_asked_for_again_by_who_can() {
        var sound = track("firefox-opus");

        assertThat(feedback(consume(sound, Receivers.chromium()))).containsExactly("nack");
        assertThat(feedback(consume(sound, Receivers.firefox()))).isEmpty();
    }

    @Test
    void rtx_of_another_codec_is_not_taken_for_this_ones() {
        var all = Receivers.chromium().codecs();
        var wrong = all.stream().filter(c -> !c.asParameters().repeats(96)).toList();
        var peer = new RtpCapabilities(wrong, Receivers.chromium().headerExtensions());

        assertThat(consume(track("chromium-vp8-3enc-L1T3"), peer).codecs()).hasSize(1);
    }

    @Test
    void an_extension_counts_only_under_the_routers_number() {
        var extensions = new ArrayList<RtpHeaderExtension>();
        for (var extension : Receivers.chromium().headerExtensions()) {
            int shift = extension.uri().equals(KnownExtension.MID.uri()) ? 0 : 1;
            extensions.add(
                    new RtpHeaderExtension(
                            extension.kind(),
                            extension.uri(),
                            extension.preferredId() + shift,
                            extension.direction()));
        }
        var peer = new RtpCapabilities(Receivers.chromium().codecs(), extensions);

        assertThat(consume(track("firefox-opus"), peer).headerExtensions())
                .extracting(RtpHeaderExtensionParameters::uri)
                .containsExactly(KnownExtension.MID.uri());
    }

    @Test
    void who_cannot_show_it_is_told() {
        var place = new ConsumeBuilder.Place("3", Set.of());
        var builder = new ConsumeBuilder(new SplittableRandom(1));

        assertThat(builder.build(track("chromium-h264-3enc-L1T3"), Receivers.firefox(), place))
                .isEqualTo(new ConsumeCheck.Refused(OrtcRefusal.NOTHING_IN_COMMON, "codecs"));
    }

    @Test
    void capabilities_are_bounded() {
        var vp8 = Receivers.chromium().codecs().get(1);
        var codecs = new ArrayList<RtpCodecCapability>();
        for (int i = 0; i < 128; i++) {
            codecs.add(vp8);
        }
        var place = new ConsumeBuilder.Place("3", Set.of());
        var builder = new ConsumeBuilder(new SplittableRandom(1));
        var track = track("chromium-vp8-3enc-L1T3");

        assertThat(builder.build(track, new RtpCapabilities(codecs, List.of()), place))
                .isInstanceOf(ConsumeCheck.Accepted.class);
        codecs.add(vp8);
        assertThat(builder.build(track, new RtpCapabilities(codecs, List.of()), place))
                .isEqualTo(new ConsumeCheck.Refused(OrtcRefusal.TOO_MANY, "codecs"));
        var odd =
                new RtpCodecCapability(
                        MediaKind.VIDEO, "video/VP8", 300, 90_000, 0, Map.of(), List.of());
        assertThat(builder.build(track, new RtpCapabilities(List.of(odd), List.of()), place))
                .isEqualTo(new ConsumeCheck.Refused(OrtcRefusal.BAD_PAYLOAD_TYPE, "codecs[0]"));
    }

    @Test
    void an_ssrc_that_is_taken_is_not_given_again() {
        var numbers = List.of(1_234L, 1_233L, 50L, 49L, 70L).iterator();
        RandomGenerator random =
                new RandomGenerator() {
                    @Override
                    public long nextLong() {
                        return 0;
                    }

                    @Override
                    public long nextLong(long origin, long bound) {
                        return numbers.next();
                    }
                };
        var place = new ConsumeBuilder.Place("3", Set.of(50L));

        var check =
                new ConsumeBuilder(random)
                        .build(track("chromium-vp8-3enc-L1T3"), Receivers.chromium(), place);

        var encoding = ((ConsumeCheck.Accepted) check).parameters().encodings().getFirst();
        assertThat(encoding.ssrc()).isEqualTo(70);
        assertThat(encoding.rtxSsrc()).isEqualTo(71);
    }

    @Test
    void the_router_has_one_number_for_each_extension() {
        var ids = RouterCapabilities.extensionIds();

        for (var extension : KnownExtension.values()) {
            assertThat(ids.id(extension)).as(extension.name()).isBetween(1, 14);
        }
    }
}
