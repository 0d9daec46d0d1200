// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RolloverTest {
    @Test
    void a_sequence_number_goes_on_past_the_last() {
        var rollover = Rollover.ofSeq();

        assertThat(rollover.unwrap(65_534)).isEqualTo(65_534);
        assertThat(rollover.unwrap(65_535)).isEqualTo(65_535);
        assertThat(rollover.unwrap(0)).isEqualTo(65_536);
        assertThat(rollover.unwrap(65_535)).isEqualTo(65_535);
        assertThat(rollover.unwrap(1)).isEqualTo(65_537);
    }

    @Test
    void what_is_late_does_not_move_it_back() {
        var rollover = Rollover.ofSeq();
        rollover.unwrap(30_000);
        rollover.unwrap(60_000);

        assertThat(rollover.unwrap(30_000)).isEqualTo(30_000);
        // 60,000 is still the newest, so 20,000 is nearer ahead than behind.
        assertThat(rollover.unwrap(20_000)).isEqualTo(65_536 + 20_000);
    }

    @Test
    void looking_does_not_move_it() {
        var rollover = Rollover.ofSeq();
        rollover.unwrap(10);

        assertThat(rollover.peek(30_000)).isEqualTo(30_000);
        assertThat(rollover.peek(50_000)).isEqualTo(50_000 - 65_536);
        assertThat(rollover.peek(30_000)).isEqualTo(30_000);
    }

    @Test
    void what_is_older_than_the_first_may_be_negative() {
        var rollover = Rollover.ofSeq();
        rollover.unwrap(2);

        assertThat(rollover.unwrap(65_535)).isEqualTo(-1);
        assertThat(rollover.unwrap(3)).isEqualTo(3);
    }

    @Test
    void timestamps_and_odd_widths_roll_over_too() {
        var timestamps = Rollover.ofTimestamp();
        timestamps.unwrap(0xFFFF_FFF0L);
        assertThat(timestamps.unwrap(0x10)).isEqualTo(0x1_0000_0010L);

        var pictures = Rollover.ofBits(15);
        pictures.unwrap(32_767);
        assertThat(pictures.unwrap(0)).isEqualTo(32_768);

        var references = Rollover.ofBits(24);
        references.unwrap(0xFF_FFFF);
        assertThat(references.unwrap(1)).isEqualTo(0x100_0001);
    }

    @Test
    void bits_above_the_width_are_ignored() {
        assertThat(Rollover.ofSeq().unwrap(0x12_3456)).isEqualTo(0x3456);
    }

    @Test
    void a_width_beyond_a_long_is_a_mistake_of_the_caller() {
        for (int bits : new int[] {-1, 0, 1, 63, 64}) {
            assertThatThrownBy(() -> Rollover.ofBits(bits))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void follows_any_walk_of_less_than_half_the_circle() {
        Property.forAll(
                random -> {
                    int bits = random.between(2, 40);
                    long half = 1L << (bits - 1);
                    var rollover = Rollover.ofBits(bits);
                    long newest = random.random().nextLong(half * 2);
                    assertThat(rollover.unwrap(newest)).isEqualTo(newest);
                    for (int i = random.length(); i > 0; i--) {
                        long step = random.random().nextLong(-half + 1, half);
                        long number = newest + step;

                        assertThat(rollover.unwrap(number & (2 * half - 1))).isEqualTo(number);

                        newest = Math.max(newest, number);
                    }
                });
    }
}
