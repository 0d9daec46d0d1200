// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import noom.rtc.dtls.Fingerprint;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/// What all clients of this process show the server: one P-256 key under a certificate of its own.
final class OwnCertificate {
    private static final X500Name NAME = new X500Name("CN=load");

    private final byte[] encoded;
    private final AsymmetricKeyParameter privateKey;

    private OwnCertificate(byte[] encoded, AsymmetricKeyParameter privateKey) {
        this.encoded = encoded;
        this.privateKey = privateKey;
    }

    static OwnCertificate generate(SecureRandom random) {
        var generator = new ECKeyPairGenerator();
        var curve = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
        generator.init(new ECKeyGenerationParameters(curve, random));
        var pair = generator.generateKeyPair();
        var signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var hash = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        var now = Instant.now();
        try {
            var subject = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
            var unsigned =
                    new X509v3CertificateBuilder(
                            NAME,
                            BigInteger.ONE,
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            NAME,
                            subject);
            var signer = new BcECContentSignerBuilder(signature, hash).build(pair.getPrivate());
            return new OwnCertificate(unsigned.build(signer).getEncoded(), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("a fresh P-256 key can sign", e);
        }
    }

    /// In DER.
    byte[] encoded() {
        return encoded.clone();
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(Fingerprint.Algorithm.SHA_256, encoded);
    }
}
