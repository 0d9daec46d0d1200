// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import noom.rtc.wire.BigEndian;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtcpTest {
    private static final int A = 0xAAAA_0001;

    @ParameterizedTest
    @EnumSource
    void eight_bytes_stay_readable_and_the_index_counts_from_zero(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] plain = SrtpPeers.rtcp(A);

        for (int index = 0; index < 3; index++) {
            byte[] sealed = peers.protectRtcp(plain);

            assertThat(sealed).hasSize(plain.length + profile.rtcpOverheadBytes());
            assertThat(sealed).startsWith(Arrays.copyOf(plain, 8));
            assertThat(Arrays.copyOfRange(sealed, 8, 12))
                    .isNotEqualTo(Arrays.copyOfRange(plain, 8, 12));
            assertThat(wordOf(profile, sealed)).isEqualTo(0x8000_0000 | index);
            assertThat(peers.unprotectRtcp(sealed)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_of_eight_bytes_is_a_packet(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] plain = SrtpPeers.hex("80c90001 aaaa0001");

        assertThat(peers.unprotectRtcp(peers.protectRtcp(plain))).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_arrives_once_and_in_any_order(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        var sealed = new ArrayList<byte[]>();
        for (int i = 0; i < 4; i++) {
            sealed.add(peers.protectRtcp(SrtpPeers.rtcp(A)));
        }

        for (int i : new int[] {2, 0, 3, 1}) {
            assertThat(peers.rtcpFault(sealed.get(i))).isNull();
            assertThat(peers.rtcpFault(sealed.get(i))).isEqualTo(SrtpDrop.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_late_packet_arrives_while_the_window_remembers(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] tooLate = peers.protectRtcp(SrtpPeers.rtcp(A));
        byte[] late = peers.protectRtcp(SrtpPeers.rtcp(A));
        for (int index = 2; index < 1_024; index++) {
            assertThat(peers.protectRtcp(SrtpPeers.rtcp(A))).isNotNull();
        }

        assertThat(peers.rtcpFault(peers.protectRtcp(SrtpPeers.rtcp(A)))).isNull();

        assertThat(peers.rtcpFault(tooLate)).isEqualTo(SrtpDrop.TOO_OLD);
        assertThat(peers.rtcpFault(late)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void the_index_ends_at_2_to_the_31_and_does_not_begin_again(SrtpProfile profile) {
        byte[] first = new SrtpPeers(profile).protectRtcp(SrtpPeers.rtcp(A));
        var peers = SrtpPeers.beforeRtcp(profile, 0x7FFF_FFFFL);
        byte[] last = peers.protectRtcp(SrtpPeers.rtcp(A));

        assertThat(wordOf(profile, last)).isEqualTo(0xFFFF_FFFF);
        assertThat(peers.unprotectRtcp(last)).isEqualTo(SrtpPeers.rtcp(A));
        assertThat(peers.protectRtcp(SrtpPeers.rtcp(A))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.KEY_EXHAUSTED);
        assertThat(peers.rtcpFault(first)).isEqualTo(SrtpDrop.TOO_OLD);
    }

    @ParameterizedTest
    @EnumSource
    void every_flipped_bit_is_refused_and_leaves_no_trace(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] plain = SrtpPeers.rtcp(A);
        byte[] sealed = peers.protectRtcp(plain);

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(peers.rtcpFault(flipped)).as("bit %d", bit).isNotNull();
        }

        assertThat(peers.server.receiver().rtcpSsrcCount()).isZero();
        assertThat(peers.unprotectRtcp(sealed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_cut_short_anywhere_is_refused(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] sealed = peers.protectRtcp(SrtpPeers.rtcp(A));

        for (int bytes = 0; bytes < sealed.length; bytes++) {
            var expected =
                    bytes < 8 + profile.rtcpOverheadBytes()
                            ? SrtpDrop.TOO_SHORT
                            : SrtpDrop.AUTH_FAILED;

            assertThat(peers.rtcpFault(Arrays.copyOf(sealed, bytes))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_packet_passes_and_a_longer_one_is_refused(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        int longest = SrtpContext.MAX_PACKET_BYTES - profile.rtcpOverheadBytes();
        byte[] plain = Arrays.copyOf(SrtpPeers.rtcp(A), longest);

        assertThat(peers.protectRtcp(Arrays.copyOf(plain, longest + 1))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_LONG);
        byte[] sealed = peers.protectRtcp(plain);
        assertThat(peers.rtcpFault(Arrays.copyOf(sealed, sealed.length + 1)))
                .isEqualTo(SrtpDrop.TOO_LONG);
        assertThat(peers.unprotectRtcp(sealed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_rtcp_is_not_protected_and_uses_no_index(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        assertThat(peers.protectRtcp(new byte[8])).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.BAD_VERSION);
        assertThat(peers.protectRtcp(new byte[7])).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_SHORT);
        assertThat(wordOf(profile, peers.protectRtcp(SrtpPeers.rtcp(A)))).isEqualTo(0x8000_0000);
    }

    @ParameterizedTest
    @EnumSource
    void as_many_ssrcs_as_the_limit_are_heard_and_no_more(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        for (int ssrc = 0; ssrc < SrtpContext.MAX_SSRCS; ssrc++) {
            assertThat(peers.rtcpFault(peers.protectRtcp(SrtpPeers.rtcp(ssrc)))).isNull();
        }

        assertThat(peers.rtcpFault(peers.protectRtcp(SrtpPeers.rtcp(A))))
                .isEqualTo(SrtpDrop.TOO_MANY_SSRCS);
        assertThat(peers.rtcpFault(peers.protectRtcp(SrtpPeers.rtcp(0)))).isNull();
        assertThat(peers.server.receiver().rtcpSsrcCount()).isEqualTo(SrtpContext.MAX_SSRCS);
    }

    @ParameterizedTest
    @EnumSource
    void rtp_does_not_pass_for_rtcp_nor_rtcp_for_rtp(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        assertThat(peers.rtcpFault(peers.protectRtp(SrtpPeers.rtp(A, 1))))
                .isEqualTo(SrtpDrop.AUTH_FAILED);
        assertThat(peers.rtpFault(peers.protectRtcp(new byte[] {(byte) 0x80, 1, 2, 3, 4, 5, 6, 7})))
                .isNotNull();
        assertThat(peers.rtpFault(peers.protectRtcp(Arrays.copyOf(SrtpPeers.rtcp(A), 40))))
                .isNotNull();
    }

    private static int wordOf(SrtpProfile profile, byte[] sealed) {
        int plainBytes = sealed.length - profile.rtcpOverheadBytes();
        return (int) BigEndian.u32(sealed, profile.rtcpWordAt(plainBytes));
    }
}
