// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    /// RFC 3550 §5.1: V=2, P=1, X=1, CC=2, M=1, PT=96; then RFC 8285 §4.2 with id 1 of two
    /// bytes.
    private static final byte[] FULL =
            Hex.bytes(
                    """
                    b2 e0 ff fe           # V P X CC, M PT, sequence number 65,534
                    ff ff ff 00           # timestamp
                    de ad be ef           # SSRC
                    00 00 00 01           # CSRC
                    80 00 00 02           # CSRC
                    be de 00 01           # one-byte form, one word
                    11 ab cd 00           # id 1, two bytes; padding
                    01 02 03              # payload
                    00 00 03              # padding
                    """);

    private final RtpPacket packet = new RtpPacket();

    private record Bad(String bytes, RtpDrop drop) {}

    @Test
    void reads_every_field_of_the_header() {
        assertThat(packet.wrap(FULL)).isTrue();

        assertThat(packet.refusal()).isNull();
        assertThat(packet.isMarker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.seq()).isEqualTo(65_534);
        assertThat(packet.timestampTicks()).isEqualTo(0xFFFFFF00L);
        assertThat(packet.ssrc()).isEqualTo(0xDEADBEEFL);
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(1);
        assertThat(packet.csrc(1)).isEqualTo(0x80000002L);
        assertThat(packet.lengthBytes()).isEqualTo(FULL.length);
        assertThat(packet.headerBytes()).isEqualTo(28);
        assertThat(packet.payloadBytes()).isEqualTo(3);
        assertThat(packet.paddingBytes()).isEqualTo(3);
        assertThat(packet.isPaddingOnly()).isFalse();
        assertThat(FULL[packet.payloadOffset()]).isEqualTo((byte) 1);
        assertThat(packet.extensions().find(1)).isEqualTo(25);
    }

    @Test
    void reads_at_an_offset_and_forgets_the_packet_before() {
        var bytes = new byte[7 + FULL.length + 5];
        System.arraycopy(FULL, 0, bytes, 7, FULL.length);

        assertThat(packet.wrap(bytes, 7, FULL.length)).isTrue();
        assertThat(packet.offset()).isEqualTo(7);
        assertThat(packet.array()).isSameAs(bytes);
        assertThat(packet.payloadOffset()).isEqualTo(7 + 28);
        assertThat(packet.extensions().find(1)).isEqualTo(7 + 25);

        assertThat(packet.wrap(Hex.bytes("80 60 0001 00000000 00000000"))).isTrue();
        assertThat(packet.extensions().first()).isEqualTo(HeaderExtensions.ABSENT);
        assertThat(packet.paddingBytes()).isZero();
        assertThat(packet.payloadBytes()).isZero();
        assertThat(packet.isPaddingOnly()).isFalse();
        assertThat(packet.isMarker()).isFalse();
    }

    @Test
    void what_is_malformed_is_refused_with_its_reason() {
        String rest = "0001 00000000 00000000";
        var rows =
                List.of(
                        new Bad("", RtpDrop.TOO_SHORT),
                        new Bad("80 60 0001 00000000 000000", RtpDrop.TOO_SHORT),
                        new Bad("00 60" + rest, RtpDrop.BAD_VERSION),
                        new Bad("40 60" + rest, RtpDrop.BAD_VERSION),
                        new Bad("c0 60" + rest, RtpDrop.BAD_VERSION),
                        new Bad("80 c8" + rest, RtpDrop.RTCP),
                        new Bad("80 40" + rest, RtpDrop.RTCP),
                        new Bad("80 df" + rest, RtpDrop.RTCP),
                        new Bad("81 60" + rest, RtpDrop.BAD_CSRC),
                        new Bad("82 60" + rest + "00000001 000000", RtpDrop.BAD_CSRC),
                        new Bad("8f 60" + rest + "00".repeat(59), RtpDrop.BAD_CSRC),
                        new Bad("90 60" + rest, RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "bede00", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "bede0001", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "bedeffff 00000000", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "1234ffff 00000000", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "bede0001 13000000", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "bede0001 00000010", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "10000001 00000001", RtpDrop.BAD_EXTENSION),
                        new Bad("90 60" + rest + "10000001 01030000", RtpDrop.BAD_EXTENSION),
                        new Bad("a0 60" + rest, RtpDrop.BAD_PADDING),
                        new Bad("a0 60" + rest + "00", RtpDrop.BAD_PADDING),
                        new Bad("a0 60" + rest + "02", RtpDrop.BAD_PADDING),
                        new Bad("a0 60" + rest + "0000ff", RtpDrop.BAD_PADDING));
        for (var row : rows) {
            assertThat(packet.wrap(Hex.bytes(row.bytes))).as(row.bytes).isFalse();
            assertThat(packet.refusal()).as(row.bytes).isEqualTo(row.drop);
        }
    }

    @Test
    void takes_what_just_fits() {
        String rest = "0001 00000000 00000000";
        for (String bytes :
                List.of(
                        "80 60" + rest,
                        "81 60" + rest + "00000001",
                        "8f 60" + rest + "00".repeat(60),
                        "90 60" + rest + "bede0000",
                        "90 60" + rest + "bede0001 12000000",
                        "90 60" + rest + "10000001 01020000",
                        "90 60" + rest + "10000001 00000100",
                        "90 60" + rest + "12340001 ffffffff",
                        "a0 60" + rest + "01",
                        "80 3f" + rest,
                        "80 ff" + rest)) {
            assertThat(packet.wrap(Hex.bytes(bytes))).as(bytes).isTrue();
        }
    }

    @Test
    void takes_1500_bytes_and_not_one_more() {
        var bytes = new byte[RtpPacket.MAX_PACKET_BYTES + 1];
        bytes[0] = (byte) 0x80;

        assertThat(packet.wrap(bytes, 0, RtpPacket.MAX_PACKET_BYTES)).isTrue();
        assertThat(packet.wrap(bytes)).isFalse();
        assertThat(packet.refusal()).isEqualTo(RtpDrop.TOO_LONG);
    }

    @Test
    void a_probe_is_padding_and_nothing_else() {
        var probe = Hex.bytes("a0 7f 0001 00000000 000004d2" + "00".repeat(223) + "e0");

        assertThat(packet.wrap(probe)).isTrue();
        assertThat(packet.isPaddingOnly()).isTrue();
        assertThat(packet.paddingBytes()).isEqualTo(224);
        assertThat(packet.payloadBytes()).isZero();
        assertThat(packet.payloadType()).isEqualTo(127);
        assertThat(packet.ssrc()).isEqualTo(1234);
    }

    @Test
    void the_second_byte_tells_rtcp_from_rtp() {
        for (int second = 0; second < 256; second++) {
            byte[] bytes = {(byte) 0x80, (byte) second};
            boolean isRtcp = (second & 0x7F) >= 64 && (second & 0x7F) <= 95;

            assertThat(RtpPacket.isRtcp(bytes, 0, 2)).as("%d", second).isEqualTo(isRtcp);
        }
        assertThat(RtpPacket.isRtcp(new byte[] {(byte) 0x80}, 0, 1)).isFalse();
    }

    @Test
    void rewrites_in_place_and_touches_nothing_else() {
        var bytes = FULL.clone();
        packet.wrap(bytes);

        packet.setSeq(0x10003);
        packet.setTimestampTicks(7);
        packet.setSsrc(0xFFFFFFFFL);
        packet.setPayloadType(111);
        packet.setMarker(false);

        assertThat(packet.seq()).isEqualTo(3);
        assertThat(packet.timestampTicks()).isEqualTo(7);
        assertThat(packet.ssrc()).isEqualTo(0xFFFFFFFFL);
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.isMarker()).isFalse();
        assertThat(Hex.text(bytes, 0, 12)).isEqualTo("b26f000300000007ffffffff");
        assertThat(Arrays.copyOfRange(bytes, 12, bytes.length))
                .isEqualTo(Arrays.copyOfRange(FULL, 12, FULL.length));
        assertThat(new RtpPacket().wrap(bytes)).isTrue();
    }

    @Test
    void marker_and_payload_type_do_not_disturb_each_other() {
        var bytes = FULL.clone();
        packet.wrap(bytes);

        packet.setPayloadType(0);
        assertThat(packet.isMarker()).isTrue();
        packet.setMarker(false);
        assertThat(packet.payloadType()).isZero();
        packet.setPayloadType(127);
        assertThat(packet.isMarker()).isFalse();
        packet.setMarker(true);
        assertThat(packet.payloadType()).isEqualTo(127);
    }

    @Test
    void no_truncated_packet_throws() {
        for (int length = 0; length < FULL.length; length++) {
            var cut = Arrays.copyOf(FULL, length);

            boolean isTaken = packet.wrap(cut);

            assertThat(packet.refusal() == null).isEqualTo(isTaken);
        }
    }

    @Test
    void random_bytes_never_throw_and_never_change() {
        Property.forAll(
                random -> {
                    var bytes = random.bytes();
                    if (bytes.length > 1 && random.coin()) {
                        bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
                        bytes[1] &= (byte) 0xBF;
                    }
                    if (bytes.length > 16 && random.coin()) {
                        bytes[12] = (byte) 0xBE;
                        bytes[13] = (byte) 0xDE;
                        bytes[14] = 0;
                        bytes[15] &= 0x0F;
                        bytes[0] &= (byte) 0xF0;
                    }
                    var before = bytes.clone();

                    if (packet.wrap(bytes)) {
                        assertThat(packet.headerBytes() + packet.payloadBytes())
                                .isEqualTo(bytes.length - packet.paddingBytes());
                        assertThat(packet.payloadBytes()).isNotNegative();
                    }

                    assertThat(bytes).isEqualTo(before);
                });
    }
}
