// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Hostile bytes, as RTP and as RTCP: refused with a reason and without a trace, or opened; and
/// what can be protected comes back, unless a bit of it was changed on the way.
///
/// `./noom test` runs the saved inputs and searches briefly, `./noom deep fuzz` for long. Keying
/// would be most of the cost, so each input is given to one profile, and to ciphers that have had
/// other inputs. What is remembered of SSRCs is new.
class SrtpFuzzTest {
    private static final List<Keyed> KEYED =
            Stream.of(SrtpProfile.values())
                    .flatMap(
                            profile ->
                                    SrtpPeers.gcms().stream().map(gcm -> new Keyed(profile, gcm)))
                    .toList();

    /// The ciphers of both ends of one way.
    private static final class Keyed {
        private final SrtpProfile profile;
        private final PacketSeals outward;
        private final PacketSeals inward;
        private final SrtpPeers others;
        private int otherSeq;

        Keyed(SrtpProfile profile, AesGcm gcm) {
            this.profile = profile;
            outward = SrtpPeers.seals(profile, gcm);
            inward = SrtpPeers.seals(profile, gcm);
            var sent = new SsrcTable();
            sent.mark(1, 0x1_0000);
            others = peers(sent, 1);
        }

        /// Peers that have sent nothing.
        ///
        /// The platform refuses to seal with the IV of the last packet, which equal inputs have: so
        /// others are sealed between them, with indices that no first packet can have.
        SrtpPeers begin() {
            otherSeq = (otherSeq + 1) & 0xFFFF;
            assertThat(others.protectRtp(SrtpPeers.rtp(1, otherSeq))).isNotNull();
            assertThat(others.protectRtcp(SrtpPeers.rtcp(1))).isNotNull();
            return peers(new SsrcTable(), 0);
        }

        private SrtpPeers peers(SsrcTable sent, long rtcpIndex) {
            var sender = new SrtpSender(profile, outward, sent, rtcpIndex);
            var receiver = new SrtpReceiver(profile, inward, new SsrcTable());
            return new SrtpPeers(profile, sender, receiver);
        }
    }

    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_opened(byte[] bytes) {
        var before = bytes.clone();
        var keyed = KEYED.get(Math.floorMod(Arrays.hashCode(bytes), KEYED.size()));
        var peers = keyed.begin();
        boolean isOpened = open(peers, bytes);
        carryRtp(isOpened ? keyed.begin() : peers, bytes);
        carryRtcp(isOpened ? keyed.begin() : peers, bytes);
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
