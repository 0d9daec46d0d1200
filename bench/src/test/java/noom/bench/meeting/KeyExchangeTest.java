// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import noom.rtc.dtls.DtlsCertificate;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsFailure;
import noom.rtc.dtls.DtlsLimits;
import noom.rtc.dtls.DtlsServer;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against the handshake that the server has, joined in memory.
class KeyExchangeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LIMIT_SECONDS = 30;

    private final DtlsServer server =
            new DtlsServer(
                    DtlsCertificate.generate(RANDOM, Instant.EPOCH), DtlsLimits.ofCores(1), RANDOM);
    private final OwnCertificate own = OwnCertificate.generate(RANDOM);
    private final ExecutorService owner = Executors.newSingleThreadExecutor();
    private final CompletableFuture<SrtpContext> serverKeys = new CompletableFuture<>();

    private final class ServerSide implements DtlsEndpoint.Sink {
        private final CompletableFuture<KeyExchange> client;

        ServerSide(CompletableFuture<KeyExchange> client) {
            this.client = client;
        }

        @Override
        public void transmit(ByteBuffer datagram) {
            var bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            client.join().onDatagram(bytes);
        }

        @Override
        public void onConnected(SrtpProfile profile, byte[] keyingMaterial) {
            serverKeys.complete(
                    SrtpContext.ofExporter(profile, SrtpContext.DtlsRole.SERVER, keyingMaterial));
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            serverKeys.completeExceptionally(new IllegalStateException(reason.toString()));
        }

        @Override
        public void onClosed() {}
    }

    private SrtpContext shakeHands(Fingerprint ofClient, Fingerprint ofServer) {
        var client = new CompletableFuture<KeyExchange>();
        var endpoint = server.open(ofClient, owner::execute, new ServerSide(client));
        var exchange =
                new KeyExchange(
                        own,
                        ofServer,
                        datagram ->
                                owner.execute(
                                        () ->
                                                endpoint.receive(
                                                        ByteBuffer.wrap(datagram),
                                                        System.nanoTime())));
        client.complete(exchange);
        return exchange.start().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    @AfterEach
    void end() {
        owner.shutdown();
    }

    @Test
    void both_sides_come_to_keys_that_fit() {
        var keys = shakeHands(own.fingerprint(), server.fingerprint());
        var theirs = serverKeys.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        var packet = new byte[200];
        packet[0] = (byte) 0x80;

        int sealed = keys.sender().protectRtp(packet, 0, 100, packet, 0);

        assertThat(theirs.receiver().unprotectRtp(packet, 0, sealed, packet, 0)).isEqualTo(100);
        sealed = theirs.sender().protectRtp(packet, 0, 100, packet, 0);
        assertThat(keys.receiver().unprotectRtp(packet, 0, sealed, packet, 0)).isEqualTo(100);
    }

    @Test
    void a_server_that_signalling_did_not_tell_of_gets_no_keys() {
        assertThatThrownBy(() -> shakeHands(own.fingerprint(), own.fingerprint()))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("bad_certificate");
        assertThatThrownBy(() -> serverKeys.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join())
                .hasMessageContaining("REFUSED_BY_PEER");
    }
}
