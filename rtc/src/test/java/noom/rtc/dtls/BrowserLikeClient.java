// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import noom.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/// The other end of a handshake: Bouncy Castle's client, on a thread of its own, offering what
/// browsers offer or what a test wants.
final class BrowserLikeClient implements Runnable {
    /// Chromium's order: the worst first.
    static final List<SrtpProfile> CHROMIUM =
            List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);

    private static final int RESEND_MILLIS = 40;
    private static final int HELLO_PADDING_EXTENSION = 21;

    final DatagramInbox inbox = new DatagramInbox(1_000);
    final Offer offer;
    private final DatagramLine line;
    private final Consumer<Outcome> outcomes;

    /// What it offers and shows.
    ///
    /// @param helloPaddingBytes makes the ClientHello longer than a datagram
    record Offer(
            List<SrtpProfile> profiles,
            @Nullable DtlsCertificate certificate,
            boolean extendedMasterSecret,
            ProtocolVersion version,
            int helloPaddingBytes) {
        static Offer of(DtlsCertificate certificate) {
            return new Offer(CHROMIUM, certificate, true, ProtocolVersion.DTLSv12, 0);
        }

        Offer withProfiles(List<SrtpProfile> only) {
            return new Offer(only, certificate, extendedMasterSecret, version, helloPaddingBytes);
        }

        Offer withoutCertificate() {
            return new Offer(profiles, null, extendedMasterSecret, version, helloPaddingBytes);
        }

        Offer withoutExtendedMasterSecret() {
            return new Offer(profiles, certificate, false, version, helloPaddingBytes);
        }

        Offer withVersion(ProtocolVersion only) {
            return new Offer(profiles, certificate, extendedMasterSecret, only, helloPaddingBytes);
        }

        Offer withPadding(int bytes) {
            return new Offer(profiles, certificate, extendedMasterSecret, version, bytes);
        }
    }

    /// What becomes of it.
    sealed interface Outcome {
        record Connected(ByteBuffer keyingMaterial) implements Outcome {}

        record Failed(IOException reason) implements Outcome {}

        record Ended() implements Outcome {}
    }

    /// @param out takes what it sends, and outcomes, on its thread
    BrowserLikeClient(Offer offer, Consumer<byte[]> out, Consumer<Outcome> outcomes) {
        this.offer = offer;
        this.line = new DatagramLine(inbox, out);
        this.outcomes = outcomes;
    }

    /// Says goodbye.
    void close() {
        inbox.close();
    }

    @Override
    public void run() {
        var client = new Client(offer);
        DTLSTransport transport;
        try {
            transport = new DTLSClientProtocol().connect(client, line);
            line.flush();
        } catch (IOException e) {
            outcomes.accept(new Outcome.Failed(e));
            return;
        }
        outcomes.accept(new Outcome.Connected(ByteBuffer.wrap(client.keyingMaterial)));
        try {
            var ignored = new byte[2_000];
            while (true) {
                transport.receive(ignored, 0, ignored.length, 0);
            }
        } catch (InterruptedIOException _) {
            end(transport);
        } catch (IOException e) {
            outcomes.accept(new Outcome.Failed(e));
        }
    }

    private void end(DTLSTransport transport) {
        try {
            transport.close();
            outcomes.accept(new Outcome.Ended());
        } catch (IOException e) {
            outcomes.accept(new Outcome.Failed(e));
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // Bouncy Castle's old collections
    private static final class Client extends DefaultTlsClient {
        private final Offer offer;
        private int profile;
        private byte[] keyingMaterial = {};

        Client(Offer offer) {
            super(new BcTlsCrypto());
            this.offer = offer;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return offer.version.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
            };
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return RESEND_MILLIS;
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return offer.extendedMasterSecret;
        }

        @Override
        public Hashtable getClientExtensions() throws IOException {
            var extensions = super.getClientExtensions();
            if (!offer.profiles.isEmpty()) {
                int[] values = offer.profiles.stream().mapToInt(SrtpProfile::wireValue).toArray();
                TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(values, new byte[0]));
            }
            if (offer.helloPaddingBytes > 0) {
                extensions.put(HELLO_PADDING_EXTENSION, new byte[offer.helloPaddingBytes]);
            }
            return extensions;
        }

        @Override
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            var chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            if (chosen == null) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
            profile = chosen.getProtectionProfiles()[0];
        }

        @Override
        public void notifyHandshakeComplete() {
            var chosen = SrtpProfile.ofWireValue(profile);
            keyingMaterial =
                    context.exportKeyingMaterial(
                            SrtpProfile.EXPORTER_LABEL, null, chosen.exporterBytes());
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    byte[] encoded = shown.getCertificate().getCertificateAt(0).getEncoded();
                    if (!HandshakeRig.OURS.fingerprint().matches(encoded)) {
                        throw new TlsFatalAlert(AlertDescription.bad_certificate);
                    }
                }

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request)
                        throws IOException {
                    return offer.certificate == null ? null : credentials(offer.certificate);
                }
            };
        }

        private TlsCredentials credentials(DtlsCertificate certificate) throws IOException {
            var crypto = (BcTlsCrypto) getCrypto();
            var shown =
                    new BcTlsCertificate[] {new BcTlsCertificate(crypto, certificate.encoded())};
            return new BcDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    crypto,
                    certificate.privateKey(),
                    new Certificate(shown),
                    SignatureAndHashAlgorithm.getInstance(
                            HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }
    }
}
