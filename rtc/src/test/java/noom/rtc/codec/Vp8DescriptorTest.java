// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Bytes after RFC 7741 §4.2 and its examples in §4.5; the payload header begins a key frame
/// with 00.
class Vp8DescriptorTest {
    /// X S; I L T K; picture id 0x1234 in 15 bits; TL0PICIDX 0x56; TID 2, Y, KEYIDX 3.
    private static final String FULL = "90 f0 9234 56 a3";

    private final Vp8Descriptor descriptor = new Vp8Descriptor();

    private boolean wrap(String text) {
        var bytes = Hex.bytes(text);
        return descriptor.wrap(bytes, 0, bytes.length);
    }

    @Test
    void a_bare_descriptor_has_one_byte() {
        assertThat(wrap("10 00")).isTrue();

        assertThat(descriptor.descriptorBytes()).isOne();
        assertThat(descriptor.pictureId()).isEqualTo(Vp8Descriptor.ABSENT);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(Vp8Descriptor.ABSENT);
        assertThat(descriptor.temporalId()).isEqualTo(Vp8Descriptor.ABSENT);
        assertThat(descriptor.isLayerSync()).isFalse();
        assertThat(descriptor.isLongPictureId()).isFalse();
        assertThat(descriptor.isNotReferenced()).isFalse();
        assertThat(descriptor.isKeyFrameStart()).isTrue();
    }

    @Test
    void reads_every_field() {
        assertThat(wrap(FULL + "01")).isTrue();

        assertThat(descriptor.descriptorBytes()).isEqualTo(6);
        assertThat(descriptor.pictureId()).isEqualTo(0x1234);
        assertThat(descriptor.isLongPictureId()).isTrue();
        assertThat(descriptor.tl0PicIdx()).isEqualTo(0x56);
        assertThat(descriptor.temporalId()).isEqualTo(2);
        assertThat(descriptor.isLayerSync()).isTrue();
        assertThat(descriptor.isFrameStart()).isTrue();
        assertThat(descriptor.isKeyFrameStart()).isFalse();
    }

    @Test
    void a_picture_id_may_have_7_bits() {
        assertThat(wrap("90 80 7f 00")).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(127);
        assertThat(descriptor.isLongPictureId()).isFalse();
        assertThat(descriptor.descriptorBytes()).isEqualTo(3);
    }

    @Test
    void a_key_index_alone_is_no_temporal_layer() {
        assertThat(wrap("90 10 e3 00")).isTrue();
        assertThat(descriptor.temporalId()).isEqualTo(Vp8Descriptor.ABSENT);
        assertThat(descriptor.isLayerSync()).isFalse();
        assertThat(descriptor.descriptorBytes()).isEqualTo(3);
    }

    @Test
    void a_key_frame_begins_with_the_first_partition_and_a_clear_bit() {
        assertThat(wrap("10 00")).isTrue();
        assertThat(descriptor.isKeyFrameStart()).isTrue();
        for (String other : List.of("10 01", "00 00", "11 00", "17 00", "10 ff")) {
            assertThat(wrap(other)).isTrue();
            assertThat(descriptor.isKeyFrameStart()).as(other).isFalse();
        }
        assertThat(wrap("30 00")).isTrue();
        assertThat(descriptor.isNotReferenced()).isTrue();
        assertThat(wrap("10 fe")).isTrue();
        assertThat(descriptor.isKeyFrameStart()).isTrue();
    }

    @Test
    void what_ends_too_soon_is_refused() {
        for (String cut :
                List.of(
                        "",
                        "10",
                        "90",
                        "90 00",
                        "90 80",
                        "90 80 80",
                        "90 80 80 01",
                        "90 80 01",
                        "90 40",
                        "90 40 01",
                        "90 20 01",
                        "90 10 01",
                        "90 f0 92 34 56",
                        FULL)) {
            assertThat(wrap(cut)).as(cut).isFalse();
        }
        assertThat(wrap("90 00 00")).isTrue();
    }

    @Test
    void numbers_are_written_in_place() {
        var bytes = Hex.bytes("ff" + FULL + "00");
        descriptor.wrap(bytes, 1, bytes.length - 1);

        assertThat(descriptor.setPictureId(0x1_8001)).isTrue();
        assertThat(descriptor.setTl0PicIdx(0x1FF)).isTrue();

        assertThat(descriptor.pictureId()).isEqualTo(1);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(0xFF);
        assertThat(Hex.text(bytes, 0, bytes.length)).isEqualTo("ff90f08001ffa300");
    }

    @Test
    void a_short_picture_id_stays_short_in_place() {
        var bytes = Hex.bytes("90 80 7f 00");
        descriptor.wrap(bytes, 0, bytes.length);

        assertThat(descriptor.setPictureId(0x181)).isTrue();

        assertThat(Hex.text(bytes, 0, 4)).isEqualTo("90800100");
        assertThat(descriptor.isLongPictureId()).isFalse();
    }

    @Test
    void what_is_not_there_is_not_written() {
        var bytes = Hex.bytes("10 00");
        descriptor.wrap(bytes, 0, 2);

        assertThat(descriptor.setPictureId(1)).isFalse();
        assertThat(descriptor.setTl0PicIdx(1)).isFalse();
        assertThat(Hex.text(bytes, 0, 2)).isEqualTo("1000");
    }

    @Test
    void a_copy_has_a_long_picture_id_and_leaves_the_source_alone() {
        var out = new byte[10];
        var bytes = Hex.bytes("90 e0 7f 05 40 00");
        var before = bytes.clone();
        descriptor.wrap(bytes, 0, bytes.length);

        int length = descriptor.writeTo(out, 2, 0x7FFF, 0x106);

        assertThat(Hex.text(out, 2, length)).isEqualTo("90e0ffff0640");
        assertThat(length).isLessThanOrEqualTo(Vp8Descriptor.MAX_DESCRIPTOR_BYTES);
        assertThat(bytes).isEqualTo(before);
    }

    @Test
    void a_copy_has_no_more_fields_than_the_source() {
        var out = new byte[10];
        wrap("10 00");
        assertThat(descriptor.writeTo(out, 0, 1, 2)).isOne();
        wrap("90 40 07 00");
        assertThat(descriptor.writeTo(out, 0, 1, 2)).isEqualTo(3);
        assertThat(Hex.text(out, 0, 3)).isEqualTo("904002");
    }

    @Test
    void a_copy_reads_as_the_source_with_other_numbers() {
        var copy = new Vp8Descriptor();
        Property.forAll(
                random -> {
                    var bytes = Arrays.copyOf(random.bytes(), 8);
                    if (!descriptor.wrap(bytes, 0, 8)) {
                        return;
                    }
                    int pictureId = random.between(0, 1 << 15);
                    int tl0 = random.between(0, 256);
                    var out = new byte[Vp8Descriptor.MAX_DESCRIPTOR_BYTES + 1];

                    int length = descriptor.writeTo(out, 0, pictureId, tl0);
                    out[length] = bytes[descriptor.descriptorBytes()];

                    assertThat(copy.wrap(out, 0, length + 1)).isTrue();
                    assertThat(copy.descriptorBytes()).isEqualTo(length);
                    assertThat(copy.isKeyFrameStart()).isEqualTo(descriptor.isKeyFrameStart());
                    assertThat(copy.temporalId()).isEqualTo(descriptor.temporalId());
                    assertThat(copy.isLayerSync()).isEqualTo(descriptor.isLayerSync());
                    assertThat(copy.pictureId())
                            .isEqualTo(descriptor.pictureId() < 0 ? -1 : pictureId);
                    assertThat(copy.tl0PicIdx()).isEqualTo(descriptor.tl0PicIdx() < 0 ? -1 : tl0);
                });
    }
}
