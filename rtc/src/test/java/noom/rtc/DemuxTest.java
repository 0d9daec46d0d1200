// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemuxTest {
    private static Demux of(int... bytes) {
        var slab = new byte[bytes.length + 5];
        for (int i = 0; i < bytes.length; i++) {
            slab[3 + i] = (byte) bytes[i];
        }
        return Demux.of(slab, 3, bytes.length);
    }

    @Test
    void the_first_byte_tells() {
        for (int first = 0; first < 256; first++) {
            var expected =
                    first <= 3
                            ? Demux.STUN
                            : first >= 20 && first <= 63
                                    ? Demux.DTLS
                                    : first >= 128 && first <= 191 ? Demux.RTP : Demux.OTHER;

            assertThat(of(first, 96)).as("first byte %d", first).isEqualTo(expected);
        }
    }

    @Test
    void the_second_byte_tells_rtcp_whatever_its_top_bit() {
        for (int second = 0; second < 256; second++) {
            int type = second & 0x7F;
            var expected = type >= 64 && type <= 95 ? Demux.RTCP : Demux.RTP;

            assertThat(of(0x80, second)).as("second byte %d", second).isEqualTo(expected);
        }
    }

    @Test
    void too_little_is_something_too() {
        assertThat(of()).isEqualTo(Demux.OTHER);
        assertThat(of(0)).isEqualTo(Demux.STUN);
        assertThat(of(22)).isEqualTo(Demux.DTLS);
        assertThat(of(0x80)).isEqualTo(Demux.RTP);
    }
}
