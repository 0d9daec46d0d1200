// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.forward.Packets;
import noom.testkit.Allocation;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RtpHistoryTest {
    private static final long MILLI = 1_000_000L;

    private final RtpPacket found = new RtpPacket();

    private static RtpPacket packet(int seq, int size) {
        var payload = new byte[size];
        Arrays.fill(payload, (byte) seq);
        return Packets.rtp(seq, seq * 10L, false, payload);
    }

    @Test
    void a_packet_is_found_by_its_number_as_it_was() {
        var history = new RtpHistory(1 << 15);
        var packet = packet(65_535, 100);
        history.store(packet, 0);
        packet.setTimestampTicks(1); // its bytes are not the history's

        assertThat(history.find(65_535, 0, found)).isTrue();
        assertThat(found.timestampTicks()).isEqualTo(655_350);
        assertThat(found.payloadBytes()).isEqualTo(100);
        assertThat(history.find(65_534, 0, found)).isFalse();
        assertThat(history.find(65_535 - RtpHistory.MAX_PACKETS, 0, found)).isFalse();
    }

    @Test
    void a_packet_is_forgotten_after_a_second() {
        var history = new RtpHistory(1 << 15);
        history.store(packet(7, 10), 0);

        assertThat(history.find(7, RtpHistory.MAX_AGE_NANOS, found)).isTrue();
        assertThat(history.find(7, RtpHistory.MAX_AGE_NANOS + 1, found)).isFalse();
    }

    @Test
    void it_grows_to_its_limit_and_not_beyond() {
        var history = new RtpHistory(1 << 16);
        for (int i = 0; i < 200; i++) {
            history.store(packet(i, 1_000), i * MILLI);
        }

        assertThat(history.sizeBytes()).isEqualTo(1 << 16);
        assertThat(history.find(199, 200 * MILLI, found)).isTrue();
        assertThat(history.find(150, 200 * MILLI, found)).isTrue();
        assertThat(history.find(100, 200 * MILLI, found)).isFalse();
    }

    @Test
    void a_slow_stream_stays_small() {
        var history = new RtpHistory(1 << 19);
        for (int i = 0; i < 1_000; i++) {
            history.store(packet(i, 100), 20L * i * MILLI);
        }

        assertThat(history.sizeBytes()).isEqualTo(16 * 1_024);
    }

    @Test
    void nothing_young_is_lost_while_it_grows() {
        var history = new RtpHistory(1 << 19);
        for (int i = 0; i < 300; i++) {
            history.store(packet(i, 1_000), i * MILLI);
            for (int j = 0; j <= i; j++) {
                assertThat(history.find(j, i * MILLI, found)).isTrue();
                assertThat(found.seq()).isEqualTo(j);
            }
        }
    }

    @Test
    void nothing_young_is_lost_in_a_burst_after_a_slow_while() {
        var history = new RtpHistory(1 << 19);
        long now = 0;
        int seq = 0;
        for (; seq < 40; seq++) {
            now += 200 * MILLI;
            history.store(packet(seq, 1_000), now);
        }
        int young = seq - 5;
        for (; seq < 60; seq++) {
            history.store(packet(seq, 1_000), now);
        }

        for (int i = young; i < seq; i++) {
            assertThat(history.find(i, now, found)).as("%d", i).isTrue();
        }
    }

    @Test
    void nothing_young_is_lost_whatever_comes_when_while_there_is_room() {
        Property.forAll(
                random -> {
                    var history = new RtpHistory(1 << 19);
                    long start = random.between(-10, 10) * 1_000L * MILLI;
                    long now = start;
                    var storedNanos = new long[random.length() * 5];
                    for (int i = 0; i < storedNanos.length; i++) {
                        now += random.between(0, 8) == 0 ? random.between(0, 400) * MILLI : 0;
                        storedNanos[i] = now;
                        history.store(packet(i, random.between(1, 1_400)), now);
                        int wanted = random.between(Math.max(0, i - 300), i + 1);
                        boolean isYoung = now - storedNanos[wanted] <= RtpHistory.MAX_AGE_NANOS;
                        assertThat(history.find(wanted, now, found)).isEqualTo(isYoung);
                    }
                });
    }

    @Test
    void a_limit_that_holds_no_packet_is_refused() {
        assertThatThrownBy(() -> new RtpHistory(1_024))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtpHistory(5_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_found_is_never_anything_else() {
        Property.forAll(
                random -> {
                    var history = new RtpHistory(1 << 14);
                    var stored = new HashMap<Integer, Integer>();
                    int first = random.between(0, 65_536);
                    long now = 0;
                    for (int i = 0; i < random.length() * 3; i++) {
                        int seq = (first + i + random.between(-5, 6)) & 0xFFFF;
                        int size = random.between(1, 1_400);
                        history.store(packet(seq, size), now);
                        stored.put(seq, size);
                        now += random.between(0, 50) * MILLI;
                        int wanted = (first + random.between(0, i + 1)) & 0xFFFF;
                        if (history.find(wanted, now, found)) {
                            assertThat(found.seq()).isEqualTo(wanted);
                            assertThat(found.payloadBytes()).isEqualTo(stored.get(wanted));
                            assertThat(found.array()[found.payloadOffset()])
                                    .isEqualTo((byte) wanted);
                        }
                    }
                });
    }

    @Test
    void once_grown_it_allocates_nothing() {
        var history = new RtpHistory(1 << 16);
        var packet = packet(1, 1_000);
        Runnable second =
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        packet.setSeq(i);
                        history.store(packet, i * MILLI);
                        history.find(i & 0xFFFF, i * MILLI, found);
                    }
                };
        second.run();

        assertThat(Allocation.bytesDuring(second)).isLessThan(20_000);
    }
}
