// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// The queue itself, against a list that counts everything anew each time.
class OutputQueueTest {
    private static final Duration STALL = Duration.ofSeconds(10);
    private static final long STALL_NANOS = STALL.toNanos();

    private static OutputQueue queue(long maxBytes, int maxPackets) {
        return new OutputQueue(new OutputLimits(maxBytes, maxPackets, STALL));
    }

    private static EnginePacket packet(Property.Case random) {
        return switch (random.between(0, 3)) {
            case 0 -> EnginePacket.TextMessage.of(random.text());
            case 1 -> EnginePacket.BinaryMessage.of(random.bytes());
            default -> random.oneOf(List.of(EnginePacket.Signal.values()));
        };
    }

    private static long bytes(List<EnginePacket> packets) {
        return packets.stream().mapToLong(OutputQueueTest::bytes).sum();
    }

    private static long bytes(EnginePacket packet) {
        return packet instanceof EnginePacket.BinaryMessage binary
                ? binary.bytes().length
                : packet.encoded().getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void whatever_is_added_and_taken_it_counts_as_a_list_would() {
        Property.forAll(
                random -> {
                    int maxBytes = random.between(1, 2_000);
                    int maxPackets = random.between(1, 20);
                    var queue = queue(maxBytes, maxPackets);
                    var model = new ArrayList<EnginePacket>();

                    for (int step = random.length(); step > 0; step--) {
                        int move = random.between(0, 10);
                        if (move < 6) {
                            var packet = packet(random);
                            queue.add(packet, 0);
                            model.add(packet);
                        } else if (move < 9 && !model.isEmpty()) {
                            assertThat(queue.take(0)).isSameAs(model.removeFirst());
                        } else if (move == 9) {
                            assertThat(queue.takeAll()).isEqualTo(model);
                            model.clear();
                        }

                        assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
                        assertThat(queue.isOverLimit())
                                .isEqualTo(bytes(model) > maxBytes || model.size() > maxPackets);
                    }
                });
    }

    @Test
    void the_limit_itself_is_allowed_in_bytes_and_in_packets() {
        var bytes = queue(4, 100);
        bytes.add(EnginePacket.BinaryMessage.of(new byte[4]), 0);
        var packets = queue(100, 1);
        packets.add(EnginePacket.Signal.PING, 0);

        assertThat(bytes.isOverLimit()).isFalse();
        assertThat(packets.isOverLimit()).isFalse();

        bytes.add(EnginePacket.Signal.PING, 0);
        packets.add(EnginePacket.Signal.PING, 0);
        assertThat(bytes.isOverLimit()).isTrue();
        assertThat(packets.isOverLimit()).isTrue();
    }

    @Test
    void the_stall_runs_from_the_oldest_packet_and_anew_with_each_one_taken() {
        var queue = queue(100, 100);
        assertThat(queue.stallDeadlineNanos()).isEqualTo(Long.MAX_VALUE);

        queue.add(EnginePacket.Signal.PING, 5);
        queue.add(EnginePacket.Signal.PING, 7);
        assertThat(queue.stallDeadlineNanos()).isEqualTo(5 + STALL_NANOS);

        queue.take(9);
        assertThat(queue.stallDeadlineNanos()).isEqualTo(9 + STALL_NANOS);

        queue.take(11);
        assertThat(queue.stallDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void what_is_exempt_counts_against_no_limit_until_it_is_taken() {
        var queue = queue(4, 2);
        for (int i = 0; i < 3; i++) {
            queue.addExempt(EnginePacket.BinaryMessage.of(new byte[100]), 0);
        }
        queue.add(EnginePacket.BinaryMessage.of(new byte[4]), 0);
        assertThat(queue.isOverLimit()).isFalse();
        queue.add(EnginePacket.Signal.PING, 0);
        assertThat(queue.isOverLimit()).as("4 bytes and a ping").isTrue();

        for (int i = 0; i < 4; i++) {
            queue.take(0);
        }
        assertThat(queue.isOverLimit()).isFalse();
        queue.add(EnginePacket.BinaryMessage.of(new byte[4]), 0);
        assertThat(queue.isOverLimit()).as("nothing is exempt any more").isTrue();
    }

    @Test
    void a_cleared_queue_starts_from_nothing() {
        var queue = queue(4, 2);
        queue.add(EnginePacket.BinaryMessage.of(new byte[9]), 0);
        assertThat(queue.isOverLimit()).isTrue();
        queue.addExempt(EnginePacket.BinaryMessage.of(new byte[9]), 0);

        queue.clear();

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.isOverLimit()).isFalse();
        assertThat(queue.stallDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        queue.add(EnginePacket.BinaryMessage.of(new byte[4]), 3);
        assertThat(queue.isOverLimit()).isFalse();
        assertThat(queue.stallDeadlineNanos()).isEqualTo(3 + STALL_NANOS);
    }
}
