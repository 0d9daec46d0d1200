// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import noom.sfu.forward.Packets;
import noom.sfu.repair.ReceiveStream.Arrival;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class ReceiveStreamTest {
    private static final long MILLI = 1_000_000L;
    private static final int RATE = 90_000;

    private final ReceiveStream stream = new ReceiveStream(RATE);

    private Arrival receive(int seq) {
        return receive(seq, false);
    }

    private Arrival receive(int seq, boolean isRepaired) {
        return stream.onPacket(Packets.rtp(seq, seq, false, new byte[88]), isRepaired, 0, 0);
    }

    @Test
    void each_number_counts_once() {
        assertThat(receive(65_535)).isEqualTo(Arrival.NEW);
        assertThat(receive(1)).isEqualTo(Arrival.NEW);
        assertThat(receive(0)).isEqualTo(Arrival.NEW);
        assertThat(receive(0)).isEqualTo(Arrival.DUPLICATE);
        assertThat(receive(1, true)).isEqualTo(Arrival.DUPLICATE);
        assertThat(stream.lostCount()).isZero();
    }

    @Test
    void a_jump_is_doubted_until_it_is_confirmed() {
        receive(0);
        assertThat(receive(ReceiveStream.MAX_DROPOUT)).isEqualTo(Arrival.DOUBTFUL);
        assertThat(receive(1)).isEqualTo(Arrival.NEW);
        assertThat(receive(30_000)).isEqualTo(Arrival.DOUBTFUL);
        assertThat(receive(30_001)).isEqualTo(Arrival.RESTARTED);
        assertThat(receive(30_002)).isEqualTo(Arrival.NEW);
        assertThat(receive(30_001 - ReceiveStream.MAX_MISORDER)).isEqualTo(Arrival.DOUBTFUL);
        assertThat(stream.lostCount()).isZero();
    }

    @Test
    void a_jump_just_below_the_limit_is_loss() {
        receive(0);

        assertThat(receive(ReceiveStream.MAX_DROPOUT - 1)).isEqualTo(Arrival.NEW);
        assertThat(stream.lostCount()).isEqualTo(ReceiveStream.MAX_DROPOUT - 2);
    }

    @Test
    void the_report_tells_loss_since_the_last_and_in_all() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3) {
                receive((65_500 + i) & 0xFFFF);
            }
        }
        receive((65_500 + 100) & 0xFFFF);

        var first = stream.report(7, 0);
        assertThat(first.ssrc()).isEqualTo(7);
        assertThat(first.cumulativeLost()).isEqualTo(25);
        assertThat(first.fractionLost()).isEqualTo(25 * 256 / 101);
        assertThat(first.extendedHighestSeq()).isEqualTo(65_536 + 64);
        assertThat(stream.score()).isLessThan(ReceiveStream.MAX_SCORE);

        receive(65);
        var second = stream.report(7, 0);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(25);
    }

    @Test
    void what_was_repaired_is_not_lost() {
        receive(1);
        receive(3);
        receive(2, true);

        assertThat(stream.report(7, 0).cumulativeLost()).isZero();
        assertThat(stream.score()).isEqualTo(ReceiveStream.MAX_SCORE);
    }

    @Test
    void the_last_sender_report_is_told_back_with_its_age() {
        assertThat(stream.report(7, 0).lastSenderReport()).isZero();
        stream.onSenderReport(0x1122_3344_5566_7788L, 1_000 * MILLI);

        var report = stream.report(7, 1_500 * MILLI);

        assertThat(report.lastSenderReport()).isEqualTo(0x3344_5566L);
        assertThat(report.delaySinceLastSenderReport()).isEqualTo(32_768);
    }

    @Test
    void jitter_is_none_for_an_even_stream_and_grows_with_unevenness() {
        for (int i = 0; i < 100; i++) {
            stream.onPacket(
                    Packets.rtp(i, i * 900L, true, new byte[8]),
                    false,
                    0,
                    5_000 * MILLI + 10L * i * MILLI);
        }
        assertThat(stream.jitterTicks()).isZero();

        for (int i = 100; i < 300; i++) {
            long late = i % 2 == 0 ? 10 * MILLI : 0;
            stream.onPacket(
                    Packets.rtp(i, i * 900L, true, new byte[8]),
                    false,
                    0,
                    5_000 * MILLI + 10L * i * MILLI + late);
        }
        assertThat(stream.jitterTicks()).isBetween(850L, 900L);
    }

    @Test
    void bitrate_is_of_the_last_second_by_layer() {
        for (int i = 0; i < 100; i++) {
            stream.onPacket(Packets.rtp(i, i, true, new byte[88]), false, i % 2, 10L * i * MILLI);
        }

        assertThat(stream.bitrateBps(0, 999 * MILLI)).isEqualTo(50 * 100 * 8);
        assertThat(stream.bitrateBps(7, 999 * MILLI)).isEqualTo(100 * 100 * 8);
        assertThat(stream.bitrateBps(7, 1_500 * MILLI)).isEqualTo(40 * 100 * 8);
        assertThat(stream.bitrateBps(7, 5_000 * MILLI)).isZero();
    }

    @Test
    void a_score_recovers() {
        receive(0);
        receive(2_000);
        stream.report(7, 0);
        assertThat(stream.score()).isEqualTo(5);
        for (int i = 1; i < 8; i++) {
            receive(2_000 + i);
            stream.report(7, 0);
        }

        assertThat(stream.score()).isEqualTo(ReceiveStream.MAX_SCORE);
    }

    @Test
    void for_any_order_what_is_lost_is_what_did_not_come() {
        Property.forAll(
                random -> {
                    var any = new ReceiveStream(RATE);
                    int first = random.between(0, 65_536);
                    var seen = new HashSet<Integer>();
                    int highest = 0;
                    for (int i = 0; i < random.length(); i++) {
                        int at = i == 0 ? 0 : Math.max(0, i + random.between(-10, 11));
                        var packet = Packets.rtp(first + at, at, false, new byte[] {1});
                        var arrival = any.onPacket(packet, random.coin(), 0, 0);
                        assertThat(arrival)
                                .isEqualTo(seen.add(at) ? Arrival.NEW : Arrival.DUPLICATE);
                        highest = Math.max(highest, at);
                    }
                    long expected = seen.isEmpty() ? 0 : highest + 1L - seen.size();
                    assertThat(any.lostCount()).isEqualTo(expected);
                });
    }
}
