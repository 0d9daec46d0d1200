// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams of RTP from end to end: order, gaps, rollover, replays, several SSRCs.
class SrtpStreamTest {
    private static final int A = 0xAAAA_0001;
    private static final int B = 0xBBBB_0002;

    @ParameterizedTest
    @EnumSource
    void the_rollover_is_crossed_in_order_again_and_again(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        for (int index = 30_000; index < 3 * 65_536; index += 1_000) {
            assertArrives(peers, A, index & 0xFFFF);
        }
    }

    @ParameterizedTest
    @EnumSource
    void packets_may_change_places_across_the_wrap(SrtpProfile profile) {
        var peers = startedAt(profile, 65_530);
        var sealed = new ArrayList<byte[]>();
        for (int index = 65_531; index < 65_541; index++) {
            sealed.add(peers.protectRtp(SrtpPeers.rtp(A, index & 0xFFFF)));
        }

        for (int i : new int[] {0, 9, 4, 1, 5, 3, 8, 2, 7, 6}) {
            assertThat(peers.unprotectRtp(sealed.get(i)))
                    .isEqualTo(SrtpPeers.rtp(A, 65_531 + i & 0xFFFF));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_sender_may_change_places_across_the_wrap(SrtpProfile profile) {
        var peers = startedAt(profile, 65_534);

        for (int seq : new int[] {1, 65_535, 0, 3, 2}) {
            assertArrives(peers, A, seq);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_arrives_once(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] first = peers.protectRtp(SrtpPeers.rtp(A, 65_535));
        byte[] second = peers.protectRtp(SrtpPeers.rtp(A, 0));

        for (var sealed : new byte[][] {first, second}) {
            assertThat(peers.rtpFault(sealed)).isNull();
            assertThat(peers.rtpFault(sealed)).isEqualTo(SrtpDrop.REPLAYED);
        }
        assertThat(peers.rtpFault(first)).isEqualTo(SrtpDrop.REPLAYED);
    }

    @ParameterizedTest
    @EnumSource
    void a_late_packet_arrives_while_the_window_remembers(SrtpProfile profile) {
        var peers = startedAt(profile, 4_999);
        byte[] late = peers.protectRtp(SrtpPeers.rtp(A, 5_000));
        byte[] tooLate = peers.protectRtp(SrtpPeers.rtp(A, 5_001));

        assertArrives(peers, A, 5_000 + 1_023);
        assertThat(peers.rtpFault(late)).isNull();
        assertArrives(peers, A, 5_001 + 1_024);
        assertThat(peers.rtpFault(tooLate)).isEqualTo(SrtpDrop.TOO_OLD);
    }

    @ParameterizedTest
    @EnumSource
    void the_loss_of_half_the_sequence_space_is_bridged(SrtpProfile profile) {
        var peers = startedAt(profile, 65_536 + 40_000);

        lose(peers, 65_536 + 40_000, 32_766);

        assertArrives(peers, A, (40_000 + 32_767) & 0xFFFF);
        assertArrives(peers, A, (40_000 + 32_768) & 0xFFFF);
    }

    @ParameterizedTest
    @EnumSource
    void a_longer_loss_is_not_and_changes_nothing(SrtpProfile profile) {
        var peers = startedAt(profile, 65_536 + 40_000);
        byte[] kept = peers.protectRtp(SrtpPeers.rtp(A, 40_001));
        lose(peers, 65_536 + 40_001, 32_767);

        byte[] sealed = peers.protectRtp(SrtpPeers.rtp(A, 40_000 + 32_769 & 0xFFFF));

        // Taken for a packet far behind, which nobody remembers.
        assertThat(peers.rtpFault(sealed)).isEqualTo(SrtpDrop.TOO_OLD);
        lose(peers, 65_536 + 40_000 + 32_769, 33_267);
        sealed = peers.protectRtp(SrtpPeers.rtp(A, 40_501));
        assertThat(peers.rtpFault(sealed)).isEqualTo(SrtpDrop.AUTH_FAILED);
        assertThat(peers.rtpFault(kept)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void during_the_first_cycle_a_longer_loss_is_bridged_too(SrtpProfile profile) {
        var peers = startedAt(profile, 10);

        lose(peers, 10, 60_000);

        assertArrives(peers, A, 60_011);
    }

    @ParameterizedTest
    @EnumSource
    void a_forged_packet_from_the_far_future_moves_nothing(SrtpProfile profile) {
        var peers = startedAt(profile, 1_000);
        byte[] forged = peers.protectRtp(SrtpPeers.rtp(A, 1_001));
        forged[2] = (byte) (30_000 >>> 8);

        assertThat(peers.rtpFault(forged)).isEqualTo(SrtpDrop.AUTH_FAILED);

        assertArrives(peers, A, 1_002);
        assertArrives(peers, B, 1_000);
        assertThat(peers.rtpFault(SrtpPeers.rtp(B, 33_000))).isEqualTo(SrtpDrop.AUTH_FAILED);
        assertArrives(peers, B, 1_001);
    }

    @ParameterizedTest
    @EnumSource
    void who_comes_back_to_an_ssrc_finds_its_rollover_and_its_window(SrtpProfile profile) {
        var peers = startedAt(profile, 65_535);
        byte[] first = peers.protectRtp(SrtpPeers.rtp(A, 0));
        assertThat(peers.rtpFault(first)).isNull();

        for (int seq = 7; seq < 50; seq++) {
            assertArrives(peers, B, seq);
        }

        assertThat(peers.rtpFault(first)).isEqualTo(SrtpDrop.REPLAYED);
        assertArrives(peers, A, 1);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_number_of_another_ssrc_is_another_packet(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] ofA = peers.protectRtp(SrtpPeers.rtp(A, 1));
        byte[] ofB = peers.protectRtp(SrtpPeers.rtp(B, 1));

        assertThat(Arrays.copyOfRange(ofA, 12, ofA.length))
                .isNotEqualTo(Arrays.copyOfRange(ofB, 12, ofB.length));
        assertThat(peers.rtpFault(ofA)).isNull();
        assertThat(peers.rtpFault(ofB)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void the_sender_never_uses_an_index_twice(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        peers.protectRtp(SrtpPeers.rtp(A, 2_000));

        byte[] again = SrtpPeers.rtp(A, 2_000);
        again[20] = 1;

        assertThat(peers.protectRtp(again)).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.REPLAYED);
        assertThat(peers.protectRtp(SrtpPeers.rtp(A, 2_000 - 1_024))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_OLD);
        assertThat(peers.protectRtp(SrtpPeers.rtp(A, 2_000 - 1_023))).isNotNull();
        assertThat(peers.client.sender().refusal()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void both_ends_stop_at_the_last_index(SrtpProfile profile) {
        var peers = startedAt(profile, RolloverCounter.MAX_INDEX - 1);
        assertArrives(peers, A, 0xFFFF);

        assertThat(peers.protectRtp(SrtpPeers.rtp(A, 0))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.KEY_EXHAUSTED);
        assertThat(peers.rtpFault(Arrays.copyOf(SrtpPeers.rtp(A, 0), 100)))
                .isEqualTo(SrtpDrop.KEY_EXHAUSTED);
    }

    @ParameterizedTest
    @EnumSource
    void as_many_ssrcs_as_the_limit_are_served_and_no_more(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        for (int ssrc = 1; ssrc <= SrtpContext.MAX_SSRCS; ssrc++) {
            assertArrives(peers, ssrc, 9);
        }

        assertThat(peers.protectRtp(SrtpPeers.rtp(A, 9))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_MANY_SSRCS);
        peers.client.sender().forget(1);
        byte[] oneMore = peers.protectRtp(SrtpPeers.rtp(A, 9));
        assertThat(peers.rtpFault(oneMore)).isEqualTo(SrtpDrop.TOO_MANY_SSRCS);
        assertArrives(peers, SrtpContext.MAX_SSRCS, 10);
        assertThat(peers.server.receiver().rtpSsrcCount()).isEqualTo(SrtpContext.MAX_SSRCS);
    }

    @ParameterizedTest
    @EnumSource
    void forged_ssrcs_are_not_remembered(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        for (int ssrc = 0; ssrc < 2 * SrtpContext.MAX_SSRCS; ssrc++) {
            assertThat(peers.rtpFault(SrtpPeers.rtp(ssrc, 1))).isEqualTo(SrtpDrop.AUTH_FAILED);
        }

        assertThat(peers.server.receiver().rtpSsrcCount()).isZero();
    }

    private static SrtpPeers startedAt(SrtpProfile profile, long index) {
        return SrtpPeers.after(profile, A, index);
    }

    /// What the client sends after this index comes nowhere.
    private static void lose(SrtpPeers peers, int afterIndex, int count) {
        for (int index = afterIndex + 1; index <= afterIndex + count; index++) {
            assertThat(peers.protectRtp(SrtpPeers.rtp(A, index & 0xFFFF))).isNotNull();
        }
    }

    private static void assertArrives(SrtpPeers peers, int ssrc, int seq) {
        byte[] plain = SrtpPeers.rtp(ssrc, seq);
        assertThat(peers.unprotectRtp(peers.protectRtp(plain)))
                .as("packet %d of %08x", seq, ssrc)
                .isEqualTo(plain);
    }
}
