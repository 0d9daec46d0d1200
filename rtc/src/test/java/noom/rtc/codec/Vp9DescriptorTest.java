// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

/// Bytes after RFC 9628 §4.2; `ee` stands for the payload.
class Vp9DescriptorTest {
    private final Vp9Descriptor descriptor = new Vp9Descriptor();

    private boolean wrap(String text) {
        var bytes = Hex.bytes(text);
        return descriptor.wrap(bytes, 0, bytes.length);
    }

    @Test
    void a_bare_descriptor_has_one_byte() {
        assertThat(wrap("08 ee")).isTrue();

        assertThat(descriptor.descriptorBytes()).isOne();
        assertThat(descriptor.pictureId()).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.spatialId()).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.temporalId()).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.spatialLayerCount()).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.widthPixels(0)).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.isSwitchingUpPoint()).isFalse();
        assertThat(descriptor.isInterLayerDependent()).isFalse();
        assertThat(descriptor.isKeyFrameStart()).isTrue();
    }

    @Test
    void reads_layers_without_flexible_mode() {
        // I P L B E Z; picture id 0x1234; TID 5, U, SID 2, D; TL0PICIDX 0x77
        assertThat(wrap("ed 9234 b5 77 ee")).isTrue();

        assertThat(descriptor.descriptorBytes()).isEqualTo(5);
        assertThat(descriptor.pictureId()).isEqualTo(0x1234);
        assertThat(descriptor.isLongPictureId()).isTrue();
        assertThat(descriptor.temporalId()).isEqualTo(5);
        assertThat(descriptor.isSwitchingUpPoint()).isTrue();
        assertThat(descriptor.spatialId()).isEqualTo(2);
        assertThat(descriptor.isInterLayerDependent()).isTrue();
        assertThat(descriptor.tl0PicIdx()).isEqualTo(0x77);
        assertThat(descriptor.isInterPicture()).isTrue();
        assertThat(descriptor.isFrameStart()).isTrue();
        assertThat(descriptor.isFrameEnd()).isTrue();
        assertThat(descriptor.isNotReferencedByUpper()).isTrue();
        assertThat(descriptor.isKeyFrameStart()).isFalse();
    }

    @Test
    void a_picture_id_may_have_7_bits() {
        assertThat(wrap("80 7f ee")).isTrue();
        assertThat(descriptor.pictureId()).isEqualTo(127);
        assertThat(descriptor.isLongPictureId()).isFalse();
    }

    @Test
    void flexible_mode_names_up_to_three_references() {
        // I P L F B: references 1 (more), 2 (more), 3
        assertThat(wrap("f8 01 00 03 05 06 ee")).isTrue();
        assertThat(descriptor.descriptorBytes()).isEqualTo(6);
        assertThat(descriptor.tl0PicIdx()).isEqualTo(Vp9Descriptor.ABSENT);

        assertThat(wrap("f8 01 00 02 ee")).isTrue();
        assertThat(descriptor.descriptorBytes()).isEqualTo(4);

        assertThat(wrap("f8 01 00 03 05 07 02 ee")).as("four references").isFalse();
    }

    @Test
    void flexible_mode_without_inter_picture_names_none() {
        assertThat(wrap("b8 01 00 ee")).isTrue();
        assertThat(descriptor.descriptorBytes()).isEqualTo(3);
        assertThat(descriptor.isKeyFrameStart()).isTrue();
    }

    @Test
    void reads_sizes_and_skips_the_group_of_pictures() {
        // B V; N_S=1 Y G; 320x180, 640x360; N_G=2: TID 0 U R=1, TID 1 R=2
        assertThat(wrap("0a 38 014000b4 02800168 02 14 01 28 01 02 ee")).isTrue();

        assertThat(descriptor.spatialLayerCount()).isEqualTo(2);
        assertThat(descriptor.widthPixels(0)).isEqualTo(320);
        assertThat(descriptor.heightPixels(0)).isEqualTo(180);
        assertThat(descriptor.widthPixels(1)).isEqualTo(640);
        assertThat(descriptor.heightPixels(1)).isEqualTo(360);
        assertThat(descriptor.widthPixels(2)).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.heightPixels(-1)).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.descriptorBytes()).isEqualTo(16);
    }

    @Test
    void a_structure_may_tell_the_number_of_layers_only() {
        assertThat(wrap("0a 40 ee")).isTrue();
        assertThat(descriptor.spatialLayerCount()).isEqualTo(3);
        assertThat(descriptor.widthPixels(0)).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(descriptor.descriptorBytes()).isEqualTo(2);
    }

    @Test
    void only_the_lowest_layer_begins_a_key_picture() {
        assertThat(wrap("28 00 00 ee")).isTrue();
        assertThat(descriptor.isKeyFrameStart()).isTrue();
        assertThat(wrap("28 02 00 ee")).as("spatial layer 1").isTrue();
        assertThat(descriptor.isKeyFrameStart()).isFalse();
        assertThat(wrap("68 00 00 ee")).as("inter picture").isTrue();
        assertThat(descriptor.isKeyFrameStart()).isFalse();
        assertThat(wrap("20 00 00 ee")).as("not its beginning").isTrue();
        assertThat(descriptor.isKeyFrameStart()).isFalse();
    }

    @Test
    void what_ends_too_soon_is_refused() {
        for (String cut :
                List.of(
                        "",
                        "08",
                        "80",
                        "80 7f",
                        "80 80",
                        "80 80 01",
                        "20",
                        "20 00",
                        "20 00 00",
                        "30 00",
                        "50",
                        "50 01",
                        "50 03 03",
                        "50 02",
                        "02",
                        "02 00",
                        "02 10",
                        "02 10 014000b4",
                        "02 08",
                        "02 08 01",
                        "02 08 01 04",
                        "02 08 01 04 01",
                        "02 08 ff 00 ee",
                        "02 f0 ee")) {
            assertThat(wrap(cut)).as(cut).isFalse();
        }
        assertThat(wrap("02 08 00 ee")).isTrue();
        assertThat(wrap("02 08 01 04 01 ee")).isTrue();
    }

    @Test
    void no_truncated_descriptor_throws() {
        var full = Hex.bytes("fa 9234 b4 03 05 06 38 014000b4 02800168 02 14 01 28 01 02 ee");
        for (int length = 0; length < full.length; length++) {
            assertThat(descriptor.wrap(full, 0, length)).as("%d", length).isFalse();
        }
        assertThat(descriptor.wrap(full, 0, full.length)).isTrue();
        assertThat(descriptor.descriptorBytes()).isEqualTo(full.length - 1);
    }
}
