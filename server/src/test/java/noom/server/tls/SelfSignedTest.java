// SPDX-License-Identifier: Apache-2.0
package noom.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> HOSTS = List.of("10.0.0.7", "localhost", "2001:db8::1");

    @TempDir private Path folder;

    private static X509Certificate read(SelfSigned made) throws Exception {
        try (InputStream in = Files.newInputStream(made.certificate())) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void is_for_the_given_hosts_and_signed_by_its_own_key() throws Exception {
        var certificate = read(SelfSigned.in(folder, HOSTS, NOW));

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains("10.0.0.7", "localhost");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(Duration.between(NOW, certificate.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofDays(398));
    }

    @Test
    void prints_the_fingerprint_that_browsers_show() throws Exception {
        var made = SelfSigned.in(folder, HOSTS, NOW);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(read(made).getEncoded());

        assertThat(made.fingerprint())
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}")
                .isEqualTo(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    }

    @Test
    void only_its_owner_can_read_the_key() throws Exception {
        var made = SelfSigned.in(folder, HOSTS, NOW);

        assertThat(Files.getPosixFilePermissions(made.key()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void stays_the_same_until_a_month_before_its_end() throws Exception {
        var first = SelfSigned.in(folder, HOSTS, NOW);

        assertThat(SelfSigned.in(folder, HOSTS, NOW.plus(Duration.ofDays(366)))).isEqualTo(first);
        assertThat(SelfSigned.in(folder, HOSTS, NOW.plus(Duration.ofDays(368))).fingerprint())
                .isNotEqualTo(first.fingerprint());
    }

    @Test
    void a_damaged_file_is_replaced() throws Exception {
        var first = SelfSigned.in(folder, HOSTS, NOW);
        Files.writeString(first.certificate(), "-----BEGIN CERTIFICATE-----\n");

        read(SelfSigned.in(folder, HOSTS, NOW));
    }

    @Test
    void a_qr_code_has_a_quiet_zone_and_square_dots() {
        var lines = QrCode.draw("https://10.0.0.7:3000").lines().toList();

        assertThat(lines.getFirst().strip()).matches("█+");
        assertThat(lines.getFirst().length() - 2).isBetween(2 * lines.size() - 2, 2 * lines.size());
    }
}
