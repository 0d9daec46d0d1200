// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelaysTest {
    private final Delays delays = new Delays();

    @Test
    void percentiles_are_rounded_up_to_the_resolution() {
        for (int i = 1; i <= 100; i++) {
            delays.add(i * Delays.RESOLUTION_NANOS - 1);
        }

        assertThat(delays.count()).isEqualTo(100);
        assertThat(delays.percentileMillis(50)).isEqualTo(0.50);
        assertThat(delays.percentileMillis(99)).isEqualTo(0.99);
        assertThat(delays.percentileMillis(100)).isEqualTo(1.00);
        assertThat(delays.percentileMillis(0)).isEqualTo(0.01);
    }

    @Test
    void without_packets_there_is_no_delay() {
        assertThat(delays.percentileMillis(99)).isZero();
    }

    @Test
    void what_is_out_of_range_counts_at_its_ends() {
        delays.add(Long.MAX_VALUE);
        delays.add(-5);

        assertThat(delays.percentileMillis(50)).isEqualTo(0.01);
        assertThat(delays.percentileMillis(100))
                .isEqualTo(Delays.BUCKETS * Delays.RESOLUTION_NANOS / 1e6);
    }
}
