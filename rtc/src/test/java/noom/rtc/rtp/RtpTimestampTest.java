// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class RtpTimestampTest {
    private static final long LAST = 0xFFFF_FFFFL;

    @Test
    void zero_follows_the_last() {
        assertThat(new RtpTimestamp(LAST).plusTicks(1)).isEqualTo(new RtpTimestamp(0));
        assertThat(new RtpTimestamp(0).plusTicks(-1)).isEqualTo(new RtpTimestamp(LAST));
        assertThat(RtpTimestamp.ofLowBits(0x1_0000_0005L)).isEqualTo(new RtpTimestamp(5));
        assertThat(new RtpTimestamp(0).isAfter(new RtpTimestamp(LAST))).isTrue();
        assertThat(new RtpTimestamp(LAST).isAfter(new RtpTimestamp(0))).isFalse();
    }

    @Test
    void of_two_half_the_circle_apart_neither_is_after_the_other() {
        var zero = new RtpTimestamp(0);
        var half = new RtpTimestamp(0x8000_0000L);

        assertThat(zero.isAfter(half)).isFalse();
        assertThat(half.isAfter(zero)).isFalse();
        assertThat(zero.ticksTo(half)).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void more_than_32_bits_are_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> new RtpTimestamp(LAST + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtpTimestamp(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void going_a_distance_and_measuring_it_agree() {
        Property.forAll(
                random -> {
                    var from = RtpTimestamp.ofLowBits(random.random().nextLong());
                    int distance = random.random().nextInt();

                    var to = from.plusTicks(distance);

                    assertThat(from.ticksTo(to)).isEqualTo(distance);
                    assertThat(to.plusTicks(-(long) distance)).isEqualTo(from);
                });
    }
}
