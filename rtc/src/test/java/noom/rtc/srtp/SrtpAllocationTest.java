// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import noom.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a packet costs in garbage, measured on this thread. AES-GCM of the platform makes about
/// 1.1 KB whenever it is started, that of a library at most 320 bytes; all the rest of the way
/// makes none.
class SrtpAllocationTest {
    private static final int WARM_UP_PACKETS = 20_000;
    private static final int PACKETS = 4_000;
    private static final int PLAIN_BYTES = 1_112;

    private final byte[] packet = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final byte[] opened = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final byte[] plain = Arrays.copyOf(SrtpPeers.rtp(7, 0), PLAIN_BYTES);
    private int seq;

    @ParameterizedTest
    @MethodSource("noom.rtc.srtp.SrtpPeers#gcms")
    void gcm_costs_what_it_takes_to_start_it_twice(AesGcm gcm) {
        var peers = new SrtpPeers(SrtpProfile.AEAD_AES_128_GCM, gcm);
        assertThat(bytesPerPacket(peers)).isLessThan(gcm == AesGcm.PLATFORM ? 4_000 : 1_000);
    }

    @Test
    void counter_mode_costs_next_to_nothing() {
        var peers = new SrtpPeers(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        assertThat(bytesPerPacket(peers)).isLessThan(400);
    }

    /// Of a packet that is protected by one peer and opened by the other.
    private long bytesPerPacket(SrtpPeers peers) {
        carry(peers, WARM_UP_PACKETS);

        long bytes = Allocation.bytesDuring(() -> carry(peers, PACKETS)) / PACKETS;

        System.out.printf("%s: %,d bytes per packet, there and back%n", peers.profile, bytes);
        return bytes;
    }

    private void carry(SrtpPeers peers, int count) {
        for (int i = 0; i < count; i++) {
            seq = (seq + 1) & 0xFFFF;
            plain[2] = (byte) (seq >>> 8);
            plain[3] = (byte) seq;
            int bytes = peers.client.sender().protectRtp(plain, 0, PLAIN_BYTES, packet, 0);
            bytes = peers.server.receiver().unprotectRtp(packet, 0, bytes, opened, 0);
            if (bytes != PLAIN_BYTES) {
                throw new AssertionError("lost a packet: " + peers.server.receiver().refusal());
            }
        }
    }
}
