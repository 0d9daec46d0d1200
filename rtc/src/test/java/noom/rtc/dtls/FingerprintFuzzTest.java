// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any text as a fingerprint: none, or one that says itself again.
class FingerprintFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_text_is_a_fingerprint_or_none(byte[] bytes) {
        var text = new String(bytes, ISO_8859_1);
        int space = Math.max(0, text.indexOf(' '));

        var parsed = Fingerprint.parse(text.substring(0, space), text.substring(space).strip());

        parsed.ifPresent(
                fingerprint ->
                        assertThat(fingerprint.toString().split(" "))
                                .satisfies(
                                        parts ->
                                                assertThat(Fingerprint.parse(parts[0], parts[1]))
                                                        .contains(fingerprint)));
    }
}
