// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static noom.rtc.srtp.SrtpPeers.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {
    private static final String FIXED = "60 1234 00000000 deadbeef ";

    @Test
    void the_fixed_header_is_12_bytes() {
        check(hex("80" + FIXED), 12);
    }

    @Test
    void csrcs_belong_to_the_header() {
        check(hex("82" + FIXED + "00000001 00000002"), 20);
        check(Arrays.copyOf(hex("8f" + FIXED), 72), 72);
    }

    @Test
    void an_extension_belongs_to_the_header() {
        check(hex("90" + FIXED + "bede 0000"), 16);
        check(hex("90" + FIXED + "bede 0002 1011121314151617"), 24);
    }

    @Test
    void csrcs_come_before_the_extension() {
        check(hex("91" + FIXED + "00000001 1000 0001 10111213"), 24);
    }

    @Test
    void an_extension_may_be_longer_than_any_packet() {
        byte[] packet = Arrays.copyOf(hex("90" + FIXED + "bede ffff"), 2_000);

        assertThat(RtpHeader.findFaultInRtp(packet, 0, packet.length))
                .isEqualTo(SrtpDrop.BAD_HEADER);
    }

    @Test
    void the_other_versions_are_refused() {
        for (String first : new String[] {"00", "40", "c0", "7f", "ff"}) {
            byte[] packet = Arrays.copyOf(hex(first + FIXED), 100);

            assertThat(RtpHeader.findFaultInRtp(packet, 0, 100)).isEqualTo(SrtpDrop.BAD_VERSION);
            assertThat(RtpHeader.findFaultInRtcp(packet, 0, 100)).isEqualTo(SrtpDrop.BAD_VERSION);
        }
    }

    @Test
    void rtcp_needs_8_bytes() {
        byte[] packet = hex("80c90001 deadbeef");

        assertThat(RtpHeader.findFaultInRtcp(packet, 0, 8)).isNull();
        assertThat(RtpHeader.findFaultInRtcp(packet, 0, 7)).isEqualTo(SrtpDrop.TOO_SHORT);
        assertThat(RtpHeader.rtcpSsrc(packet, 0)).isEqualTo(0xdeadbeef);
    }

    /// The header is whole, also within a larger array, and no byte of it can be missing.
    private static void check(byte[] header, int headerBytes) {
        assertThat(header).hasSize(headerBytes);
        var inside = new byte[headerBytes + 5];
        System.arraycopy(header, 0, inside, 5, headerBytes);

        assertThat(RtpHeader.findFaultInRtp(inside, 5, headerBytes)).isNull();

        assertThat(RtpHeader.rtpBytes(inside, 5)).isEqualTo(headerBytes);
        assertThat(RtpHeader.seq(inside, 5)).isEqualTo(0x1234);
        assertThat(RtpHeader.rtpSsrc(inside, 5)).isEqualTo(0xdeadbeef);
        for (int bytes = -1; bytes < headerBytes; bytes++) {
            byte[] cut = Arrays.copyOf(header, Math.max(0, bytes));
            assertThat(RtpHeader.findFaultInRtp(cut, 0, bytes))
                    .isEqualTo(bytes < 12 ? SrtpDrop.TOO_SHORT : SrtpDrop.BAD_HEADER);
        }
    }
}
