// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import noom.bench.run.BenchException;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;
import org.junit.jupiter.api.Test;

class SocketReaderTest {
    /// By how much the two clocks may be held against each other.
    private static final long ALIGNED_NANOS = Duration.ofMillis(1).toNanos();

    private static final Duration LATE = Duration.ofMillis(20);

    private final SocketReader reader = new SocketReader();

    private static DatagramChannel open() throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void a_datagram_that_was_read_late_came_when_it_was_sent() throws IOException {
        try (var to = open();
                var from = open()) {
            int descriptor = UdpOptions.descriptor(to);
            reader.watch(descriptor);
            long before = System.nanoTime();
            from.send(ByteBuffer.wrap(new byte[] {1, 2}), to.getLocalAddress());
            long after = System.nanoTime();
            Stage.pause(LATE);

            assertThat(reader.read(descriptor)).isEqualTo(2);

            assertThat(reader.bytes()).startsWith(1, 2);
            assertThat(reader.segmentBytes()).isEqualTo(2);
            assertThat(reader.arrivalNanos() - before).isGreaterThan(-ALIGNED_NANOS);
            assertThat(reader.arrivalNanos() - after).isLessThan(ALIGNED_NANOS);
        }
    }

    @Test
    void of_a_socket_that_nobody_watched_it_is_now() throws IOException {
        try (var to = open();
                var from = open()) {
            from.send(ByteBuffer.wrap(new byte[] {1}), to.getLocalAddress());
            long before = System.nanoTime();

            assertThat(reader.read(UdpOptions.descriptor(to))).isEqualTo(1);

            assertThat(reader.arrivalNanos()).isBetween(before, System.nanoTime());
        }
    }

    @Test
    void a_time_that_cannot_be_is_now() {
        long second = Duration.ofSeconds(1).toNanos();

        assertThat(SocketReader.possible(5, 5)).isEqualTo(5);
        assertThat(SocketReader.possible(6, 5)).isEqualTo(5);
        assertThat(SocketReader.possible(6, 5 + second)).isEqualTo(6);
        assertThat(SocketReader.possible(5, 5 + second)).isEqualTo(5 + second);
    }

    @Test
    void nothing_is_read_where_nothing_came() throws IOException {
        try (var to = open()) {
            int descriptor = UdpOptions.descriptor(to);
            reader.watch(descriptor);

            assertThat(reader.read(descriptor)).isZero();
        }
    }

    @Test
    void what_left_as_one_message_is_read_as_one() throws IOException {
        try (var to = open();
                var loops = new Loops()) {
            int descriptor = UdpOptions.descriptor(to);
            reader.watch(descriptor);

            loops.send((InetSocketAddress) to.getLocalAddress(), 1_100, 1_100, 1_100, 400);

            assertThat(reader.read(descriptor)).isEqualTo(3_700);
            assertThat(reader.segmentBytes()).isEqualTo(1_100);
            assertThat(Arrays.copyOf(reader.bytes(), 3_700)).containsOnly(7);
            assertThat(reader.read(descriptor)).isZero();
        }
    }

    @Test
    void what_is_no_socket_cannot_be_watched() {
        assertThatThrownBy(() -> reader.watch(-1)).isInstanceOf(BenchException.class);
    }

    /// A port of the SFU's own kind.
    private static final class Loops implements AutoCloseable, UdpReceiver {
        private final UdpLoops loops = UdpLoops.start(1);
        private final CompletableFuture<UdpPort> made = new CompletableFuture<>();

        Loops() {
            loops.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            port -> {
                                made.complete(port);
                                return this;
                            })
                    .toCompletableFuture()
                    .join();
        }

        void send(InetSocketAddress to, int... lengths) {
            var port = made.join();
            var left = new CompletableFuture<Void>();
            port.execute(
                    () -> {
                        for (int lengthBytes : lengths) {
                            byte[] bytes = new byte[lengthBytes];
                            Arrays.fill(bytes, (byte) 7);
                            port.send(bytes, 0, lengthBytes, to);
                        }
                        port.flush();
                        left.complete(null);
                    });
            left.join();
        }

        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {}

        @Override
        public void onTurnEnd() {}

        @Override
        public void close() {
            loops.close().toCompletableFuture().join();
        }
    }
}
