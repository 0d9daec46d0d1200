// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.codec.VideoCodec;
import org.junit.jupiter.api.Test;

class TemporalFilterTest {
    private final TemporalFilter filter = new TemporalFilter();
    private final PictureMemory memory = new PictureMemory();
    private final MediaPacket view = new MediaPacket(0, VideoCodec.VP8, 0);

    private boolean accepts(int picture, int temporal, boolean isSync, boolean isKey) {
        byte[] payload = Packets.vp8(true, isKey, picture, 0, temporal, isSync);
        assertThat(view.wrap(Packets.rtp(picture, picture * 3_000L, true, payload))).isTrue();
        return filter.accepts(view);
    }

    @Test
    void before_it_begins_nothing_is_taken_but_a_key_frame() {
        assertThat(filter.current()).isEqualTo(LayerSelector.NONE);
        assertThat(accepts(1, 0, false, false)).isFalse();
        assertThat(accepts(2, 0, false, true)).isTrue();
        assertThat(filter.current()).isEqualTo(7);
    }

    @Test
    void a_late_picture_does_not_step_up() {
        filter.setTarget(0);
        filter.restart();
        assertThat(accepts(1, 0, false, false)).isTrue();
        assertThat(accepts(5, 0, false, false)).isTrue();
        filter.setTarget(2);

        assertThat(accepts(3, 2, true, false)).isFalse();
        assertThat(filter.current()).isZero();
        assertThat(accepts(6, 2, true, false)).isTrue();
        assertThat(filter.current()).isEqualTo(2);
    }

    @Test
    void a_picture_is_decided_once() {
        filter.restart();
        assertThat(accepts(1, 2, false, false)).isTrue();
        filter.setTarget(0);
        assertThat(accepts(1, 2, false, false)).isTrue();
        assertThat(accepts(2, 2, false, false)).isFalse();
        filter.setTarget(2);
        filter.restart();
        assertThat(accepts(2, 2, false, false)).isTrue();
    }

    @Test
    void stopped_it_takes_nothing() {
        filter.restart();
        filter.stop();

        assertThat(accepts(1, 0, false, false)).isFalse();
    }

    @Test
    void a_target_beyond_all_layers_is_all_layers() {
        filter.setTarget(100);
        filter.restart();
        assertThat(filter.current()).isEqualTo(7);
        filter.setTarget(-5);
        assertThat(filter.current()).isZero();
    }

    @Test
    void the_last_pictures_are_remembered_across_the_wrap_of_the_clock() {
        long wrap = 1L << 32;
        assertThat(memory.isOld(5)).isFalse();
        memory.put(wrap - 3_000, 1);
        memory.put(0, 2);

        assertThat(memory.isOld(wrap - 3_000)).isTrue();
        assertThat(memory.isOld(0)).isFalse();
        assertThat(memory.isOld(3_000)).isFalse();
        assertThat(memory.find(wrap - 3_000)).isOne();
        assertThat(memory.find(0)).isEqualTo(2);
        assertThat(memory.find(3_000)).isEqualTo(PictureMemory.UNKNOWN);
    }

    @Test
    void an_old_picture_put_late_is_not_the_newest() {
        memory.put(9_000, 1);
        memory.put(3_000, 1);

        assertThat(memory.isOld(6_000)).isTrue();
    }

    @Test
    void sixty_four_pictures_are_remembered_and_no_more() {
        for (int i = 0; i <= 64; i++) {
            memory.put(i, i);
        }

        assertThat(memory.find(0)).isEqualTo(PictureMemory.UNKNOWN);
        assertThat(memory.find(1)).isOne();
        memory.clear();
        assertThat(memory.find(64)).isEqualTo(PictureMemory.UNKNOWN);
        assertThat(memory.isOld(0)).isFalse();
    }
}
