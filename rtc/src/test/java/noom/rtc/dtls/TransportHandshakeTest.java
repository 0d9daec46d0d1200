// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import noom.rtc.DropReason;
import noom.rtc.PeerTransport;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.dtls.BrowserLikeClient.Offer;
import noom.rtc.dtls.BrowserLikeClient.Outcome;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.ScriptedPeer;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;

/// A transport with the real handshake in it, and a client whose hello, two datagrams long, comes
/// before signalling has told of it, as browsers' do.
class TransportHandshakeTest implements PeerTransport.Sink {
    private static final InetSocketAddress HOME = ScriptedPeer.address(1);
    private static final IceCredentials OURS = IceCredentials.random(new Random(1));

    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final DtlsServer server = HandshakeRig.server(HandshakeRig.LIMITS);
    private final PeerTransport transport =
            new PeerTransport(
                    OURS, (remote, sink) -> server.open(remote, mailbox::add, sink), this);
    private final List<Object> heard = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final BrowserLikeClient client =
            new BrowserLikeClient(
                    Offer.of(HandshakeRig.THEIRS).withPadding(1_300),
                    datagram -> mailbox.add(() -> deliver(datagram)),
                    outcome -> mailbox.add(() -> outcomes.add(outcome)));

    private void deliver(byte[] datagram) {
        transport.receive(ByteBuffer.wrap(datagram), HOME, 0);
    }

    private void runUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            var task = mailbox.poll(30, TimeUnit.SECONDS);
            assertThat(task).as("something happens; %s, %s", heard, outcomes).isNotNull();
            task.run();
        }
    }

    @Test
    void media_flows_under_the_keys_of_a_hello_that_was_early() throws InterruptedException {
        deliver(new ScriptedPeer().check(OURS));
        Thread.ofVirtual().start(client);
        runUntil(() -> transport.stats().receivedCount() >= 3);
        assertThat(transport.state()).isEqualTo(TransportState.NEW);
        assertThat(transport.stats().sentCount()).isEqualTo(1);

        transport.connect(HandshakeRig.THEIRS.fingerprint(), 0);
        runUntil(() -> transport.state() == TransportState.CONNECTED && !outcomes.isEmpty());

        assertThat(heard).contains(new TransportEvent.DtlsConnected(SrtpProfile.AEAD_AES_128_GCM));
        var keys = ((Outcome.Connected) outcomes.getFirst()).keyingMaterial().array();
        var srtp = SrtpContext.ofExporter(SrtpProfile.AEAD_AES_128_GCM, DtlsRole.CLIENT, keys);
        var packet = new byte[100];
        int bytes = new RtpWriter().begin(96, true, 77, 1, 2).writeTo(packet, 0);
        int sealedBytes = srtp.sender().protectRtp(packet, 0, bytes, packet, 0);
        transport.receive(ByteBuffer.wrap(packet, 0, sealedBytes), HOME, 0);
        assertThat(heard).last().isEqualTo(77);

        transport.close();
        runUntil(() -> outcomes.getLast() instanceof Outcome.Ended);
        assertThat(transport.stats().droppedCount(DropReason.SRTP_REFUSED)).isZero();
    }

    @Override
    public void transmit(ByteBuffer datagram, InetSocketAddress to) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        client.inbox.offer(bytes);
    }

    @Override
    public void onRtp(RtpPacket packet) {
        heard.add(packet.seq());
    }

    @Override
    public void onRtcp(List<Rtcp> packets) {
        heard.addAll(packets);
    }

    @Override
    public void onEvent(TransportEvent event) {
        heard.add(event);
    }
}
