// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class SlidingRateTest {
    private static final long MILLI = 1_000_000L;

    private final SlidingRate rate = new SlidingRate();

    @Test
    void what_came_within_the_last_second_counts() {
        rate.add(100, 0);
        rate.add(25, 500 * MILLI);

        assertThat(rate.bitrateBps(999 * MILLI)).isEqualTo(1_000);
        assertThat(rate.bitrateBps(1_000 * MILLI)).isEqualTo(200);
        assertThat(rate.bitrateBps(1_600 * MILLI)).isZero();
    }

    @Test
    void clocks_may_begin_anywhere() {
        rate.add(100, -5_000 * MILLI);

        assertThat(rate.bitrateBps(-4_500 * MILLI)).isEqualTo(800);
        assertThat(rate.bitrateBps(5_000 * MILLI)).isZero();
    }

    @Test
    void it_equals_a_plain_count_of_whole_steps() {
        Property.forAll(
                random -> {
                    var sliding = new SlidingRate();
                    var events = new ArrayList<long[]>();
                    long now = random.between(-10_000, 10_000) * MILLI;
                    for (int i = 0; i < random.length() + 1; i++) {
                        now += random.between(0, 400) * MILLI;
                        int bytes = random.between(1, 1_500);
                        sliding.add(bytes, now);
                        events.add(new long[] {now, bytes});
                    }
                    long last = Math.floorDiv(now, 100 * MILLI);
                    long expected = 0;
                    for (var event : events) {
                        boolean isIn = Math.floorDiv(event[0], 100 * MILLI) > last - 10;
                        expected += isIn ? event[1] * 8 : 0;
                    }
                    assertThat(sliding.bitrateBps(now)).isEqualTo(expected);
                });
    }
}
