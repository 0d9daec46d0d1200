// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 200);
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @Test
    void every_rule_holds_in_two_hundred_meetings() {
        long shown =
                LongStream.range(FIRST, FIRST + SEEDS)
                        .parallel()
                        .map(seed -> Simulation.run(seed).decodedCount())
                        .sum();

        assertThat(shown).as("pictures and sounds shown").isGreaterThan(100L * SEEDS);
    }

    @Test
    void a_seed_does_the_same_again_to_the_last_datagram() {
        var hashes = new HashSet<Long>();
        for (long seed = 1; seed <= 5; seed++) {
            var once = Simulation.run(seed);
            var again = Simulation.run(seed);

            assertThat(again).isEqualTo(once);
            hashes.add(once.hash());
        }
        assertThat(hashes).hasSize(5);
    }

    @Test
    void a_rule_that_is_broken_tells_the_seed_and_what_happened_last_and_first_comes_first() {
        var trace = new Trace();
        trace.add(1_500_000_000L, 1_001, 0, 99, "vp8");
        var breaks = new Breaks(77, trace);
        breaks.require(true, Rule.BOUNDS, () -> "nothing");
        breaks.check();

        breaks.report(Rule.CONTIGUOUS, "a hole", null);
        breaks.report(Rule.REPLAY, "what came of it", null);

        assertThatThrownBy(breaks::check)
                .isInstanceOf(RuleBroken.class)
                .hasMessageContainingAll("seed 77", "CONTIGUOUS", "a hole")
                .hasMessageContainingAll("1.500000 s", "1001 > server", "99  vp8");
    }

    @Test
    void offers_are_written_as_browsers_write_them() {
        assertThat(Offers.areAsCaptured()).isTrue();
    }
}
