// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecMatcherTest {
    private static RtpCodecCapability capability(String mimeType, Map<String, String> parameters) {
        var codec = codec(mimeType, 90_000, 0, parameters);
        return new RtpCodecCapability(
                MediaKind.VIDEO, mimeType, 96, 90_000, 0, codec.parameters(), List.of());
    }

    private static RtpCodecParameters codec(
            String mimeType, int clockRate, int channels, Map<String, String> parameters) {
        var values = new java.util.LinkedHashMap<String, CodecParameter>();
        parameters.forEach((name, value) -> values.put(name, new CodecParameter.Text(value)));
        return new RtpCodecParameters(mimeType, 120, clockRate, channels, values, List.of());
    }

    private static boolean matches(
            String mimeType, Map<String, String> ours, Map<String, String> theirs) {
        return CodecMatcher.matches(capability(mimeType, ours), codec(mimeType, 90_000, 0, theirs));
    }

    @Test
    void type_clock_and_channels_must_be_equal_but_not_the_case_of_letters() {
        var vp8 = capability("video/VP8", Map.of());

        assertThat(CodecMatcher.matches(vp8, codec("video/vp8", 90_000, 0, Map.of()))).isTrue();
        assertThat(CodecMatcher.matches(vp8, codec("video/vp8", 90_000, 1, Map.of()))).isTrue();
        assertThat(CodecMatcher.matches(vp8, codec("video/VP8", 48_000, 0, Map.of()))).isFalse();
        assertThat(CodecMatcher.matches(vp8, codec("video/VP8", 90_000, 2, Map.of()))).isFalse();
        assertThat(CodecMatcher.matches(vp8, codec("video/VP9", 90_000, 0, Map.of()))).isFalse();
    }

    @Test
    void profile_0_of_vp9_is_what_is_meant_when_nothing_is_said() {
        var zero = Map.of("profile-id", "0");

        assertThat(matches("video/VP9", zero, Map.of())).isTrue();
        assertThat(matches("video/VP9", Map.of(), zero)).isTrue();
        assertThat(matches("video/VP9", zero, Map.of("profile-id", "2"))).isFalse();
    }

    @Test
    void a_number_and_its_text_are_the_same_profile() {
        var ours = capability("video/VP9", Map.of("profile-id", "2"));
        var theirs =
                new RtpCodecParameters(
                        "video/VP9",
                        98,
                        90_000,
                        0,
                        Map.of("profile-id", new CodecParameter.Whole(2)),
                        List.of());

        assertThat(CodecMatcher.matches(ours, theirs)).isTrue();
    }

    @Test
    void h264_needs_the_same_packetization_and_profile_but_not_level() {
        var ours = Map.of("packetization-mode", "1", "profile-level-id", "42e01f");

        assertThat(
                        matches(
                                "video/H264",
                                ours,
                                Map.of("packetization-mode", "1", "profile-level-id", "42E034")))
                .isTrue();
        assertThat(matches("video/H264", ours, Map.of("packetization-mode", "1"))).isTrue();
        assertThat(matches("video/H264", ours, Map.of("profile-level-id", "42e01f"))).isFalse();
        assertThat(
                        matches(
                                "video/H264",
                                ours,
                                Map.of("packetization-mode", "1", "profile-level-id", "640c1f")))
                .isFalse();
        assertThat(
                        matches(
                                "video/H264",
                                Map.of("profile-level-id", "zz"),
                                Map.of("profile-level-id", "zz")))
                .isFalse();
    }

    @Test
    void profiles_are_told_by_their_constraint_bits() {
        assertThat(H264Profile.parse("42e01f")).contains(H264Profile.CONSTRAINED_BASELINE);
        assertThat(H264Profile.parse("42001f")).contains(H264Profile.BASELINE);
        assertThat(H264Profile.parse("4d001f")).contains(H264Profile.MAIN);
        assertThat(H264Profile.parse("4d801f")).contains(H264Profile.CONSTRAINED_BASELINE);
        assertThat(H264Profile.parse("58c01f")).contains(H264Profile.CONSTRAINED_BASELINE);
        assertThat(H264Profile.parse("58801f")).contains(H264Profile.BASELINE);
        assertThat(H264Profile.parse("64001f")).contains(H264Profile.HIGH);
        assertThat(H264Profile.parse("640c1f")).contains(H264Profile.CONSTRAINED_HIGH);
        assertThat(H264Profile.parse("f4001f")).contains(H264Profile.PREDICTIVE_HIGH_444);
        for (var bad : List.of("", "42e01", "42e01f0", "42e0zz", "00001f", "42ef1f", "64111f")) {
            assertThat(H264Profile.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void scalability_modes_are_read_and_written() {
        assertThat(ScalabilityMode.parse("L1T3")).contains(new ScalabilityMode(1, 3, false));
        assertThat(ScalabilityMode.parse("L3T3_KEY")).contains(new ScalabilityMode(3, 3, true));
        assertThat(ScalabilityMode.parse("L2T1h")).contains(new ScalabilityMode(2, 1, false));
        assertThat(ScalabilityMode.parse("L2T2_KEY_SHIFT"))
                .contains(new ScalabilityMode(2, 2, true));
        assertThat(ScalabilityMode.parse("L8T8").map(ScalabilityMode::text)).contains("L8T8");
        assertThat(ScalabilityMode.parse("L3T3_KEY").map(ScalabilityMode::text))
                .contains("L3T3_KEY");
        for (var bad : List.of("", "L", "L0T1", "L9T1", "L1T0", "L1T9", "S2T1", "L1T1x", "l1t1")) {
            assertThat(ScalabilityMode.parse(bad)).as(bad).isEqualTo(Optional.empty());
        }
    }
}
