// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {
    /// By how much the two clocks may be held against each other.
    private static final long ALIGNED_NANOS = Duration.ofMillis(1).toNanos();

    private static final Duration LATE = Duration.ofMillis(20);

    private final ArrivalClock clock = new ArrivalClock();

    private static DatagramChannel open() throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void a_datagram_that_was_read_late_came_when_it_was_sent() throws IOException {
        try (var to = open();
                var from = open()) {
            int descriptor = ArrivalClock.descriptor(to);
            clock.watch(descriptor);
            long before = System.nanoTime();
            from.send(ByteBuffer.wrap(new byte[] {1}), to.getLocalAddress());
            long after = System.nanoTime();
            Stage.pause(LATE);

            to.receive(ByteBuffer.allocate(1));
            long arrival = clock.arrivalNanos(descriptor, System.nanoTime());

            assertThat(arrival - before).isGreaterThan(-ALIGNED_NANOS);
            assertThat(arrival - after).isLessThan(ALIGNED_NANOS);
        }
    }

    @Test
    void of_a_socket_that_nobody_watched_it_is_now() throws IOException {
        try (var to = open()) {
            assertThat(clock.arrivalNanos(ArrivalClock.descriptor(to), 77)).isEqualTo(77);
        }
    }
}
