// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.codec.Vp8Descriptor;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class Vp8RewriterTest {
    private final Vp8Rewriter pictures = new Vp8Rewriter(1_000, 50);

    private static Vp8Descriptor picture(int pictureId, int tl0, int temporalId) {
        byte[] payload = Packets.vp8(true, false, pictureId, tl0, temporalId, false);
        var descriptor = new Vp8Descriptor();
        descriptor.wrap(payload, 0, payload.length);
        return descriptor;
    }

    private static Vp8Descriptor of(int... bytes) {
        var payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        var descriptor = new Vp8Descriptor();
        assertThat(descriptor.wrap(payload, 0, payload.length)).isTrue();
        return descriptor;
    }

    private void assertOut(Vp8Descriptor in, int pictureId, int tl0) {
        assertThat(pictures.rewrite(in)).isTrue();
        assertThat(pictures.pictureId()).isEqualTo(pictureId);
        assertThat(pictures.tl0PicIdx()).isEqualTo(tl0);
    }

    @Test
    void numbers_go_on_over_a_change_of_source() {
        pictures.resync(picture(30_000, 250, 0));
        assertOut(picture(30_000, 250, 0), 1_000, 50);
        assertOut(picture(30_001, 250, 1), 1_001, 50);
        assertOut(picture(30_002, 251, 0), 1_002, 51);

        pictures.resync(picture(5, 3, 0));

        assertOut(picture(5, 3, 0), 1_003, 52);
        assertOut(picture(6, 4, 0), 1_004, 53);
        assertThat(pictures.rewrite(picture(4, 3, 0))).isFalse();
    }

    @Test
    void pictures_left_out_close_up() {
        pictures.resync(picture(10, 0, 0));
        assertOut(picture(10, 0, 0), 1_000, 50);
        pictures.drop(picture(11, 0, 2));
        pictures.drop(picture(11, 0, 2));
        assertOut(picture(12, 1, 0), 1_001, 51);
        assertThat(pictures.rewrite(picture(11, 0, 2))).isFalse();
    }

    @Test
    void all_packets_of_a_picture_get_its_number() {
        pictures.resync(picture(32_767, 255, 0));
        assertOut(picture(32_767, 255, 0), 1_000, 50);
        assertOut(picture(32_767, 255, 0), 1_000, 50);
        assertOut(picture(0, 0, 0), 1_001, 51);
        assertOut(picture(32_767, 255, 0), 1_000, 50);
    }

    @Test
    void a_short_number_becomes_a_long_one_and_may_grow_on_the_way() {
        var shortOne = of(0x90, 0x80, 0x7F, 0x00);
        pictures.resync(shortOne);
        assertThat(pictures.rewrite(shortOne)).isTrue();
        assertThat(pictures.pictureId()).isEqualTo(1_000);

        assertThat(pictures.rewrite(of(0x90, 0x80, 0x80, 0x80, 0x00))).isTrue();

        assertThat(pictures.pictureId()).isEqualTo(1_001);
    }

    @Test
    void a_stream_without_numbers_is_let_through() {
        var bare = of(0x10, 0x00);
        pictures.resync(bare);
        pictures.drop(bare);

        assertThat(pictures.rewrite(bare)).isTrue();
    }

    @Test
    void base_layer_numbers_may_begin_later_than_the_stream() {
        pictures.resync(of(0x90, 0x80, 0x80, 0x05, 0x00));

        assertOut(picture(6, 9, 0), 1_001, 50);
    }

    @Test
    void numbers_are_continuous_for_any_sources_and_omissions() {
        Property.forAll(
                random -> {
                    int expected = random.between(0, 1 << 15);
                    int expectedTl0 = random.between(0, 256);
                    var rewriter = new Vp8Rewriter(expected, expectedTl0);
                    for (int source = 0; source < 3; source++) {
                        int id = random.between(0, 1 << 15);
                        int tl0 = random.between(0, 256);
                        rewriter.resync(picture(id, tl0, 0));
                        for (int i = 0; i <= random.length(); i++) {
                            boolean isBase = i == 0 || random.coin();
                            tl0 = isBase && i > 0 ? (tl0 + 1) & 0xFF : tl0;
                            var in = picture((id + i) & 0x7FFF, tl0, isBase ? 0 : 1);
                            if (!isBase && random.coin()) {
                                rewriter.drop(in);
                                continue;
                            }
                            assertThat(rewriter.rewrite(in)).isTrue();
                            assertThat(rewriter.pictureId()).isEqualTo(expected);
                            expected = (expected + 1) & 0x7FFF;
                            if (isBase) {
                                assertThat(rewriter.tl0PicIdx()).isEqualTo(expectedTl0);
                                expectedTl0 = (expectedTl0 + 1) & 0xFF;
                            }
                        }
                    }
                });
    }
}
