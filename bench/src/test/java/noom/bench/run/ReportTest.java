// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Machine MACHINE = new Machine(2, "Some CPU", 8, "Linux 6.1", "0.10");

    @Test
    void tells_every_run_the_medians_and_the_ratios() {
        var text = Report.of(Plan.full(), MACHINE, LocalDate.of(2026, 12, 1), results());

        assertThat(text.lines())
                .contains(
                        "# ./noom bench socketio, 2026-12-01",
                        "machine  2 cores, Some CPU, 8 GiB, Linux 6.1; load before 0.10",
                        "Java     one; 2 event loops",
                        "Node     two",
                        "events   Java 2,500,000, Node 1,000,000: each was heard once, no connection lost",
                        "rate: 200 broadcasts, 20 a second",
                        "Java    1                    6.00    2.00    4.00               20,000",
                        "Java    median               6.00    2.00    4.00               20,000",
                        "Node    3                    9.00    5.00    4.00               20,000",
                        "Node    median              10.00    6.00    4.00               20,000",
                        "Java / Node: CPU 0.60, messages per second 1.00",
                        "burst: 300 broadcasts, as fast as the server takes them",
                        "Java / Node: CPU 0.50, messages per second 2.00",
                        "Java    1                 20.0         10.0         1.0      176.8",
                        "Node    median            40.0         20.0         1.0      352.6",
                        "Java / Node: 0.50");
    }

    @Test
    void says_that_a_small_size_is_one_and_leaves_out_what_was_not_measured() {
        var plan = Plan.parse(List.of("--micro", "--sockets", "0"));

        var text = Report.of(plan, MACHINE, LocalDate.of(2026, 12, 1), results());

        assertThat(text).startsWith("# ./noom bench socketio, 2026-12-01 (not the full size)\n");
        assertThat(text).doesNotContain("KiB per socket").contains("memory: 0 by turns");
    }

    @Test
    void the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
        assertThat(Sample.median(List.of(rate(9, 1), rate(1, 1), rate(2, 1)), this::user))
                .isEqualTo(2);
        assertThat(Sample.median(List.of(rate(4, 1), rate(1, 1)), this::user)).isEqualTo(2.5);
    }

    @Test
    void the_machine_is_described_without_its_name() {
        assertThat(Machine.here().toString())
                .matches("\\d+ cores, .+, \\d+ GiB, Linux [\\d.]+; load before [\\d.]+");
    }

    private double user(Sample.Load sample) {
        return sample.cpu().userSeconds();
    }

    private static Results results() {
        var node = List.of(rate(1.2, 0.8), rate(1.4, 0.8), rate(1.0, 0.8));
        return new Results(
                new Sides<>("one", "two"),
                new Sides<>(2_500_000L, 1_000_000L),
                new Sides<>(List.of(rate(0.4, 0.8)), node),
                new Sides<>(List.of(burst(1, 1)), List.of(burst(2, 2))),
                new Sides<>(List.of(idle(20)), List.of(idle(40))));
    }

    private static Sample.Load rate(double userSeconds, double systemSeconds) {
        return new Sample.Load(200_000, 10, new ProcessCost.Cpu(userSeconds, systemSeconds));
    }

    private static Sample.Load burst(double userSeconds, double seconds) {
        return new Sample.Load(300_000, seconds, new ProcessCost.Cpu(userSeconds, 0));
    }

    private static Sample.Idle idle(long kibPerSocket) {
        int sockets = 9_000;
        return new Sample.Idle(
                sockets,
                new Sample.Memory(1_024, 0),
                new Sample.Memory(1_024 + sockets * kibPerSocket, sockets * kibPerSocket * 512));
    }
}
