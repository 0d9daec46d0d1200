// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// The token bucket alone.
class EventBudgetTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private static EventBudget budget(double perSecond, int burst) {
        var rate = new EventRate(perSecond, burst, 3, Duration.ofSeconds(10));
        return new EventBudget(rate, 0);
    }

    private static int takeAll(EventBudget budget, long nowNanos) {
        int taken = 0;
        while (budget.take(nowNanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void a_burst_is_allowed_and_then_one_event_per_interval() {
        var budget = budget(10, 3);

        assertThat(takeAll(budget, 0)).isEqualTo(3);
        assertThat(budget.take(99 * MILLI)).isFalse();
        assertThat(takeAll(budget, 101 * MILLI)).isEqualTo(1);
        assertThat(takeAll(budget, 400 * MILLI)).isBetween(2, 3);
    }

    @Test
    void a_long_rest_saves_up_no_more_than_the_burst() {
        var budget = budget(10, 3);
        takeAll(budget, 0);

        assertThat(takeAll(budget, 3_600 * SECOND)).isEqualTo(3);
    }

    @Test
    void less_than_one_event_per_second_adds_up_too() {
        var budget = budget(0.25, 1);
        assertThat(takeAll(budget, 0)).isEqualTo(1);

        assertThat(budget.take(SECOND)).isFalse();
        assertThat(budget.take(2 * SECOND)).isFalse();
        assertThat(budget.take(3 * SECOND)).isFalse();
        assertThat(budget.take(4 * SECOND)).isTrue();
    }

    @Test
    void without_a_limit_nothing_is_refused() {
        var budget = new EventBudget(EventRate.UNLIMITED, 0);

        for (int i = 0; i < 100_000; i++) {
            assertThat(budget.take(i / 1_000)).isTrue();
        }
    }

    @Test
    void time_that_stands_still_or_goes_back_gives_nothing() {
        var budget = budget(1_000, 1);
        assertThat(budget.take(SECOND)).isTrue();

        assertThat(budget.take(SECOND)).isFalse();
        assertThat(budget.take(0)).isFalse();
    }

    @Test
    void in_any_window_no_more_passes_than_the_burst_and_the_rate_allow() {
        Property.forAll(
                random -> {
                    int perSecond = random.between(1, 100);
                    int burst = random.between(1, 20);
                    var budget = budget(perSecond, burst);
                    var passed = new ArrayList<Long>();
                    long now = 0;
                    for (int i = random.length() * 5; i > 0; i--) {
                        now += random.between(0, 20) * MILLI;
                        if (budget.take(now)) {
                            passed.add(now);
                        }
                    }

                    for (int from = 0; from < passed.size(); from += 7) {
                        double seconds = (now - passed.get(from)) / (double) SECOND;
                        assertThat((double) passed.size() - from)
                                .isLessThanOrEqualTo(burst + seconds * perSecond + 0.001);
                    }
                });
    }

    @Test
    void who_keeps_to_the_rate_is_never_refused() {
        Property.forAll(
                random -> {
                    int perSecond = random.between(1, 100);
                    var budget = budget(perSecond, random.between(1, 5));
                    long now = 0;
                    for (int i = random.length(); i > 0; i--) {
                        assertThat(budget.take(now)).isTrue();
                        now += SECOND / perSecond + random.between(1, 1_000);
                    }
                });
    }

    @Test
    void strikes_close_at_their_number_within_the_window_and_unlimited_ones_never() {
        var budget = budget(1, 1);
        assertThat(budget.strike(0)).isFalse();
        assertThat(budget.strike(10 * SECOND - 1)).isFalse();
        assertThat(budget.strike(10 * SECOND)).as("the first has expired").isFalse();
        assertThat(budget.strike(10 * SECOND)).isTrue();

        var patient = new EventBudget(EventRate.UNLIMITED, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(patient.strike(0)).isFalse();
        }
    }

    @Test
    void one_strike_may_be_enough() {
        var rate = new EventRate(1, 1, 1, Duration.ofNanos(1));

        assertThat(new EventBudget(rate, 0).strike(0)).isTrue();
    }
}
