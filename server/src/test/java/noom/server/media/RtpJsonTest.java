// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import noom.sfu.ortc.CodecParameter;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.ortc.RtpEncodingParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class RtpJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String TRACK =
            """
            {
              "mid": "1",
              "codecs": [
                {
                  "mimeType": "video/VP8", "payloadType": 96, "clockRate": 90000,
                  "parameters": {"x-google-start-bitrate": 1000, "sprop": "text"},
                  "rtcpFeedback": [{"type": "nack", "parameter": "pli"}, {"type": "transport-cc"}]
                },
                {
                  "mimeType": "video/rtx", "payloadType": 97, "clockRate": 90000,
                  "parameters": {"apt": 96}, "rtcpFeedback": []
                }
              ],
              "headerExtensions": [
                {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 4, "encrypt": false}
              ],
              "encodings": [
                {"rid": "r0", "maxBitrate": 100000, "scalabilityMode": "L1T3", "active": true},
                {"ssrc": 4294967295, "rtx": {"ssrc": 7}, "dtx": true}
              ],
              "rtcp": {"cname": "", "reducedSize": true},
              "msid": "stream track",
              "unknown": [1, {"two": 2}]
            }
            """;

    private static Map<String, Object> tree(String json) {
        return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
    }

    @Test
    void a_track_is_read_as_pages_describe_it() {
        var track = RtpJson.parameters(tree(TRACK)).orElseThrow();

        assertThat(track.mid()).isEqualTo("1");
        assertThat(track.msid()).isEqualTo("stream track");
        var codec = track.codecs().getFirst();
        assertThat(codec.mimeType()).isEqualTo("video/VP8");
        assertThat(codec.channels()).isZero();
        assertThat(codec.parameters())
                .containsEntry("x-google-start-bitrate", new CodecParameter.Whole(1_000))
                .containsEntry("sprop", new CodecParameter.Text("text"));
        assertThat(codec.rtcpFeedback().getLast().parameter()).isEmpty();
        assertThat(track.headerExtensions().getFirst().id()).isEqualTo(4);
        assertThat(track.encodings())
                .containsExactly(
                        new RtpEncodingParameters(
                                "r0",
                                RtpEncodingParameters.NO_SSRC,
                                RtpEncodingParameters.NO_SSRC,
                                "L1T3",
                                100_000,
                                false),
                        new RtpEncodingParameters("", 4_294_967_295L, 7, "", 0, true));
    }

    @Test
    void what_is_written_is_read_as_the_same() {
        var track = RtpJson.parameters(tree(TRACK)).orElseThrow();
        var router = RouterCapabilities.STANDARD;

        var again = tree(MAPPER.writeValueAsString(RtpJson.write(track)));

        // A consumer's encodings have no silence of their own to tell of.
        assertThat(RtpJson.parameters(again).orElseThrow().codecs()).isEqualTo(track.codecs());
        assertThat(RtpJson.parameters(again).orElseThrow().headerExtensions())
                .isEqualTo(track.headerExtensions());
        assertThat(RtpJson.capabilities(tree(MAPPER.writeValueAsString(RtpJson.write(router)))))
                .contains(router);
    }

    @Test
    void numbers_are_whole_however_they_are_held() {
        var codec = Map.of("mimeType", "a", "payloadType", 96.0, "clockRate", 48_000L);
        var track =
                Map.of(
                        "codecs", List.of(codec),
                        "headerExtensions", List.of(),
                        "encodings", List.of(),
                        "rtcp", Map.of());

        assertThat(RtpJson.parameters(track).orElseThrow().codecs().getFirst().payloadType())
                .isEqualTo(96);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"mid\": \"1\"; \"mid\": 1",
                "\"payloadType\": 96; \"payloadType\": 96.5",
                "\"payloadType\": 96; \"payloadType\": \"96\"",
                "\"payloadType\": 96; \"payloadType\": 4294967296",
                "\"clockRate\": 90000,; ",
                "\"clockRate\": 90000,; \"clockRate\": 90000, \"channels\": -2,",
                "\"apt\": 96; \"apt\": null",
                "\"apt\": 96; \"apt\": [96]",
                "{\"type\": \"nack\", \"parameter\": \"pli\"}; 5",
                "\"type\": \"transport-cc\"; \"kind\": \"transport-cc\"",
                "\"rtx\": {\"ssrc\": 7}; \"rtx\": {}",
                "\"rtx\": {\"ssrc\": 7}; \"rtx\": 7",
                "\"dtx\": true; \"dtx\": \"true\"",
                "\"rtcp\": {\"cname\": \"\", \"reducedSize\": true},; ",
                "\"id\": 4; \"id\": 1e300",
                "\"encodings\": [; \"encodings\": {}, \"x\": ["
            })
    void what_has_another_form_is_none(String change) {
        var sides = change.split("; ", -1);
        assertThat(TRACK).contains(sides[0]);

        assertThat(RtpJson.parameters(tree(TRACK.replace(sides[0], sides[1])))).isEmpty();
    }

    @Test
    void what_is_no_object_is_none() {
        for (var value : new Object[] {"text", 5, List.of(), true}) {
            assertThat(RtpJson.parameters(value)).isEmpty();
            assertThat(RtpJson.capabilities(value)).isEmpty();
        }
        assertThat(RtpJson.parameters(null)).isEmpty();
    }

    @Test
    void capabilities_of_an_unknown_kind_or_direction_are_none() {
        var text = MAPPER.writeValueAsString(RtpJson.write(RouterCapabilities.STANDARD));

        assertThat(RtpJson.capabilities(tree(text.replace("audio\"", "smell\"")))).isEmpty();
        assertThat(RtpJson.capabilities(tree(text.replace("recvonly", "up")))).isEmpty();
    }
}
