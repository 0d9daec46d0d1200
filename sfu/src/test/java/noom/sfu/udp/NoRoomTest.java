// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import noom.sfu.udp.MessageQueue.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A kernel whose socket is full, without a socket: what it does not take leaves by Netty.
class NoRoomTest implements MessageQueue.Kernel, UdpReceiver {
    private static final int EINVAL = -22;
    private static final int EAGAIN = -11;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UdpPort port = new UdpPort(channel, SendBatch.MAX_SEGMENTS, this, _ -> this);
    private final List<Message> put = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int error = EAGAIN;

    @AfterEach
    void nothing_is_kept() {
        channel.finishAndReleaseAll();
    }

    @Test
    void while_there_is_room_nothing_leaves_by_netty() {
        sendTo(1, 100);
        port.flush();

        assertThat(taken).isEqualTo(ports(1, 100));
        assertThat(byNetty()).isEmpty();
    }

    @Test
    void what_there_is_no_room_for_leaves_by_netty_with_all_that_follows_it() {
        room = 10;
        sendTo(1, MessageQueue.MAX_MESSAGES + 6);
        port.flush();

        assertThat(taken).isEqualTo(ports(1, 10));
        assertThat(byNetty()).isEqualTo(ports(11, MessageQueue.MAX_MESSAGES + 6));
    }

    @Test
    void when_netty_has_sent_it_all_there_is_room_again() {
        room = 0;
        sendTo(1, 2);
        port.flush();
        sendTo(3, 4);
        port.flush();

        assertThat(byNetty()).isEqualTo(ports(1, 2));
        assertThat(taken).isEqualTo(ports(3, 4));
    }

    @Test
    void where_one_message_cannot_be_cut_its_address_gets_single_datagrams() {
        error = EINVAL;
        room = 0;
        IntStream.of(5, 5).forEach(to -> sendTo(to, to));
        port.flush();
        put.clear();

        IntStream.of(5, 5, 6, 6).forEach(to -> sendTo(to, to));
        port.flush();

        assertThat(put.stream().map(message -> message.to().getPort() + "x" + message.count()))
                .containsExactlyInAnyOrder("5x1", "5x1", "6x2");
        assertThat(port.stats().failedRuns()).isEqualTo(1);
    }

    @Test
    void after_its_end_nothing_is_sent() {
        sendTo(1, 1);
        assertThat(channel.close().isSuccess()).isTrue();
        port.flush();

        assertThat(taken).isEmpty();
        assertThat(byNetty()).isEmpty();
    }

    private static List<Integer> ports(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private void sendTo(int first, int last) {
        for (int to : ports(first, last)) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), to);
            port.send(new byte[] {1}, 0, 1, address);
        }
    }

    private List<Integer> byNetty() {
        var left = new ArrayList<Integer>();
        for (DatagramPacket packet = channel.readOutbound();
                packet != null;
                packet = channel.readOutbound()) {
            left.add(packet.recipient().getPort());
            packet.release();
        }
        return left;
    }

    @Override
    public void put(int index, Message message) {
        put.add(message);
    }

    /// Takes as many as there is room for, then fails once.
    @Override
    public int send(int first, int count) {
        if (room == 0) {
            room = Integer.MAX_VALUE;
            return error;
        }
        int now = Math.min(room, count);
        room -= now;
        int from = put.size() - count;
        put.subList(from, from + now).forEach(it -> taken.add(it.to().getPort()));
        return now;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {}

    @Override
    public void onTurnEnd() {}
}
