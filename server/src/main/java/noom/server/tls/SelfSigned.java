// SPDX-License-Identifier: Apache-2.0
package noom.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate signed by its own key, kept in the data folder so that a phone that accepted it
/// once is not asked again.
///
/// @param key PEM, PKCS #8, readable by its owner only
/// @param fingerprint SHA-256 of the certificate as pairs of hex digits with colons
public record SelfSigned(Path certificate, Path key, String fingerprint) {
    /// Browsers refuse longer ones (Apple: 825 days for locally trusted certificates).
    private static final Duration LIFETIME = Duration.ofDays(397);

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    /// Reads the certificate of a folder, or makes one when there is none or it ends soon.
    ///
    /// @param hosts names and literal addresses that it is for
    /// @throws IOException when the folder cannot be read or written
    public static SelfSigned in(Path folder, List<String> hosts, Instant now) throws IOException {
        var certificate = folder.resolve("certificate.pem");
        var key = folder.resolve("key.pem");
        try {
            if (!Files.exists(key) || !isGood(certificate, now)) {
                make(certificate, key, hosts, now);
            }
            return new SelfSigned(certificate, key, fingerprint(read(certificate)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make a certificate", e);
        }
    }

    private static boolean isGood(Path file, Instant now) throws IOException {
        try {
            return Files.exists(file)
                    && read(file).getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
        } catch (GeneralSecurityException _) {
            return false; // cut short: make another
        }
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    private static void make(Path certificate, Path key, List<String> hosts, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var random = new SecureRandom();
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        var pair = generator.generateKeyPair();
        var name = new X500Name("CN=Noom");
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(120, random).setBit(119),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFETIME)),
                        name,
                        pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        var encoded = builder.build(signer).getEncoded();
        write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        write(certificate, pem("CERTIFICATE", encoded));
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(
                hosts.stream()
                        .map(
                                host ->
                                        new GeneralName(
                                                isAddress(host)
                                                        ? GeneralName.iPAddress
                                                        : GeneralName.dNSName,
                                                host))
                        .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private static String pem(String type, byte[] content) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(new org.bouncycastle.util.io.pem.PemObject(type, content));
        }
        return text.toString();
    }

    private static void write(Path file, String text) throws IOException {
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(file);
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        owner)) {
            channel.write(java.nio.charset.StandardCharsets.US_ASCII.encode(text));
        }
    }
}
