// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.dtls.DtlsCertificate;
import noom.rtc.dtls.DtlsLimits;
import noom.rtc.dtls.DtlsServer;
import noom.rtc.ice.IceCredentials;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.sfu.WebRtcTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real port on loopback; the other ends are sockets of the platform.
class SfuTest {
    private static final int LIMIT_SECONDS = 30;

    private final SecureRandom random = new SecureRandom();
    private final DtlsServer dtls =
            new DtlsServer(
                    DtlsCertificate.generate(random, Instant.EPOCH), DtlsLimits.ofCores(1), random);
    private final BlockingQueue<TransportEvent> events = new LinkedBlockingQueue<>();
    private Sfu sfu;
    private DatagramSocket peer;

    @BeforeEach
    void start() throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        sfu = await(Sfu.start(new InetSocketAddress(loopback, 0), 1, dtls, random));
        peer = new DatagramSocket(new InetSocketAddress(loopback, 0));
        peer.setSoTimeout(LIMIT_SECONDS * 1_000);
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        await(sfu.close());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void tell(byte[] bytes) throws IOException {
        peer.send(new DatagramPacket(bytes, bytes.length, sfu.address()));
    }

    private byte[] hear() throws IOException {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        peer.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private WebRtcTransport open(IceCredentials credentials) throws Exception {
        return await(
                sfu.ask(
                        0,
                        worker ->
                                worker.openTransport(
                                        worker.openRouter(_ -> {}),
                                        credentials,
                                        new MediaWorker.Listener() {
                                            @Override
                                            public void onEvent(TransportEvent event) {
                                                events.add(event);
                                            }

                                            @Override
                                            public void onBroken() {}
                                        })));
    }

    @Test
    void a_page_is_told_its_address() throws Exception {
        tell(new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());

        var answer = new StunMessage();
        assertThat(answer.wrap(hear())).isTrue();
        assertThat(answer.xorMappedAddress().getPort()).isEqualTo(peer.getLocalPort());
    }

    @Test
    void a_check_is_answered_and_its_owner_hears_where_it_came_from() throws Exception {
        var credentials = IceCredentials.random(random);
        open(credentials);

        tell(new ScriptedPage(1).check(credentials));

        var answer = new StunMessage();
        assertThat(answer.wrap(hear())).isTrue();
        assertThat(events.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(
                        new TransportEvent.PathFound(
                                (InetSocketAddress) peer.getLocalSocketAddress()));
    }

    @Test
    void a_handshake_has_its_thread_and_its_answer_leaves_by_the_port() throws Exception {
        var credentials = IceCredentials.random(random);
        var transport = open(credentials);
        await(sfu.ask(0, worker -> transport.connect(ScriptedPage.FINGERPRINT, worker.nowNanos())));
        tell(new ScriptedPage(1).check(credentials));
        hear();

        tell(clientHelloOfDtls10());

        var answer = hear();
        assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
        assertThat(describe(transport)).isEqualTo(TransportState.FAILED);
    }

    private TransportState describe(WebRtcTransport transport) throws Exception {
        for (var event = events.take(); ; event = next()) {
            if (event instanceof TransportEvent.DtlsFailed) {
                return await(sfu.ask(0, _ -> transport.describe().state()));
            }
        }
    }

    private TransportEvent next() throws InterruptedException {
        var event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    /// Version 1.0, one cipher suite, no extensions: whole, well-formed and refused.
    private static byte[] clientHelloOfDtls10() {
        var body = new byte[2 + 32 + 1 + 1 + 2 + 2 + 1 + 1];
        body[0] = (byte) 0xFE;
        body[1] = (byte) 0xFF;
        body[37] = 2; // one suite,
        body[38] = (byte) 0xC0;
        body[39] = 0x09; // ECDHE_ECDSA with AES-128-CBC
        body[40] = 1; // one compression: none
        var hello = new byte[13 + 12 + body.length];
        byte[] record = {22, (byte) 0xFE, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        System.arraycopy(record, 0, hello, 0, record.length);
        hello[12] = (byte) (12 + body.length);
        hello[13] = 1; // ClientHello
        hello[16] = (byte) body.length;
        hello[24] = (byte) body.length;
        System.arraycopy(body, 0, hello, 25, body.length);
        return hello;
    }

    @Test
    void what_breaks_is_told_to_who_asked() {
        assertThatThrownBy(
                        () ->
                                await(
                                        sfu.ask(
                                                0,
                                                _ -> {
                                                    throw new IllegalStateException("wished");
                                                })))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("wished");
    }

    @Test
    void questions_are_answered_in_their_order() throws Exception {
        var order = new LinkedBlockingQueue<Integer>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            var _ = sfu.ask(0, _ -> order.add(number));
        }
        await(sfu.ask(0, _ -> order.add(100)));

        assertThat(List.copyOf(order)).hasSize(101).isSorted();
    }

    @Test
    void the_port_counts() throws Exception {
        tell(new byte[] {1, 2, 3});
        tell(new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());
        hear();

        var stats = await(sfu.report()).getFirst().udp();
        assertThat(stats.receivedDatagrams()).isEqualTo(2);
        assertThat(stats.sentDatagrams()).isEqualTo(1);
        assertThat(await(sfu.ask(0, MediaWorker::strangeDatagrams))).isEqualTo(1);
    }

    @Test
    void an_address_of_others_is_refused() throws Exception {
        var elsewhere = new InetSocketAddress(InetAddress.getByName("192.0.2.77"), 0);

        assertThatThrownBy(() -> await(Sfu.start(elsewhere, 1, dtls, random)))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void transports_that_are_open_end_with_it() throws Exception {
        var transport = open(IceCredentials.random(random));
        var other =
                await(Sfu.start(new InetSocketAddress(peer.getLocalAddress(), 0), 1, dtls, random));
        await(other.close());

        await(sfu.ask(0, worker -> run(() -> worker.close(transport))));

        assertThat(await(sfu.ask(0, MediaWorker::transports))).isEqualTo(List.of());
        assertThat(transport.describe().state()).isEqualTo(TransportState.CLOSED);
    }

    private static boolean run(Runnable work) {
        work.run();
        return true;
    }
}
