// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/// Hostile bytes, as RTP and as RTCP: refused with a reason and without a trace, or opened; and
/// what can be protected comes back, unless a bit of it was changed on the way.
///
/// `./noom test` runs the saved inputs and searches briefly, `./noom deep fuzz` for long. Keying
/// is most of the cost of an input, so each is given to one profile, and to one pair of peers.
class SrtpFuzzTest {
    private static final SrtpProfile[] PROFILES = SrtpProfile.values();

    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_opened(byte[] bytes) {
        var before = bytes.clone();
        var peers = new SrtpPeers(PROFILES[Math.floorMod(Arrays.hashCode(bytes), PROFILES.length)]);
        boolean isOpened = open(peers, bytes);
        carryRtp(isOpened ? new SrtpPeers(peers.profile) : peers, bytes);
        carryRtcp(isOpened ? new SrtpPeers(peers.profile) : peers, bytes);
        assertThat(bytes).isEqualTo(before);
    }

    /// The helpers of [SrtpPeers] fail if a refusal has no reason, or left a trace in the packet.
    private static boolean open(SrtpPeers peers, byte[] bytes) {
        byte[] rtp = peers.unprotectRtp(bytes);
        if (rtp != null) {
            assertThat(peers.protectRtp(rtp)).isEqualTo(bytes);
            assertThat(peers.rtpFault(bytes)).isEqualTo(SrtpDrop.REPLAYED);
        }
        assertThat(peers.server.receiver().rtpSsrcCount()).isEqualTo(rtp == null ? 0 : 1);
        byte[] rtcp = peers.unprotectRtcp(bytes);
        if (rtcp != null) {
            assertThat(peers.rtcpFault(bytes)).isEqualTo(SrtpDrop.REPLAYED);
        }
        assertThat(peers.server.receiver().rtcpSsrcCount()).isEqualTo(rtcp == null ? 0 : 1);
        return rtp != null || rtcp != null;
    }

    private static void carryRtp(SrtpPeers peers, byte[] bytes) {
        byte[] sealed = peers.protectRtp(bytes);
        assertThat(sealed == null).isEqualTo(peers.client.sender().refusal() != null);
        if (sealed != null) {
            assertThat(peers.rtpFault(withOneBitChanged(sealed))).isNotNull();
            assertThat(peers.unprotectRtp(sealed)).isEqualTo(bytes);
        }
    }

    private static void carryRtcp(SrtpPeers peers, byte[] bytes) {
        byte[] sealed = peers.protectRtcp(bytes);
        assertThat(sealed == null).isEqualTo(peers.client.sender().refusal() != null);
        if (sealed != null) {
            assertThat(peers.rtcpFault(withOneBitChanged(sealed))).isNotNull();
            assertThat(peers.unprotectRtcp(sealed)).isEqualTo(bytes);
        }
    }

    /// Which bit depends on the bytes, so that the search reaches them all.
    private static byte[] withOneBitChanged(byte[] sealed) {
        byte[] changed = sealed.clone();
        int bit = Math.floorMod(Arrays.hashCode(sealed), 8 * sealed.length);
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return changed;
    }
}
