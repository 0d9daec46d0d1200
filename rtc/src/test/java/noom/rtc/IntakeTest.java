// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final IntakeLimit LIMIT = new IntakeLimit(100, 10_000);

    private static int taken(Intake intake, int count, int lengthBytes, long nowNanos) {
        int taken = 0;
        for (int i = 0; i < count; i++) {
            taken += intake.take(lengthBytes, nowNanos) ? 1 : 0;
        }
        return taken;
    }

    /// The clock of a process may begin anywhere.
    @ParameterizedTest
    @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - 7, Long.MIN_VALUE + 7})
    void as_much_as_of_a_second_comes_at_once_and_no_more(long startNanos) {
        var intake = new Intake(LIMIT, startNanos);

        assertThat(taken(intake, 100, 1, startNanos)).isEqualTo(100);
        assertThat(taken(intake, 1, 1, startNanos)).isZero();

        assertThat(taken(intake, 2, 1, startNanos + SECOND / 100)).isEqualTo(1);
        assertThat(taken(intake, 200, 1, startNanos + 20 * SECOND)).isEqualTo(100);
    }

    @Test
    void bytes_are_limited_like_packets() {
        var intake = new Intake(LIMIT, 0);

        assertThat(taken(intake, 11, 1_000, 0)).isEqualTo(10);
        assertThat(taken(intake, 2, 500, SECOND / 20)).isEqualTo(1);
    }

    @Test
    void what_is_refused_costs_nothing() {
        var intake = new Intake(LIMIT, 0);

        assertThat(taken(intake, 1, 10_001, 0)).isZero();
        assertThat(taken(intake, 1, 10_000, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 10000", "1000001, 10000", "100, 1499", "100, 1000000001"})
    void a_limit_has_limits(int packetsPerSecond, int bytesPerSecond) {
        assertThatThrownBy(() -> new IntakeLimit(packetsPerSecond, bytesPerSecond))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1500", "1000000, 1000000000"})
    void as_much_as_its_limits_is_a_limit(int packetsPerSecond, int bytesPerSecond) {
        var intake = new Intake(new IntakeLimit(packetsPerSecond, bytesPerSecond), 0);

        assertThat(taken(intake, 1, 1_500, 0)).isEqualTo(1);
    }
}
