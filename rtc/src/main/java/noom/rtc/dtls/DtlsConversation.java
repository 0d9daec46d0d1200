// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import noom.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/// One association as Bouncy Castle sees it: shake hands, then wait for ever, because a peer that
/// has missed our last flight repeats its own, and somebody must repeat ours (RFC 6347 section
/// 4.2.4). Waiting costs a parked virtual thread of a few kilobytes and no processor time.
///
/// Owner: its virtual thread. It touches nothing of the endpoint's owner; what it has to say goes
/// through the mailbox.
final class DtlsConversation implements Runnable {
    private final SrtpTlsServer server;
    private final HandshakeAdmission admission;
    private final DtlsMailbox owner;
    private final Listener listener;
    private final DatagramLine line;

    /// What the endpoint hears, on its owner's thread.
    interface Listener {
        void onDatagram(byte[] datagram);

        /// There are keys.
        ///
        /// @param keyingMaterial overwritten when this returns
        void onAgreed(SrtpProfile profile, byte[] keyingMaterial);

        void onFailed(DtlsFailure reason);

        void onGoodbye();
    }

    DtlsConversation(
            SrtpTlsServer server,
            DatagramInbox inbox,
            HandshakeAdmission admission,
            DtlsMailbox owner,
            Listener listener) {
        this.server = server;
        this.admission = admission;
        this.owner = owner;
        this.listener = listener;
        line = new DatagramLine(inbox, datagram -> owner.tell(() -> listener.onDatagram(datagram)));
    }

    @Override
    public void run() {
        var transport = shakeHands();
        if (transport != null) {
            tellKeys();
            waitForGoodbye(transport);
            owner.tell(listener::onGoodbye);
        }
    }

    /// Null if it failed, which the owner has been told then.
    private @Nullable DTLSTransport shakeHands() {
        try {
            var transport = new DTLSServerProtocol().accept(server, line);
            line.flush();
            return transport;
        } catch (IOException e) {
            var reason = server.failureOf(e);
            owner.tell(() -> listener.onFailed(reason));
            return null;
        } finally {
            admission.leave();
        }
    }

    private void tellKeys() {
        var profile = server.profile();
        var material = server.takeKeyingMaterial();
        owner.tell(
                () -> {
                    try {
                        listener.onAgreed(profile, material);
                    } finally {
                        Arrays.fill(material, (byte) 0);
                    }
                });
    }

    private void waitForGoodbye(DTLSTransport transport) {
        try {
            var ignored = new byte[DtlsEndpoint.MAX_DATAGRAM_BYTES];
            while (true) {
                transport.receive(ignored, 0, ignored.length, 0);
            }
        } catch (InterruptedIOException _) {
            close(transport); // and says goodbye, if nobody has
        } catch (IOException _) {
            close(transport); // an alert that ends it all
        }
    }

    private static void close(DTLSTransport transport) {
        try {
            transport.close();
        } catch (IOException e) {
            throw new IllegalStateException("our line does not fail", e);
        }
    }
}
