// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import noom.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.jspecify.annotations.Nullable;

/// What this server agrees to, in Bouncy Castle's terms: DTLS 1.2, one cipher suite that every
/// browser has, keys bound to the handshake (RFC 7627), a client certificate with the fingerprint
/// that signalling told of, and an SRTP profile (RFC 5764). There are no sessions to resume, and no
/// renegotiation.
///
/// Owner: the virtual thread of its handshake.
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // Bouncy Castle's old collections
final class SrtpTlsServer extends AbstractTlsServer {
    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    };

    /// Others that a client may name cost more processor time than anyone here needs to spend.
    private static final List<Integer> GROUPS =
            List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1);

    private static final SignatureAndHashAlgorithm SHA256_ECDSA =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
    private static final SignatureAndHashAlgorithm SHA384_ECDSA =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa);

    /// First wait for an answer to a flight; it doubles. RFC 6347 section 4.2.4.1 has a second,
    /// but lets those go lower who know that people wait.
    private static final Duration RESEND = Duration.ofMillis(200);

    private final BoundedCrypto crypto;
    private final DtlsCertificate certificate;
    private final Fingerprint remote;
    private final Duration limit;
    private @Nullable SrtpProfile profile;
    private @Nullable DtlsFailure failure;
    private byte[] keyingMaterial = {};

    SrtpTlsServer(
            BoundedCrypto crypto,
            DtlsCertificate certificate,
            Fingerprint remote,
            Duration handshakeLimit) {
        super(crypto);
        this.crypto = crypto;
        this.certificate = certificate;
        this.remote = remote;
        this.limit = handshakeLimit;
    }

    /// What was agreed upon; once the handshake is done.
    SrtpProfile profile() {
        if (profile == null) {
            throw new IllegalStateException("no handshake without a profile");
        }
        return profile;
    }

    /// The exported keys, which are the caller's from now on.
    byte[] takeKeyingMaterial() {
        var taken = keyingMaterial;
        keyingMaterial = new byte[0];
        return taken;
    }

    /// Why the handshake ended so.
    DtlsFailure failureOf(IOException end) {
        if (failure != null) {
            return failure;
        }
        return switch (end) {
            case TlsTimeoutException _ -> DtlsFailure.TIMED_OUT;
            case TlsFatalAlertReceived _ -> DtlsFailure.REFUSED_BY_PEER;
            case TlsFatalAlert alert
                    when alert.getAlertDescription() == AlertDescription.protocol_version ->
                    DtlsFailure.WRONG_VERSION;
            default -> DtlsFailure.BROKEN;
        };
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return CIPHER_SUITES.clone();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return (int) Math.min(limit.toMillis(), Integer.MAX_VALUE);
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return (int) RESEND.toMillis();
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    protected boolean allowCertificateStatus() {
        return false;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return 1;
    }

    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1;
        }
        for (int group : offered) {
            if (GROUPS.contains(group)) {
                return group;
            }
        }
        return -1;
    }

    @Override
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        var offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            profile = chosenOf(offered.getProtectionProfiles());
        }
        if (!TlsExtensionsUtils.hasExtendedMasterSecretExtension(extensions)) {
            throw fail(DtlsFailure.NO_EXTENDED_MASTER_SECRET, AlertDescription.handshake_failure);
        }
    }

    /// The first of ours, whatever the client would like best.
    private static @Nullable SrtpProfile chosenOf(int[] offered) {
        for (var ours : SrtpProfile.values()) {
            if (Arrays.stream(offered).anyMatch(theirs -> theirs == ours.wireValue())) {
                return ours;
            }
        }
        return null;
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        if (profile == null) {
            throw fail(DtlsFailure.NO_SRTP_PROFILE, AlertDescription.handshake_failure);
        }
        var extensions = super.getServerExtensions();
        var chosen = new UseSRTPData(new int[] {profile.wireValue()}, TlsUtils.EMPTY_BYTES);
        TlsSRTPUtils.addUseSRTPExtension(extensions, chosen);
        return extensions;
    }

    @Override
    public TlsCredentials getCredentials() {
        var shown = new BcTlsCertificate[] {readOwn()};
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                certificate.privateKey(),
                new Certificate(shown),
                SHA256_ECDSA);
    }

    private BcTlsCertificate readOwn() {
        try {
            return new BcTlsCertificate(crypto, certificate.encoded());
        } catch (IOException e) {
            throw new IllegalStateException("we have made it ourselves", e);
        }
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign},
                new Vector<>(List.of(SHA256_ECDSA, SHA384_ECDSA)),
                null);
    }

    /// Whether the peer has the key to this certificate is proved after this (RFC 5246 section
    /// 7.4.8), and there are no keys of SRTP before both.
    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        if (shown.isEmpty()) {
            throw fail(DtlsFailure.NO_CERTIFICATE, AlertDescription.handshake_failure);
        }
        if (!remote.matches(shown.getCertificateAt(0).getEncoded())) {
            throw fail(DtlsFailure.WRONG_FINGERPRINT, AlertDescription.bad_certificate);
        }
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        keyingMaterial =
                context.exportKeyingMaterial(
                        SrtpProfile.EXPORTER_LABEL, null, profile().exporterBytes());
        context.getSecurityParametersConnection().getMasterSecret().destroy();
    }

    private TlsFatalAlert fail(DtlsFailure reason, short alert) {
        failure = reason;
        return new TlsFatalAlert(alert);
    }
}
