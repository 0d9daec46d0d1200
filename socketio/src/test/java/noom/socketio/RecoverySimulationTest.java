// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Every missed event arrives once and in order, else the client is told that it is not recovered.
/// The number of seeds is `-Dnoom.seeds`.
class RecoverySimulationTest {
    private static final int STEPS = 300;

    @Test
    void whoever_comes_back_gets_what_it_missed_or_is_told_that_it_does_not() {
        int seeds = Integer.getInteger("noom.seeds", 20);
        int recoveries = 0;
        int losses = 0;
        for (int seed = 0; seed < seeds; seed++) {
            var run = new RecoveryRun(seed);
            try {
                run.run(STEPS);
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed, failure);
            }
            recoveries += run.recoveries;
            losses += run.losses;
        }
        assertThat(recoveries).isGreaterThan(seeds);
        assertThat(losses).isGreaterThan(seeds);
        System.out.println(
                "recovery: " + seeds + " seeds, " + recoveries + " recovered, " + losses + " not");
    }

    @Test
    void the_same_seed_is_the_same_run() {
        var first = new RecoveryRun(7);
        var second = new RecoveryRun(7);
        first.run(STEPS);
        second.run(STEPS);

        assertThat(first.trace()).isNotEmpty().isEqualTo(second.trace());
    }
}
