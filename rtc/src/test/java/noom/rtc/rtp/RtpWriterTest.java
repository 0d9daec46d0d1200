// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RtpWriterTest {
    private final RtpWriter writer = new RtpWriter();
    private final RtpPacket packet = new RtpPacket();
    private final byte[] out = new byte[RtpPacket.MAX_PACKET_BYTES + 10];

    private String written(int offset) {
        int length = writer.writeTo(out, offset);
        assertThat(packet.wrap(out, offset, length)).as("%s", packet.refusal()).isTrue();
        return Hex.text(out, offset, length);
    }

    @Test
    void writes_a_bare_header() {
        writer.begin(96, true, 0x1FFFF, 0x1_0000_0002L, 0xFFFF_FFFFL);

        assertThat(writer.headerBytes()).isEqualTo(12);
        assertThat(written(0)).isEqualTo("80e0ffff00000002ffffffff");
    }

    @Test
    void a_view_of_what_was_written_sees_what_one_sees_who_looks_anew() {
        Property.forAll(
                c -> {
                    var view = new RtpPacket();
                    var source = new byte[600];
                    c.random().nextBytes(source);
                    writer.begin(96, c.between(0, 1) == 0, c.between(0, 65_535), 5, 6);
                    for (int i = c.between(0, 5); i > 0; i--) {
                        int id = c.oneOf(java.util.List.of(i, 20 + i));
                        writer.extension(id, source, 0, c.between(0, 20));
                    }
                    writer.payload(source, 0, c.between(0, 300));
                    int offset = c.between(0, 10);

                    assertThat(writer.writeTo(out, offset, view)).isTrue();
                    assertThat(packet.wrap(out, offset, view.lengthBytes())).isTrue();

                    assertThat(view.refusal()).isNull();
                    assertThat(view.offset()).isEqualTo(offset);
                    assertThat(view.headerBytes()).isEqualTo(packet.headerBytes());
                    assertThat(view.payloadOffset()).isEqualTo(packet.payloadOffset());
                    assertThat(view.payloadBytes()).isEqualTo(packet.payloadBytes());
                    assertThat(view.paddingBytes()).isZero();
                    int at = packet.extensions().first();
                    assertThat(view.extensions().first()).isEqualTo(at);
                    while (at != HeaderExtensions.ABSENT) {
                        assertThat(view.extensions().isTwoByte())
                                .isEqualTo(packet.extensions().isTwoByte());
                        assertThat(view.extensions().idAt(at))
                                .isEqualTo(packet.extensions().idAt(at));
                        assertThat(view.extensions().next(at))
                                .isEqualTo(packet.extensions().next(at));
                        at = packet.extensions().next(at);
                    }
                });
    }

    @Test
    void a_view_of_a_shorter_packet_has_nothing_of_the_one_before() {
        var view = new RtpPacket();
        writer.begin(96, false, 1, 2, 3).extension(20, 3).payload(new byte[9], 0, 9);
        writer.writeTo(out, 0, view);

        writer.begin(96, false, 1, 2, 3).payload(new byte[4], 0, 4).writeTo(out, 0, view);

        assertThat(view.lengthBytes()).isEqualTo(16);
        assertThat(view.payloadBytes()).isEqualTo(4);
        assertThat(view.extensions().first()).isEqualTo(HeaderExtensions.ABSENT);
    }

    @Test
    void there_is_no_view_of_what_has_no_room_or_is_padded() {
        var view = new RtpPacket();
        var small = new byte[15];

        writer.begin(96, false, 1, 2, 3).payload(new byte[4], 0, 4);
        assertThat(writer.writeTo(small, 0, view)).isFalse();
        assertThat(small).containsOnly(0);
        assertThat(writer.writeTo(new byte[16], 0, view)).isTrue();

        writer.padding(1);
        assertThatThrownBy(() -> writer.writeTo(out, 0, view))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writes_the_one_byte_form_with_padding_to_a_word() {
        writer.begin(111, false, 1, 2, 3)
                .extension(4, new byte[] {'0'}, 0, 1)
                .extension(3, 2)
                .payload(new byte[] {9, 8, 7}, 1, 2);

        assertThat(written(3))
                .isEqualTo("906f00010000000200000003" + "bede0002" + "4030310000000000" + "0807");
        assertThat(packet.payloadBytes()).isEqualTo(2);
    }

    @Test
    void writes_the_two_byte_form_only_when_an_element_needs_it() {
        var value = new byte[17];
        Arrays.fill(value, (byte) 0xAB);

        writer.begin(96, false, 1, 2, 3).extension(14, value, 0, 16).writeTo(out, 0);
        packet.wrap(out, 0, writer.headerBytes());
        assertThat(packet.extensions().isTwoByte()).isFalse();

        writer.begin(96, false, 1, 2, 3).extension(1, value, 0, 1).extension(14, value, 0, 17);
        written(0);
        assertThat(packet.extensions().isTwoByte()).isTrue();
        assertThat(packet.extensions().find(1, 1)).isPositive();
        assertThat(packet.extensions().find(14, 17)).isPositive();

        writer.begin(96, false, 1, 2, 3).extension(16, value, 0, 1);
        written(0);
        assertThat(packet.extensions().isTwoByte()).isTrue();

        writer.begin(96, false, 1, 2, 3).extension(1, value, 0, 0);
        written(0);
        assertThat(packet.extensions().isTwoByte()).isTrue();

        writer.begin(96, false, 1, 2, 3).extension(1, value, 0, 1);
        written(0);
        assertThat(packet.extensions().isTwoByte()).as("forgotten").isFalse();
    }

    @Test
    void writes_padding_with_its_length() {
        writer.begin(127, false, 1, 2, 1234).padding(4);

        assertThat(written(0)).isEqualTo("a07f000100000002000004d200000004");
        assertThat(packet.isPaddingOnly()).isTrue();

        writer.begin(127, false, 1, 2, 1234).padding(255);
        written(0);
        assertThat(packet.paddingBytes()).isEqualTo(255);
    }

    @Test
    void takes_over_everything_but_extensions_and_padding() {
        var source =
                Hex.bytes(
                        "b1e0000500000006000000070000000a" + "bede000110aa0000" + "0102" + "0002");
        packet.wrap(source);

        writer.begin(packet);

        assertThat(written(0)).isEqualTo("81e0000500000006000000070000000a0102");
        assertThat(packet.csrc(0)).isEqualTo(10);
    }

    @Test
    void takes_over_the_extensions_that_the_receiver_wants_under_its_numbers() {
        var from =
                ExtensionIds.of(Map.of(KnownExtension.MID, 4, KnownExtension.AUDIO_LEVEL, 1))
                        .orElseThrow();
        var to =
                ExtensionIds.of(Map.of(KnownExtension.MID, 3, KnownExtension.AUDIO_LEVEL, 9))
                        .orElseThrow();
        var source = Hex.bytes("906f0001000000020000000" + "3bede00021085403120ff0000");
        assertThat(packet.wrap(source)).isTrue();

        writer.begin(packet)
                .extension(to.id(KnownExtension.MID), new byte[] {'7'}, 0, 1)
                .extensions(packet.extensions(), from, to);
        int length = writer.writeTo(out, 0);

        assertThat(Hex.text(out, 12, length - 12)).isEqualTo("bede0001" + "30379085");
    }

    @Test
    void no_room_writes_nothing() {
        writer.begin(96, false, 1, 2, 3).payload(new byte[10], 0, 10);
        var small = new byte[23];
        Arrays.fill(small, (byte) 0x55);

        assertThat(writer.writeTo(small, 2)).isEqualTo(RtpWriter.NO_ROOM);
        assertThat(small).containsOnly(0x55);
        assertThat(writer.writeTo(small, 1)).isEqualTo(22);
    }

    @Test
    void a_packet_has_at_most_1500_bytes() {
        var payload = new byte[1_489];

        writer.begin(96, false, 1, 2, 3).payload(payload, 0, 1_488);
        assertThat(writer.writeTo(out, 0)).isEqualTo(1_500);
        writer.payload(payload, 0, 1_489);
        assertThat(writer.writeTo(out, 0)).isEqualTo(RtpWriter.NO_ROOM);
    }

    @Test
    void impossible_elements_are_a_mistake_of_the_caller() {
        writer.begin(96, false, 1, 2, 3);
        for (int id : new int[] {-1, 0, 15, 256}) {
            assertThatThrownBy(() -> writer.extension(id, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int length : new int[] {-1, 256}) {
            assertThatThrownBy(() -> writer.extension(1, length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int length : new int[] {-1, 256}) {
            assertThatThrownBy(() -> writer.padding(length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_sixteenth_extension_is_the_last() {
        writer.begin(96, false, 1, 2, 3);
        for (int i = 0; i < RtpWriter.MAX_EXTENSIONS; i++) {
            writer.extension(i + 20, 1);
        }
        assertThatThrownBy(() -> writer.extension(99, 1))
                .isInstanceOf(IllegalArgumentException.class);
        written(0);
        assertThat(packet.extensions().find(35, 1)).isPositive();
    }

    @Test
    void the_payload_may_lie_behind_the_header_in_the_same_array() {
        var bytes = Hex.bytes("80600001000000020000000301020304");
        var shared = Arrays.copyOf(bytes, 40);
        packet.wrap(shared, 0, bytes.length);

        writer.begin(packet).extension(1, 2);
        int length = writer.writeTo(shared, 0);

        assertThat(Hex.text(shared, 0, length))
                .isEqualTo("90600001000000020000000" + "3bede00011100000001020304");
    }

    @Test
    void what_is_written_is_read() {
        Property.forAll(
                random -> {
                    var payload = random.bytes();
                    var values = new TreeMap<Integer, byte[]>();
                    for (int i = random.between(0, 8); i > 0; i--) {
                        int id = random.between(1, random.coin() ? 15 : 256);
                        values.put(id == 15 ? 14 : id, Arrays.copyOf(random.bytes(), 3));
                    }
                    int padding = random.coin() ? random.between(0, 256) : 0;
                    int seq = random.between(0, 65_536);
                    long ticks = random.random().nextLong(1L << 32);
                    writer.begin(random.between(0, 64), random.coin(), seq, ticks, ticks ^ 1)
                            .payload(payload, 0, payload.length)
                            .padding(padding);
                    values.forEach((id, value) -> writer.extension(id, value, 0, value.length));

                    int length = writer.writeTo(out, 5);

                    assertThat(packet.wrap(out, 5, length)).isTrue();
                    assertThat(packet.seq()).isEqualTo(seq);
                    assertThat(packet.timestampTicks()).isEqualTo(ticks);
                    assertThat(packet.ssrc()).isEqualTo(ticks ^ 1);
                    assertThat(packet.paddingBytes()).isEqualTo(padding);
                    assertThat(packet.headerBytes()).isEqualTo(writer.headerBytes());
                    assertThat(Hex.text(out, packet.payloadOffset(), packet.payloadBytes()))
                            .isEqualTo(Hex.text(payload, 0, payload.length));
                    values.forEach(
                            (id, value) ->
                                    assertThat(Hex.text(out, packet.extensions().find(id, 3), 3))
                                            .isEqualTo(Hex.text(value, 0, 3)));
                });
    }
}
