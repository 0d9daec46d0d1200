// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BurstTest {
    private final SocketReader reader = new SocketReader();
    private final Window window = new Window(0, 10);
    private final Window.Count left = new Window.Count();
    private DatagramChannel to;
    private DatagramChannel from;
    private Burst burst;

    @BeforeEach
    void open() throws IOException {
        to = DatagramChannel.open(StandardProtocolFamily.INET);
        to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        reader.watch(UdpOptions.descriptor(to));
        from = DatagramChannel.open(StandardProtocolFamily.INET);
        from.configureBlocking(false);
        from.connect(to.getLocalAddress());
        burst = new Burst(from);
    }

    @AfterEach
    void close() throws IOException {
        to.close();
        from.close();
    }

    private void add(int count, int lengthBytes) {
        for (int i = 0; i < count; i++) {
            assertThat(burst.takes(lengthBytes)).isTrue();
            burst.add(new byte[lengthBytes], lengthBytes, 1);
        }
    }

    private int read() {
        return reader.read(UdpOptions.descriptor(to));
    }

    @Test
    void a_picture_leaves_as_one_message() {
        add(6, 1_000);
        burst.send(left, window);

        assertThat(read()).isEqualTo(6_000);
        assertThat(reader.segmentBytes()).isEqualTo(1_000);
        assertThat(left.in(window)).isEqualTo(6);
        assertThat(read()).isZero();
    }

    @Test
    void the_next_may_be_of_another_length() {
        add(2, 1_000);
        assertThat(burst.takes(999)).isFalse();
        burst.send(left, window);
        add(3, 80);
        burst.send(left, window);

        assertThat(read()).isEqualTo(2_000);
        assertThat(read()).isEqualTo(240);
        assertThat(reader.segmentBytes()).isEqualTo(80);
    }

    @Test
    void as_many_are_taken_as_the_kernel_cuts() {
        add(Burst.MAX_DATAGRAMS, 100);
        assertThat(burst.takes(100)).isFalse();
        burst.send(left, window);
        add(Burst.MAX_BYTES / 1_400, 1_400);
        assertThat(burst.takes(1_400)).isFalse();
        burst.send(left, window);

        assertThat(read()).isEqualTo(6_400);
        assertThat(read()).isEqualTo(46 * 1_400);
        assertThat(left.in(window)).isEqualTo(64 + 46);
    }

    @Test
    void what_is_written_beside_it_is_not_cut() throws IOException {
        add(3, 80);
        burst.send(left, window);
        from.write(ByteBuffer.allocate(500));

        assertThat(read()).isEqualTo(240);
        assertThat(read()).isEqualTo(500);
        assertThat(reader.segmentBytes()).isEqualTo(500);
    }

    @Test
    void what_cannot_leave_is_not_counted() throws IOException {
        to.close();
        add(3, 10);
        burst.send(left, window); // leaves, and finds nobody
        add(2, 10);
        burst.send(left, window);

        assertThat(left.in(window)).isEqualTo(3);
    }

    @Test
    void of_nothing_nothing_is_sent() {
        burst.send(left, window);

        assertThat(read()).isZero();
    }
}
