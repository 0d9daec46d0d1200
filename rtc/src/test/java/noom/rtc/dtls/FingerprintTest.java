// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] CERTIFICATE = {1, 2, 3};
    private static final String PAIRS = "AB:CD:EF:01:23:45:67:89:";
    private static final String SHA_256 = PAIRS.repeat(4).substring(0, 95);

    @ParameterizedTest
    @EnumSource
    void what_is_written_can_be_read(Fingerprint.Algorithm algorithm) {
        var fingerprint = Fingerprint.of(algorithm, CERTIFICATE);

        var read = Fingerprint.parse(algorithm.text(), fingerprint.value());

        assertThat(read).contains(fingerprint);
        assertThat(read.orElseThrow()).hasSameHashCodeAs(fingerprint);
        assertThat(read.orElseThrow().matches(CERTIFICATE)).isTrue();
        assertThat(read.orElseThrow().matches(new byte[] {1, 2, 4})).isFalse();
        assertThat(read.orElseThrow().algorithm()).isEqualTo(algorithm);
    }

    @Test
    void it_is_the_hash_that_everyone_knows() {
        var abc = Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {'a', 'b', 'c'});

        assertThat(abc)
                .hasToString(
                        "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96"
                                + ":17:7A:9C:B4:10:FF:61:F2:00:15:AD");
    }

    @Test
    void letters_may_be_small() {
        assertThat(Fingerprint.parse("SHA-256", SHA_256.toLowerCase(Locale.ROOT)))
                .isEqualTo(Fingerprint.parse("sha-256", SHA_256))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-1", "md5", "sha-224", "sha256", "sha_256", " sha-256", ""})
    void other_algorithms_are_refused(String algorithm) {
        assertThat(Fingerprint.parse(algorithm, SHA_256)).isEmpty();
    }

    @Test
    void a_value_has_exactly_the_length_of_its_hash() {
        assertThat(Fingerprint.parse("sha-256", SHA_256)).isPresent();
        assertThat(Fingerprint.parse("sha-256", SHA_256 + ":AB")).isEmpty();
        assertThat(Fingerprint.parse("sha-256", SHA_256 + ":")).isEmpty();
        assertThat(Fingerprint.parse("sha-256", SHA_256.substring(3))).isEmpty();
        assertThat(Fingerprint.parse("sha-256", SHA_256.substring(1))).isEmpty();
        assertThat(Fingerprint.parse("sha-256", "")).isEmpty();
        assertThat(Fingerprint.parse("sha-384", SHA_256)).isEmpty();
        assertThat(Fingerprint.parse("sha-384", PAIRS.repeat(6).substring(0, 143))).isPresent();
        assertThat(Fingerprint.parse("sha-512", PAIRS.repeat(8).substring(0, 191))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(chars = {'G', ' ', '-', '.', '+', '\u0661', '\uFF11'})
    void anything_but_digits_and_colons_is_refused(char intruder) {
        for (int at = 0; at < SHA_256.length(); at++) {
            var text = SHA_256.substring(0, at) + intruder + SHA_256.substring(at + 1);

            assertThat(Fingerprint.parse("sha-256", text)).as(text).isEmpty();
        }
    }

    @Test
    void two_are_equal_if_algorithm_and_hash_are() {
        var one = Fingerprint.of(Fingerprint.Algorithm.SHA_256, CERTIFICATE);

        assertThat(one).isEqualTo(Fingerprint.of(Fingerprint.Algorithm.SHA_256, CERTIFICATE));
        assertThat(one).isNotEqualTo(Fingerprint.of(Fingerprint.Algorithm.SHA_384, CERTIFICATE));
        assertThat(one).isNotEqualTo(Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[0]));
        assertThat(one).isNotEqualTo(null);
    }

    @Test
    void two_certificates_have_different_ones() {
        var random = new SecureRandom();
        var one = DtlsCertificate.generate(random, Instant.EPOCH);
        var other = DtlsCertificate.generate(random, Instant.EPOCH);

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
        assertThat(one.fingerprint().matches(one.encoded())).isTrue();
    }
}
