// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardRunTest {
    @ParameterizedTest
    @EnumSource
    void every_packet_of_a_burst_leaves_for_every_receiver(Forwarder.Kind kind) throws Exception {
        var cost = ForwardRun.measure(kind, 3, 0, 3L * FanOut.RECEIVERS);

        assertThat(cost.nanos()).isPositive();
        assertThat(cost.bytes()).isPositive();
    }

    @Test
    void a_process_of_its_own_tells_what_it_cost() {
        var cost = ForwardBench.run(Forwarder.Kind.ROUTER, 4, 100);

        assertThat(cost.nanos()).isPositive();
        assertThat(cost.bytes()).isPositive();
    }

    @Test
    void the_report_has_a_line_for_each_kind_and_burst_with_the_median_of_its_runs() {
        var runs = new ArrayList<String>();

        var report =
                ForwardBench.measure(
                        3,
                        (kind, burst) -> {
                            runs.add(kind + " " + burst);
                            return new ForwardRun.Cost(1_000 * runs.size(), 100);
                        },
                        LocalDate.of(2026, 11, 21));

        assertThat(runs).hasSize(27).startsWith("NAIVE 1", "SKELETON 1", "ROUTER 1", "NAIVE 1");
        assertThat(report).contains("naive       4000 ns", "median of 3 interleaved runs");
        assertThat(report.lines().filter(line -> line.startsWith("bursts of"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("naive   "))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("skeleton"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("router  "))).hasSize(3);
    }
}
