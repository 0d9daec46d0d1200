// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import noom.sfu.udp.MessageQueue.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The call of the system itself, on a socket of loopback.
class SendmmsgTest {
    private static final int EINVAL = 22;
    private static final int LIMIT_MILLIS = 30_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final EpollDatagramChannel socket = new EpollDatagramChannel(SocketProtocolFamily.INET);
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final Sendmmsg sendmmsg = new Sendmmsg(socket.fd().intValue());

    @AfterEach
    void close() throws IOException {
        buffers.forEach(ByteBuf::release);
        socket.fd().close();
    }

    @Test
    void it_is_there_on_the_systems_that_we_test_on() {
        assertThat(Sendmmsg.isAvailable()).isTrue();
    }

    @Test
    void each_message_goes_where_it_should_and_is_cut_as_it_says() throws IOException {
        try (var alice = peer();
                var bob = peer()) {
            put(0, "aabbc", 2, 3, alice);
            put(1, "xyz", 3, 1, bob);
            put(2, "ddd", 1, 3, alice);

            assertThat(sendmmsg.send(0, 3)).isEqualTo(3);

            assertThat(hear(alice, 6)).isEqualTo("aa bb c d d d ");
            assertThat(hear(bob, 1)).isEqualTo("xyz ");
        }
    }

    @Test
    void what_was_put_can_be_sent_from_any_on() throws IOException {
        try (var alice = peer()) {
            put(0, "a", 1, 1, alice);
            put(1, "b", 1, 1, alice);
            put(2, "c", 1, 1, alice);

            assertThat(sendmmsg.send(1, 1)).isEqualTo(1);
            assertThat(sendmmsg.send(2, 1)).isEqualTo(1);

            assertThat(hear(alice, 2)).isEqualTo("b c ");
        }
    }

    @Test
    void as_many_as_a_queue_takes_go_at_once() throws IOException {
        try (var alice = peer()) {
            for (int i = 0; i < MessageQueue.MAX_MESSAGES; i++) {
                put(i, "ab", 1, 2, alice);
            }

            assertThat(sendmmsg.send(0, MessageQueue.MAX_MESSAGES))
                    .isEqualTo(MessageQueue.MAX_MESSAGES);

            assertThat(hear(alice, 2 * MessageQueue.MAX_MESSAGES))
                    .isEqualTo("a b ".repeat(MessageQueue.MAX_MESSAGES));
        }
    }

    @Test
    void a_message_that_cannot_be_sent_is_told_by_its_error() throws IOException {
        try (var alice = peer()) {
            put(0, "a", 1, 1, alice);
            put(1, "b", 1, 1, new InetSocketAddress(LOOPBACK, 0));

            assertThat(sendmmsg.send(0, 2)).isEqualTo(1);
            assertThat(sendmmsg.send(1, 1)).isEqualTo(-EINVAL);
        }
    }

    @Test
    void what_is_no_socket_is_refused() {
        assertThatThrownBy(() -> new Sendmmsg(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /// ip(7) and ipv6(7); the family is in the byte order of the machine, the port in the net's.
    @Test
    void addresses_are_written_as_the_family_of_the_socket_has_them() throws IOException {
        var ipv4 = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        var plain = HexFormat.of().parseHex("20010db8000000000000000000000001");
        var linkLocal = HexFormat.of().parseHex("fe800000000000000000000000000001");

        assertThat(name(ipv4, false)).isEqualTo("0200" + "1f90" + "c0000201" + "ff".repeat(20));
        assertThat(name(ipv4, true))
                .isEqualTo("0a001f90ffffffff" + "00".repeat(10) + "ffffc0000201" + "00000000");
        assertThat(name(InetAddress.getByAddress(plain), true))
                .isEqualTo("0a001f90ffffffff" + HexFormat.of().formatHex(plain) + "00000000");
        assertThat(name(Inet6Address.getByAddress(null, linkLocal, 3), true))
                .isEqualTo("0a001f90ffffffff" + HexFormat.of().formatHex(linkLocal) + "03000000");
    }

    private static String name(InetAddress address, boolean isIpv6) {
        var name = MemorySegment.ofArray(new int[Sendmmsg.NAME6_BYTES / Integer.BYTES]);
        name.fill((byte) 0xFF);
        Sendmmsg.writeName(name, 0, new InetSocketAddress(address, 8_080), isIpv6);
        return HexFormat.of().formatHex(name.toArray(ValueLayout.JAVA_BYTE));
    }

    private static DatagramSocket peer() throws IOException {
        var peer = new DatagramSocket(0, LOOPBACK);
        peer.setSoTimeout(LIMIT_MILLIS);
        return peer;
    }

    private void put(int index, String text, int segmentBytes, int count, DatagramSocket to) {
        put(index, text, segmentBytes, count, new InetSocketAddress(LOOPBACK, to.getLocalPort()));
    }

    private void put(int index, String text, int segmentBytes, int count, InetSocketAddress to) {
        var bytes = Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        buffers.add(bytes);
        sendmmsg.put(index, new Message(bytes, segmentBytes, count, to));
    }

    private static String hear(DatagramSocket peer, int count) throws IOException {
        var heard = new StringBuilder();
        for (int i = 0; i < count; i++) {
            var packet = new DatagramPacket(new byte[100], 100);
            peer.receive(packet);
            heard.append(
                            new String(
                                    packet.getData(),
                                    0,
                                    packet.getLength(),
                                    StandardCharsets.US_ASCII))
                    .append(' ');
        }
        return heard.toString();
    }
}
