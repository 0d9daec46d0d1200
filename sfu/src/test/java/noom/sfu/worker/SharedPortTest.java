// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.sfu.Router;
import noom.sfu.TrackLink;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcJson;
import noom.sfu.ortc.Receivers;
import noom.sfu.udp.UdpLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two workers behind one real port on loopback; which of their sockets gets what a peer sends is
/// the kernel's choice, so peers are opened until it has chosen as the test wants it.
class SharedPortTest {
    private static final int LIMIT_SECONDS = 30;
    private static final int TRIES = 64;

    private final SecureRandom random = new SecureRandom();
    private final List<Peer> peers = new ArrayList<>();
    private Sfu sfu;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(UdpLoops.canShare());
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        sfu = await(Sfu.start(any, 2, (_, _, sink) -> new ScriptedPage.Keys(sink), random));
    }

    @AfterEach
    void stop() throws Exception {
        peers.forEach(peer -> peer.socket.close());
        if (sfu != null) {
            await(sfu.close());
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /// A page with a socket of its own.
    private final class Peer implements MediaWorker.Listener {
        private final DatagramSocket socket;
        private final ScriptedPage page = new ScriptedPage(1 + peers.size());
        private final IceCredentials credentials = IceCredentials.random(random);
        private final BlockingQueue<TransportEvent> events = new LinkedBlockingQueue<>();
        private WebRtcTransport transport;

        Peer() throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setSoTimeout(LIMIT_SECONDS * 1_000);
            peers.add(this);
        }

        private void say(byte[] datagram) throws IOException {
            socket.send(new DatagramPacket(datagram, datagram.length, sfu.address()));
        }

        private byte[] hear() throws IOException {
            var packet = new DatagramPacket(new byte[2_048], 2_048);
            socket.receive(packet);
            assertThat(packet.getSocketAddress()).isEqualTo(sfu.address());
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }

        private void hearMedia() throws IOException {
            int before = page.media.size();
            while (page.media.size() == before) {
                page.hear(hear());
            }
        }

        /// Which socket gets what it sends: 0 or 1.
        private int chosen() throws Exception {
            long before = received(0);
            say(new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());
            hear();
            return received(0) > before ? 0 : 1;
        }

        private void open(int worker, Router router) throws Exception {
            transport = await(sfu.ask(worker, it -> it.openTransport(router, credentials, this)));
            await(
                    sfu.ask(
                            worker,
                            it -> transport.connect(ScriptedPage.FINGERPRINT, it.nowNanos())));
            say(page.check(credentials));
            page.hear(hear());
            say(page.hello());
            for (var event = next(); !(event instanceof TransportEvent.DtlsConnected); ) {
                event = next();
            }
        }

        private TransportEvent next() throws InterruptedException {
            var event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        @Override
        public void onEvent(TransportEvent event) {
            events.add(event);
        }

        @Override
        public void onBroken() {}
    }

    private long received(int worker) throws Exception {
        return await(sfu.report()).get(worker).udp().receivedDatagrams();
    }

    private Peer peerOf(int socket) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            var peer = new Peer();
            if (peer.chosen() == socket) {
                return peer;
            }
        }
        throw new AssertionError("the kernel never chose socket " + socket);
    }

    private Router router(int worker) throws Exception {
        return await(sfu.ask(worker, it -> it.openRouter(_ -> {})));
    }

    private static RtpPacket sound(int seq) {
        var described = OrtcJson.captured("chromium-opus");
        var payload = new byte[] {(byte) seq, 1, 2};
        var out = new byte[200];
        int length =
                new RtpWriter()
                        .begin(
                                described.codecs().getFirst().payloadType(),
                                false,
                                seq,
                                960L * seq,
                                described.encodings().getFirst().ssrc())
                        .payload(payload, 0, payload.length)
                        .writeTo(out, 0);
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, length)).isTrue();
        return packet;
    }

    private TrackLink produce(Peer peer, int worker) throws Exception {
        return await(
                sfu.ask(
                        worker,
                        it -> {
                            var result =
                                    peer.transport.produce(
                                            "p",
                                            MediaKind.AUDIO,
                                            OrtcJson.captured("chromium-opus"),
                                            "ada",
                                            _ -> {});
                            return ((WebRtcTransport.ProduceResult.Created) result)
                                    .producer()
                                    .link(it.mailbox());
                        }));
    }

    private void consume(Peer peer, int worker, Router router, TrackLink link) throws Exception {
        await(
                sfu.ask(
                        worker,
                        it -> {
                            var result =
                                    peer.transport.consume(
                                            "c",
                                            router.mirror(link, it.mailbox()),
                                            Receivers.chromium(),
                                            new ConsumerRecorder(),
                                            it.nowNanos());
                            ((Router.ConsumeResult.Created) result)
                                    .consumer()
                                    .resume(it.nowNanos());
                            return true;
                        }));
    }

    private static final class ConsumerRecorder implements WebRtcTransport.ConsumerEvents {
        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {}

        @Override
        public void onProducerClosed() {}
    }

    @Test
    void the_kernel_spreads_peers_over_the_workers() throws Exception {
        peerOf(0);
        peerOf(1);

        assertThat(sfu.workerCount()).isEqualTo(2);
        assertThat(received(0)).isPositive();
        assertThat(received(1)).isPositive();
    }

    @Test
    void a_peer_whose_datagrams_come_to_the_other_socket_talks_to_its_worker() throws Exception {
        var ada = peerOf(1);
        var bob = peerOf(1);
        var router = router(0);
        ada.open(0, router);
        bob.open(0, router);
        consume(bob, 0, router, produce(ada, 0));

        ada.say(ada.page.sealed(sound(1)));
        bob.hearMedia();
        bob.say(bob.page.sealed(new Rtcp.ReceiverReport(1, List.of())));
        ada.say(ada.page.sealed(sound(2)));
        bob.hearMedia();

        assertThat(bob.page.media).hasSize(2);
        var reports = await(sfu.report());
        assertThat(reports.get(1).handedDatagrams()).as("all but four questions").isEqualTo(7);
        assertThat(reports.get(0).mailbox().taken()).isEqualTo(7);
        assertThat(reports.get(1).transports()).isZero();
        assertThat(reports.get(1).strangeDatagrams()).isZero();
        assertThat(reports.get(0).udp().sentDatagrams()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void sound_crosses_from_one_worker_to_receivers_on_both() throws Exception {
        var ada = peerOf(0);
        var bob = peerOf(0);
        var cleo = peerOf(1);
        var home = router(0);
        var away = router(1);
        ada.open(0, home);
        bob.open(0, home);
        cleo.open(1, away);
        var link = produce(ada, 0);
        consume(bob, 0, home, link);
        consume(cleo, 1, away, link);
        await(sfu.ask(0, _ -> true)); // after what cleo's router told

        ada.say(ada.page.sealed(sound(1)));
        bob.hearMedia();
        cleo.hearMedia();

        assertThat(bob.page.media.getFirst().payloadBytes()).isEqualTo(3);
        assertThat(cleo.page.media.getFirst().payloadBytes()).isEqualTo(3);
        var reports = await(sfu.report());
        assertThat(reports.get(1).mailbox().taken()).as("at least the packet").isPositive();
        assertThat(reports.get(0).handedDatagrams()).isZero();
    }

    @Test
    void all_ends_with_it() throws Exception {
        var ada = peerOf(1);
        ada.open(1, router(1));

        await(sfu.close());
        sfu = null;

        assertThat(ada.transport.describe().state()).isEqualTo(TransportState.CLOSED);
    }
}
