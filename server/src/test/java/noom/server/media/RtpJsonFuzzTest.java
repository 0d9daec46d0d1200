// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import noom.rtc.dtls.Fingerprint;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Any JSON is a description or none, and what is one comes back the same from its own JSON.
class RtpJsonFuzzTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @FuzzTest(maxDuration = "")
    void any_json_is_a_description_or_none(byte[] json) {
        Object tree;
        try {
            tree = MAPPER.readValue(json, Object.class);
        } catch (JacksonException _) {
            return;
        }
        RtpJson.parameters(tree)
                .ifPresent(
                        track -> {
                            var again = RtpJson.parameters(RtpJson.write(track)).orElseThrow();
                            assertThat(again.codecs()).isEqualTo(track.codecs());
                            assertThat(again.headerExtensions())
                                    .isEqualTo(track.headerExtensions());
                        });
        RtpJson.capabilities(tree)
                .ifPresent(
                        can -> assertThat(RtpJson.capabilities(RtpJson.write(can))).contains(can));
        RtpJson.fingerprint(tree)
                .ifPresent(one -> assertThat(RtpJson.fingerprint(description(one))).contains(one));
    }

    private static Map<String, ?> description(Fingerprint one) {
        var written = Map.of("algorithm", one.algorithm().text(), "value", one.value());
        return Map.of("role", "client", "fingerprints", List.of(written));
    }
}
