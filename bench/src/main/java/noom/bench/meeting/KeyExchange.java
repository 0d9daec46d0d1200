// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
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

/// The client side of DTLS-SRTP (RFC 5764): a handshake on a virtual thread of its own that ends in
/// keys or fails. It is over when it returns: who has them says nothing more.
final class KeyExchange implements DatagramTransport {
    private static final int SEND_LIMIT_BYTES = 1_200;
    private static final int RESEND_MILLIS = 200;
    private static final int LIMIT_MILLIS = 30_000;

    private final LinkedBlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>();
    private final CompletableFuture<SrtpContext> keys = new CompletableFuture<>();
    private final OwnCertificate own;
    private final Fingerprint remote;
    private final Consumer<byte[]> out;

    /// @param remote of the server, as signalling has told
    /// @param out takes each datagram that leaves, on the handshake's thread
    KeyExchange(OwnCertificate own, Fingerprint remote, Consumer<byte[]> out) {
        this.own = own;
        this.remote = remote;
        this.out = out;
    }

    /// Begins.
    ///
    /// @return what comes of it; completed on the handshake's thread
    CompletableFuture<SrtpContext> start() {
        Thread.ofVirtual().name("handshake").start(this::run);
        return keys;
    }

    /// A datagram from the server. Any thread may call it.
    void onDatagram(byte[] datagram) {
        inbox.add(datagram);
    }

    private void run() {
        var client = new Client();
        try {
            var _ = new DTLSClientProtocol().connect(client, this);
            keys.complete(client.context());
        } catch (IOException | RuntimeException e) {
            keys.completeExceptionally(e);
        }
    }

    @Override
    public int getReceiveLimit() {
        return DtlsEndpoint.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT_BYTES;
    }

    @Override
    public int receive(byte[] into, int offset, int limitBytes, int waitMillis)
            throws InterruptedIOException {
        try {
            var datagram = inbox.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null || datagram.length > limitBytes) {
                return -1;
            }
            System.arraycopy(datagram, 0, into, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException _) {
            throw new InterruptedIOException("nobody interrupts this thread");
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int lengthBytes) {
        out.accept(Arrays.copyOfRange(bytes, offset, offset + lengthBytes));
    }

    @Override
    public void close() {}

    @SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // Bouncy Castle's old collections
    private final class Client extends DefaultTlsClient {
        private SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        private byte @Nullable [] exported;

        Client() {
            super(new BcTlsCrypto());
        }

        SrtpContext context() {
            if (exported == null) {
                throw new IllegalStateException("a handshake that has ended has keys");
            }
            return SrtpContext.ofExporter(profile, DtlsRole.CLIENT, exported);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return RESEND_MILLIS;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return LIMIT_MILLIS;
        }

        @Override
        public Hashtable getClientExtensions() throws IOException {
            var extensions = super.getClientExtensions();
            int[] profiles = {profile.wireValue()};
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, new byte[0]));
            return extensions;
        }

        @Override
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            var chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            if (chosen == null || chosen.getProtectionProfiles()[0] != profile.wireValue()) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
        }

        @Override
        public void notifyHandshakeComplete() {
            exported =
                    context.exportKeyingMaterial(
                            SrtpProfile.EXPORTER_LABEL, null, profile.exporterBytes());
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    if (!remote.matches(shown.getCertificate().getCertificateAt(0).getEncoded())) {
                        throw new TlsFatalAlert(AlertDescription.bad_certificate);
                    }
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request)
                        throws IOException {
                    return credentials();
                }
            };
        }

        private TlsCredentials credentials() throws IOException {
            var crypto = (BcTlsCrypto) getCrypto();
            BcTlsCertificate[] shown = {new BcTlsCertificate(crypto, own.encoded())};
            return new BcDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    crypto,
                    own.privateKey(),
                    new Certificate(shown),
                    SignatureAndHashAlgorithm.getInstance(
                            HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }
    }
}
