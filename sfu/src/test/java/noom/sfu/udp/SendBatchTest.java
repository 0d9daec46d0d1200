// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import noom.testkit.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendBatchTest {
    private static final InetSocketAddress ALICE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress BOB =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<String> runs = new ArrayList<>();
    private final Map<InetSocketAddress, List<byte[]>> arrived = new HashMap<>();
    private final SendBatch batch = new SendBatch(allocator, SendBatch.MAX_SEGMENTS, this::take);

    @AfterEach
    void nothing_is_kept() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void datagrams_of_one_size_to_one_address_are_one_run() {
        send(ALICE, 1_100, 1_100, 1_100);

        batch.flush();

        assertThat(runs).containsExactly("1 3x1100");
    }

    @Test
    void a_shorter_one_ends_a_run_and_a_longer_one_begins_one() {
        send(ALICE, 1_100, 400, 400, 1_100, 90, 160);

        batch.flush();

        assertThat(runs).containsExactly("1 2x1100", "1 1x400", "1 2x1100", "1 1x160");
    }

    @Test
    void what_goes_to_others_does_not_end_a_run() {
        send(ALICE, 500);
        send(BOB, 700);
        send(ALICE, 500);
        send(BOB, 700);

        batch.flush();

        assertThat(runs).containsExactlyInAnyOrder("1 2x500", "2 2x700");
    }

    @Test
    void a_run_has_at_most_so_many_datagrams_as_the_kernel_cuts() {
        for (int i = 0; i < SendBatch.MAX_SEGMENTS + 1; i++) {
            send(ALICE, 100);
        }

        batch.flush();

        assertThat(runs).containsExactly("1 64x100", "1 1x100");
    }

    @Test
    void a_run_has_at_most_so_many_bytes_as_one_message_carries() {
        int each = UdpPort.MAX_DATAGRAM_BYTES;
        for (int i = 0; i < 33; i++) {
            send(ALICE, each);
        }

        batch.flush();

        assertThat(32 * each).isLessThanOrEqualTo(SendBatch.MAX_RUN_BYTES);
        assertThat(33 * each).isGreaterThan(SendBatch.MAX_RUN_BYTES);
        assertThat(runs).containsExactly("1 32x2047", "1 1x2047");
    }

    @Test
    void where_nothing_cuts_each_datagram_is_a_run() {
        batch.sendSingly();
        send(ALICE, 100, 100);

        batch.flush();

        assertThat(runs).containsExactly("1 1x100", "1 1x100");
    }

    @Test
    void where_the_way_to_one_takes_no_cut_others_still_get_theirs() {
        send(ALICE, 100, 100);
        batch.flush();
        batch.sendSingly(ALICE);
        batch.sendSingly(BOB); // of whom nothing is known: nothing was sent there
        runs.clear();

        send(ALICE, 100, 100, 90);
        send(BOB, 100, 100);
        batch.flush();

        assertThat(runs).containsExactlyInAnyOrder("1 1x100", "1 1x100", "1 1x90", "2 2x100");
    }

    @Test
    void what_is_discarded_is_released_and_not_sent() {
        send(ALICE, 100, 100);

        batch.discard();
        batch.flush();

        assertThat(runs).isEmpty();
    }

    @Test
    void where_memory_ends_what_was_taken_before_still_leaves() {
        var scarce = new Scarce(allocator, 2);
        var poor = new SendBatch(scarce, SendBatch.MAX_SEGMENTS, this::take);
        poor.add(new byte[100], 0, 100, ALICE);
        poor.add(new byte[100], 0, 100, BOB);

        assertThatThrownBy(() -> poor.add(new byte[200], 0, 200, ALICE))
                .isInstanceOf(OutOfMemoryError.class);
        poor.flush();
        assertThat(runs).containsExactly("1 1x100", "2 1x100");

        scarce.leftCount = 1;
        poor.add(new byte[200], 0, 200, ALICE);
        poor.flush();
        assertThat(runs.getLast()).isEqualTo("1 1x200");
    }

    /// Gives so many buffers.
    private static final class Scarce extends AbstractByteBufAllocator {
        private final UnpooledByteBufAllocator all;
        private int leftCount;

        Scarce(UnpooledByteBufAllocator all, int leftCount) {
            super(true);
            this.all = all;
            this.leftCount = leftCount;
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }

        @Override
        protected ByteBuf newHeapBuffer(int bytes, int maxBytes) {
            return all.heapBuffer(bytes, maxBytes);
        }

        @Override
        protected ByteBuf newDirectBuffer(int bytes, int maxBytes) {
            if (leftCount == 0) {
                throw new OutOfMemoryError("as the test wants");
            }
            leftCount--;
            return all.directBuffer(bytes, maxBytes);
        }
    }

    @Test
    void it_tells_how_many_wait() {
        send(ALICE, 100, 200);
        send(BOB, 100);
        assertThat(batch.waitingCount()).isEqualTo(3);

        batch.flush();
        assertThat(batch.waitingCount()).isZero();
        send(BOB, 100);
        batch.discard();
        assertThat(batch.waitingCount()).isZero();
    }

    @Test
    void runs_leave_in_the_order_in_which_they_began() {
        send(BOB, 100);
        send(ALICE, 100);
        batch.flush();
        send(ALICE, 100);
        send(BOB, 100);
        batch.flush();

        assertThat(runs).containsExactly("2 1x100", "1 1x100", "1 1x100", "2 1x100");
    }

    @Test
    void addresses_are_remembered_from_turn_to_turn_but_not_without_end() {
        for (int port = 1; port <= SendBatch.MAX_ADDRESSES; port++) {
            send(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        }
        batch.flush();
        assertThat(batch.addressCount()).isEqualTo(SendBatch.MAX_ADDRESSES);

        send(new InetSocketAddress(InetAddress.getLoopbackAddress(), 65_535), 1);
        batch.flush();

        assertThat(batch.addressCount()).isZero();
        assertThat(runs).hasSize(SendBatch.MAX_ADDRESSES + 1);
        send(ALICE, 100, 100);
        batch.flush();
        assertThat(runs.getLast()).isEqualTo("1 2x100");
    }

    @Test
    void who_has_left_is_forgotten_in_time() {
        send(BOB, 100);
        batch.flush();
        for (int turn = 2; turn < SendBatch.MAX_TURNS; turn++) {
            send(ALICE, 100);
            batch.flush();
        }
        assertThat(batch.addressCount()).isEqualTo(2);

        batch.flush();
        assertThat(batch.addressCount()).isZero();

        send(ALICE, 100);
        batch.flush();
        assertThat(batch.addressCount()).isOne();
        assertThat(runs).hasSize(SendBatch.MAX_TURNS);
    }

    @Test
    void what_is_discarded_is_not_part_of_the_next_run() {
        send(ALICE, 100, 50);
        batch.discard();
        send(ALICE, 70, 70);

        batch.flush();

        assertThat(runs).containsExactly("1 2x70");
    }

    @Test
    void a_turn_begins_anew() {
        send(ALICE, 100);
        batch.flush();
        send(ALICE, 100);
        batch.flush();
        batch.flush();

        assertThat(runs).containsExactly("1 1x100", "1 1x100");
    }

    @Test
    void whatever_is_sent_arrives_in_order_for_each_address() {
        Property.forAll(
                c -> {
                    var sent = new HashMap<InetSocketAddress, List<byte[]>>();
                    arrived.clear();
                    for (int i = c.length(); i > 0; i--) {
                        var to = c.oneOf(List.of(ALICE, BOB));
                        var datagram = new byte[c.oneOf(List.of(1, 7, 8, 9, 1_200))];
                        c.random().nextBytes(datagram);
                        batch.add(datagram, 0, datagram.length, to);
                        sent.computeIfAbsent(to, any -> new ArrayList<>()).add(datagram);
                        if (c.between(0, 20) == 0) {
                            batch.flush();
                        }
                    }
                    batch.flush();
                    assertThat(arrived.keySet()).isEqualTo(sent.keySet());
                    sent.forEach(
                            (to, all) ->
                                    assertThat(arrived.get(to)).containsExactlyElementsOf(all));
                });
    }

    private void send(InetSocketAddress to, int... lengths) {
        for (int lengthBytes : lengths) {
            batch.add(new byte[lengthBytes + 3], 3, lengthBytes, to);
        }
    }

    private void take(MessageQueue.Message run) {
        int segmentBytes = run.segmentBytes();
        var datagrams = run.datagrams();
        runs.add(run.to().getPort() + " " + run.count() + "x" + segmentBytes);
        int pieces = 0;
        while (datagrams.isReadable()) {
            var piece = new byte[Math.min(segmentBytes, datagrams.readableBytes())];
            datagrams.readBytes(piece);
            arrived.computeIfAbsent(run.to(), any -> new ArrayList<>()).add(piece);
            pieces++;
        }
        assertThat(pieces).isEqualTo(run.count());
        datagrams.release();
    }
}
