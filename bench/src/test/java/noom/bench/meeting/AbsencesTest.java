// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AbsencesTest {
    private static final Duration LENGTH = Duration.ofMillis(200);

    @Test
    void threads_that_share_processors_are_kept_waiting() {
        int crowd = 4 * Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newCachedThreadPool()) {
            var absences = Absences.measure(threads, crowd, LENGTH);

            assertThat(absences.share()).isBetween(0.1, 1.0);
            assertThat(absences.longestNanos()).isGreaterThan(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    void a_line_has_the_share_and_the_longest() {
        assertThat(new Absences(0.0123, 4_560_000).line()).contains(" 1.23 %", " 4.56 ms");
    }
}
