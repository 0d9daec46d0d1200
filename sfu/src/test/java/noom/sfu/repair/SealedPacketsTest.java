// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedPacketsTest {
    private static final int BYTES = 1_000;
    private static final int FIT = SealedPackets.CAPACITY_BYTES / BYTES;

    private final SealedPackets sent = new SealedPackets();
    private final byte[] out = new byte[SealedPackets.CAPACITY_BYTES];

    private void send(long ssrc, int seq, int lengthBytes) {
        var packet = new byte[lengthBytes + 7];
        Arrays.fill(packet, (byte) (ssrc + seq));
        sent.add(ssrc, seq, packet, 3, lengthBytes);
    }

    private void assertThere(long ssrc, int seq, int lengthBytes) {
        Arrays.fill(out, (byte) 0);
        assertThat(sent.find(ssrc, seq, out)).isEqualTo(lengthBytes);
        var whole = new byte[lengthBytes];
        Arrays.fill(whole, (byte) (ssrc + seq));
        assertThat(out).startsWith(whole);
    }

    @Test
    void what_left_is_there_by_stream_and_number() {
        send(1, 65_535, 80);
        send(1, 0, 90);
        send(2, 0, 100);

        assertThere(1, 65_535, 80);
        assertThere(1, 0, 90);
        assertThere(2, 0, 100);
        assertThat(sent.find(1, 1, out)).isEqualTo(SealedPackets.NONE);
        assertThat(sent.find(3, 0, out)).isEqualTo(SealedPackets.NONE);
    }

    @Test
    void as_much_is_there_as_has_room_and_not_a_packet_more() {
        for (int seq = 0; seq <= FIT; seq++) {
            send(1, seq, BYTES);
        }

        assertThat(sent.find(1, 0, out)).as("written over in part").isEqualTo(SealedPackets.NONE);
        for (int seq = 1; seq <= FIT; seq++) {
            assertThere(1, seq, BYTES);
        }
    }

    @Test
    void no_more_packets_are_there_than_slots() {
        for (int seq = 0; seq <= SealedPackets.SLOTS; seq++) {
            send(1, seq, 10);
        }

        assertThat(sent.find(1, 0, out)).isEqualTo(SealedPackets.NONE);
        for (int seq = 1; seq <= SealedPackets.SLOTS; seq++) {
            assertThere(1, seq, 10);
        }
    }

    @Test
    void one_may_fill_all_and_a_longer_one_is_not_kept() {
        send(1, 1, SealedPackets.CAPACITY_BYTES);
        assertThere(1, 1, SealedPackets.CAPACITY_BYTES);

        send(1, 2, SealedPackets.CAPACITY_BYTES + 1);
        assertThat(sent.find(1, 2, out)).isEqualTo(SealedPackets.NONE);
        assertThere(1, 1, SealedPackets.CAPACITY_BYTES);
    }
}
