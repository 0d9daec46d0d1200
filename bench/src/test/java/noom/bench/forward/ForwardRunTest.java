// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
    void the_report_has_a_line_for_each_kind_and_burst() {
        var report = ForwardBench.measure(1, 100, LocalDate.of(2026, 11, 21));

        assertThat(report.lines().filter(line -> line.startsWith("bursts of"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("naive   "))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("skeleton"))).hasSize(3);
        assertThat(report.lines().filter(line -> line.contains("router  "))).hasSize(3);
    }
}
