// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What leaves while datagrams still come, without a socket.
class LongTurnTest implements UdpReceiver {
    private static final InetSocketAddress ALICE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress BOB =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private UdpPort out;
    private final UdpPort port = new UdpPort(channel, 1, null, this::open);
    private int answers;

    private UdpReceiver open(UdpPort opened) {
        out = opened;
        return this;
    }

    @AfterEach
    void nothing_is_kept() {
        port.forgetUnsent();
        channel.finishAndReleaseAll();
    }

    @Test
    void a_short_turn_leaves_at_its_end() {
        come(UdpPort.MAX_WAITING_DATAGRAMS - 1, ALICE);
        come(0, BOB);

        assertThat(left()).isZero();
        port.turnEnds();
        assertThat(left()).isEqualTo(UdpPort.MAX_WAITING_DATAGRAMS - 1);
    }

    @Test
    void in_a_long_turn_what_one_sender_caused_leaves_before_another_is_heard() {
        come(UdpPort.MAX_WAITING_DATAGRAMS, ALICE);
        assertThat(left()).isZero();

        come(3, BOB);

        assertThat(left()).isEqualTo(UdpPort.MAX_WAITING_DATAGRAMS);
        port.turnEnds();
        assertThat(left()).isEqualTo(3);
    }

    @Test
    void what_one_sender_sends_in_one_go_stays_together() {
        come(UdpPort.MAX_WAITING_DATAGRAMS, ALICE);
        come(UdpPort.MAX_WAITING_DATAGRAMS, ALICE);

        assertThat(left()).isZero();
        come(1, BOB);
        assertThat(left()).isEqualTo(2 * UdpPort.MAX_WAITING_DATAGRAMS);
    }

    @Test
    void after_what_has_left_the_count_begins_anew() {
        come(UdpPort.MAX_WAITING_DATAGRAMS, ALICE);
        port.turnEnds();
        assertThat(left()).isEqualTo(UdpPort.MAX_WAITING_DATAGRAMS);

        come(1, BOB);
        come(1, ALICE);

        assertThat(left()).isZero();
    }

    @Test
    void who_has_no_port_for_an_answer_is_not_heard() {
        come(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

        port.turnEnds();

        assertThat(left()).isZero();
        assertThat(port.stats().receivedDatagrams()).isZero();
    }

    /// A datagram that the worker answers with so many.
    private void come(int answerCount, InetSocketAddress from) {
        answers = answerCount;
        var content = Unpooled.wrappedBuffer(new byte[] {1});
        port.take(content, from);
        content.release();
    }

    private int left() {
        int count = 0;
        for (DatagramPacket packet = channel.readOutbound();
                packet != null;
                packet = channel.readOutbound()) {
            packet.release();
            count++;
        }
        return count;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        for (int i = 0; i < answers; i++) {
            out.send(new byte[] {2}, 0, 1, from);
        }
    }

    @Override
    public void onTurnEnd() {}
}
