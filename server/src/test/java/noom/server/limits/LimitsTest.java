// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_burst_and_then_the_rate() {
        var bucket = new TokenBucket(2, 3, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.tryTake(0)).isTrue();
        }
        assertThat(bucket.tryTake(0)).isFalse();

        assertThat(bucket.tryTake(SECOND / 2)).isTrue();
        assertThat(bucket.tryTake(SECOND / 2)).isFalse();
    }

    @Test
    void rest_saves_up_no_more_than_a_burst() {
        var bucket = new TokenBucket(1_000, 2, 0);

        assertThat(bucket.tryTake(3_600 * SECOND)).isTrue();
        assertThat(bucket.tryTake(3_600 * SECOND)).isTrue();
        assertThat(bucket.tryTake(3_600 * SECOND)).isFalse();
    }

    @Test
    void sources_do_not_hinder_one_another() {
        var limit = new SourceLimit(1, 1);

        assertThat(limit.tryTake("a", 0)).isTrue();
        assertThat(limit.tryTake("a", 0)).isFalse();
        assertThat(limit.tryTake("b", 0)).isTrue();
    }

    @Test
    void the_source_not_seen_for_longest_is_forgotten_first() {
        var limit = new SourceLimit(1, 1);
        limit.tryTake("first", 0);
        for (int i = 0; i < 9_998; i++) {
            limit.tryTake("source " + i, 0);
        }
        limit.tryTake("last", 0);
        assertThat(limit.tryTake("first", 0)).as("still known").isFalse();

        limit.tryTake("one more", 0);

        assertThat(limit.tryTake("first", 0)).as("seen lately").isFalse();
        assertThat(limit.tryTake("source 0", 0)).as("forgotten").isTrue();
    }
}
