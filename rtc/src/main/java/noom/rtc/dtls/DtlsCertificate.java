// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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

/// What this server shows its peers: a P-256 key and a certificate that it has signed itself. Made
/// anew for each process, and the key is never written anywhere; peers know it by its fingerprint.
public final class DtlsCertificate {
    private static final X500Name NAME = new X500Name("CN=Noom");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int SERIAL_BITS = 120;

    private final byte[] encoded;
    private final AsymmetricKeyParameter privateKey;

    private DtlsCertificate(byte[] encoded, AsymmetricKeyParameter privateKey) {
        this.encoded = encoded;
        this.privateKey = privateKey;
    }

    /// A new one. Nobody looks at its dates: peers compare fingerprints (RFC 8827 section 6.5).
    public static DtlsCertificate generate(SecureRandom random, Instant now) {
        var generator = new ECKeyPairGenerator();
        var curve = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
        generator.init(new ECKeyGenerationParameters(curve, random));
        var pair = generator.generateKeyPair();
        var signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var hash = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        try {
            var builder =
                    new X509v3CertificateBuilder(
                            NAME,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                            Date.from(now.minus(CLOCKS_DIFFER)),
                            Date.from(now.plus(LIFETIME)),
                            NAME,
                            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                                    pair.getPublic()));
            var signer =
                    new BcECContentSignerBuilder(signature, hash)
                            .setSecureRandom(random)
                            .build(pair.getPrivate());
            return new DtlsCertificate(builder.build(signer).getEncoded(), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("a fresh P-256 key can sign", e);
        }
    }

    /// What signalling tells the peer.
    public Fingerprint fingerprint() {
        return Fingerprint.of(Fingerprint.Algorithm.SHA_256, encoded);
    }

    /// The certificate in DER.
    public byte[] encoded() {
        return encoded.clone();
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    /// Without the key.
    @Override
    public String toString() {
        return "DtlsCertificate[" + fingerprint() + "]";
    }
}
