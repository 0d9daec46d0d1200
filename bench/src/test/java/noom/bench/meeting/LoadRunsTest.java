// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The runs themselves in their smallest size, against the real server.
class LoadRunsTest {
    /// It ends before more would pay.
    private static final String BRIEF = "-XX:TieredStopAtLevel=1";

    @Test
    void the_load_has_a_line_for_each_step_and_figures_for_half_of_it() {
        List<String> progress = new ArrayList<>();

        String report = new LoadPeers(LoadPeers.Plan.micro(), progress::add).run(BRIEF);

        assertThat(report.lines()).containsExactlyElementsOf(progress);
        assertThat(progress).anyMatch(line -> line.startsWith("  1 meetings:"));
        assertThat(progress).anyMatch(line -> line.startsWith("reached: "));
        assertThat(progress).anyMatch(line -> line.matches("half: [12] meetings, .*"));
        assertThat(progress).anyMatch(line -> line.startsWith("  through the server     p50"));
        assertThat(progress).anyMatch(line -> line.startsWith("  straight to receivers  p50"));
        assertThat(progress).anyMatch(line -> line.startsWith("  2 consumers:"));
    }

    @Test
    void half_of_what_was_reached_is_in_whole_meetings_at_least_one_and_at_most_those_there() {
        var plan = LoadPeers.Plan.micro(); // a meeting is two packets a picture to each of two

        assertThat(plan.meetingsAtHalf(0)).isEqualTo(1);
        assertThat(plan.meetingsAtHalf(479)).isEqualTo(1);
        assertThat(plan.meetingsAtHalf(481)).isEqualTo(2);
        assertThat(plan.meetingsAtHalf(100_000)).isEqualTo(plan.mostMeetings());
    }

    @Test
    void the_flood_tells_how_much_garbage_came_and_what_the_call_lost() {
        var outcome = FloodRun.run(Duration.ofSeconds(1), 1_000, BRIEF);

        assertThat(outcome.garbage()).isPositive();
        assertThat(outcome.strange()).isPositive().isLessThanOrEqualTo(outcome.garbage());
        assertThat(outcome.report().lines())
                .anyMatch(line -> line.startsWith("quiet "))
                .anyMatch(line -> line.startsWith("flooded "))
                .anyMatch(line -> line.startsWith("call loss "));
    }
}
