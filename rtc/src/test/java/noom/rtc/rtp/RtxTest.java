// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RtxTest {
    private static final int RTX_TYPE = 97;
    private static final long RTX_SSRC = 0x22222222L;

    /// A video packet with an extension: V=2 X=1, M=1 PT=96, sequence number 0xfffe.
    private static final byte[] MEDIA =
            Hex.bytes("90e0fffe 00000064 11111111 bede0001 10aa0000 0102030405");

    /// The same in RFC 4588 §4: the original sequence number before the original payload.
    private static final byte[] RTX =
            Hex.bytes("90e10007 00000064 22222222 bede0001 10aa0000 fffe 0102030405");

    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket original = new RtpPacket();

    @Test
    void the_original_number_stands_before_the_payload() {
        var out = new byte[100];
        packet.wrap(MEDIA);

        int length = Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, out, 3);

        assertThat(Hex.text(out, 3, length)).isEqualTo(Hex.text(RTX, 0, RTX.length));
    }

    @Test
    void unwrapping_moves_the_header_over_the_number() {
        var bytes = new byte[4 + RTX.length];
        System.arraycopy(RTX, 0, bytes, 4, RTX.length);
        packet.wrap(bytes, 4, RTX.length);

        assertThat(Rtx.unwrap(packet, 96, 0x11111111L, original)).isTrue();

        assertThat(original.offset()).isEqualTo(6);
        assertThat(Hex.text(bytes, original.offset(), original.lengthBytes()))
                .isEqualTo(Hex.text(MEDIA, 0, MEDIA.length));
        assertThat(original.extensions().find(1)).isPositive();
    }

    @Test
    void one_view_may_serve_for_both() {
        var bytes = RTX.clone();
        packet.wrap(bytes);

        assertThat(Rtx.unwrap(packet, 96, 0x11111111L, packet)).isTrue();
        assertThat(packet.seq()).isEqualTo(0xFFFE);
    }

    @Test
    void padding_only_repeats_nothing() {
        var probe = Hex.bytes("a0610007 00000064 22222222 00000004");
        var before = probe.clone();
        packet.wrap(probe);

        assertThat(Rtx.unwrap(packet, 96, 1, original)).isFalse();
        assertThat(probe).isEqualTo(before);
    }

    @Test
    void a_payload_too_short_for_the_number_repeats_nothing() {
        for (String payload : new String[] {"", "ff"}) {
            packet.wrap(Hex.bytes("80610007 00000064 22222222" + payload));
            assertThat(Rtx.unwrap(packet, 96, 1, original)).isFalse();
        }
        packet.wrap(Hex.bytes("80610007 00000064 22222222 0005"));
        assertThat(Rtx.unwrap(packet, 96, 1, original)).isTrue();
        assertThat(original.payloadBytes()).isZero();
        assertThat(original.seq()).isEqualTo(5);
    }

    @Test
    void padding_after_a_payload_is_kept_when_unwrapped_and_left_out_when_wrapped() {
        packet.wrap(Hex.bytes("a0610007 00000064 22222222 0005 aabb 0002"));
        assertThat(Rtx.unwrap(packet, 96, 1, original)).isTrue();
        assertThat(original.payloadBytes()).isEqualTo(2);
        assertThat(original.paddingBytes()).isEqualTo(2);

        var out = new byte[100];
        int length = Rtx.wrap(original, RTX_TYPE, 8, RTX_SSRC, out, 0);
        assertThat(Hex.text(out, 0, length)).isEqualTo("806100080000006422222222" + "0005aabb");
    }

    @Test
    void no_room_writes_nothing() {
        var out = new byte[RTX.length - 1];
        packet.wrap(MEDIA);

        assertThat(Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, out, 0)).isEqualTo(RtpWriter.NO_ROOM);
        assertThat(out).containsOnly(0);
        assertThat(Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, new byte[RTX.length], 1))
                .isEqualTo(RtpWriter.NO_ROOM);
        assertThat(Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, new byte[RTX.length], 0))
                .isEqualTo(RTX.length);
    }

    @Test
    void a_packet_of_full_size_cannot_be_repeated() {
        var full = new byte[RtpPacket.MAX_PACKET_BYTES];
        full[0] = (byte) 0x80;
        var out = new byte[2_000];

        packet.wrap(full, 0, 1_499);
        assertThat(Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, out, 0)).isEqualTo(RtpWriter.NO_ROOM);
        packet.wrap(full, 0, 1_498);
        assertThat(Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, out, 0)).isEqualTo(1_500);
    }

    @Test
    void unwrapping_undoes_wrapping() {
        Property.forAll(
                random -> {
                    var payload = random.bytes();
                    var media = new byte[200];
                    int seq = random.between(0, 65_536);
                    int length =
                            new RtpWriter()
                                    .begin(96, random.coin(), seq, 5, 0x11111111L)
                                    .extension(random.between(1, 15), 2)
                                    .payload(payload, 0, payload.length)
                                    .writeTo(media, 0);
                    packet.wrap(media, 0, length);
                    var out = new byte[210];

                    int rtxLength = Rtx.wrap(packet, RTX_TYPE, 7, RTX_SSRC, out, 1);
                    assertThat(original.wrap(out, 1, rtxLength)).isTrue();
                    assertThat(original.payloadType()).isEqualTo(RTX_TYPE);
                    assertThat(Rtx.unwrap(original, 96, 0x11111111L, original)).isTrue();

                    assertThat(Arrays.copyOfRange(out, 3, 3 + length))
                            .isEqualTo(Arrays.copyOf(media, length));
                });
    }
}
