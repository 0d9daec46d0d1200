// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.security.SecureRandom;

/// Opens the endpoints of one process: one certificate, one set of limits, any number of owners.
///
/// Safe to call from any thread; all it holds is shared on purpose or never changes.
public final class DtlsServer {
    private final DtlsCertificate certificate;
    private final DtlsLimits limits;
    private final BoundedCrypto crypto;
    private final HandshakeAdmission admission;

    /// @param certificate whose fingerprint signalling tells every peer
    /// @param random also that of the certificate, or another one
    public DtlsServer(DtlsCertificate certificate, DtlsLimits limits, SecureRandom random) {
        this.certificate = certificate;
        this.limits = limits;
        crypto = new BoundedCrypto(random);
        admission = new HandshakeAdmission(limits.maxRunning(), limits.maxWaiting());
    }

    /// An endpoint that waits for a peer's first datagram.
    ///
    /// @param remote of the certificate that the peer must show
    /// @param owner runs what the endpoint's thread has to tell, on the thread of the caller
    /// @param sink called on that thread only
    public DtlsEndpoint open(Fingerprint remote, DtlsMailbox owner, DtlsEndpoint.Sink sink) {
        var server = new SrtpTlsServer(crypto, certificate, remote, limits.handshakeLimit());
        return new ServerEndpoint(server, limits, admission, owner, sink);
    }

    /// Of the certificate that peers are shown.
    public Fingerprint fingerprint() {
        return certificate.fingerprint();
    }

    /// Handshakes that run now.
    public int runningCount() {
        return admission.runningCount();
    }

    /// Peers whose handshake waits for another one to end.
    public int waitingCount() {
        return admission.waitingCount();
    }

    /// Peers that found neither a place nor room to wait.
    public long refusedCount() {
        return admission.refusedCount();
    }
}
