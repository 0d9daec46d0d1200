// SPDX-License-Identifier: Apache-2.0
package noom.rtc.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    @Test
    void lets_a_second_worth_through_at_once_and_then_one_per_interval() {
        var bucket = new TokenBucket(20, 0);

        assertThat(takeAll(bucket, 0)).isEqualTo(20);
        assertThat(takeAll(bucket, 50 * MILLI - 1)).isZero();
        assertThat(takeAll(bucket, 50 * MILLI)).isEqualTo(1);
        assertThat(takeAll(bucket, 150 * MILLI)).isEqualTo(2);
    }

    @Test
    void is_full_again_after_a_second_and_no_fuller_after_a_day() {
        var bucket = new TokenBucket(20, 0);
        takeAll(bucket, 0);

        assertThat(takeAll(bucket, Duration.ofSeconds(1).toNanos())).isEqualTo(20);
        assertThat(takeAll(bucket, Duration.ofDays(1).toNanos())).isEqualTo(20);
    }

    @Test
    void works_where_the_clock_wraps_around() {
        long start = Long.MAX_VALUE - 25 * MILLI;
        var bucket = new TokenBucket(20, start);

        assertThat(takeAll(bucket, start)).isEqualTo(20);
        assertThat(takeAll(bucket, start + 50 * MILLI)).isEqualTo(1);
    }

    @Test
    void never_lets_more_through_than_rate_and_rest_allow() {
        Property.forAll(
                random -> {
                    int rate = random.between(1, 1_000);
                    var bucket = new TokenBucket(rate, 0);
                    long nowNanos = 0;
                    long taken = 0;
                    for (int i = 0; i < 50; i++) {
                        nowNanos += random.between(0, 100_000_000);
                        taken += takeAll(bucket, nowNanos);
                    }

                    assertThat(taken).isLessThanOrEqualTo(rate + nowNanos * rate / 999_999_000);
                });
    }

    @Test
    void takes_several_at_once_or_none() {
        var bucket = new TokenBucket(1_000_000_000, 0);

        assertThat(bucket.hasTokens(1_000_000_001, 0)).isFalse();
        assertThat(bucket.hasTokens(1_000_000_000, 0)).isTrue();
        bucket.take(999_999_999, 0);
        assertThat(bucket.hasTokens(2, 0)).isFalse();
        assertThat(bucket.hasTokens(2, 1)).isTrue();
    }

    private static int takeAll(TokenBucket bucket, long nowNanos) {
        int taken = 0;
        while (bucket.hasTokens(1, nowNanos)) {
            bucket.take(1, nowNanos);
            taken++;
        }
        return taken;
    }
}
