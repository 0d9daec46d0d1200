// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import noom.bench.forward.ForwardRun.Cost;
import noom.bench.forward.Forwarder.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardRunTest {
    @ParameterizedTest
    @EnumSource
    void every_packet_of_a_burst_leaves_for_every_receiver(Kind kind) throws Exception {
        try (var run = new ForwardRun(kind, 3)) {
            var cost = run.measure(3L * FanOut.RECEIVERS);

            assertThat(cost.nanos()).isPositive();
            assertThat(cost.bytes()).isPositive();
        }
    }

    @Test
    void a_run_tells_of_each_kind_what_its_process_told() {
        var costs = ForwardBench.run(4, 200, 2, 100);

        assertThat(costs).containsOnlyKeys(Kind.values());
        assertThat(costs.values())
                .allSatisfy(cost -> assertThat(cost.nanos()).isPositive())
                .allSatisfy(cost -> assertThat(cost.bytes()).isPositive());
    }

    @Test
    void the_report_has_a_line_for_each_kind_and_burst_with_the_median_of_its_runs() {
        var runs = new ArrayList<Integer>();

        var report =
                ForwardBench.measure(
                        3,
                        burst -> {
                            runs.add(burst);
                            double nanos = 1_000 * runs.size();
                            return Map.of(
                                    Kind.NAIVE, new Cost(nanos, 100),
                                    Kind.SKELETON, new Cost(2 * nanos, 100),
                                    Kind.ROUTER, new Cost(3 * nanos, 100));
                        },
                        LocalDate.of(2026, 11, 21));

        assertThat(runs).containsExactly(1, 1, 1, 4, 4, 4, 10, 10, 10);
        assertThat(report)
                .contains("naive       2000 ns", "median of 3 interleaved runs")
                .contains("3.00 of naive  1.50 of skeleton");
        assertThat(report.lines().filter(line -> line.startsWith("bursts of"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.startsWith("  naive   "))).hasSize(3);
        assertThat(report.lines().filter(line -> line.startsWith("  skeleton"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.startsWith("  router  "))).hasSize(3);
    }
}
