// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SMALL_CROWDS = 4;
    private static final Crowd.Size SMALL = new Crowd.Size(12, 3);

    @Test
    void a_hundred_people_see_those_nine_who_spoke_last_and_hear_everyone() {
        var outcome = Crowd.run(FIRST, Crowd.Size.HUNDRED, Duration.ofMillis(2_750));

        assertThat(outcome.floorCount()).as("times the floor moved").isGreaterThanOrEqualTo(2);
        assertThat(outcome.waits()).as("faces that came").hasSizeGreaterThan(100 * 9);
        assertThat(outcome.decodedCount()).isGreaterThan(70_000);
    }

    @Test
    void so_do_twelve_who_see_three_for_longer() {
        long floors =
                LongStream.range(FIRST, FIRST + SMALL_CROWDS)
                        .parallel()
                        .map(seed -> run(seed).floorCount())
                        .sum();

        assertThat(floors).as("times the floor moved").isGreaterThan(3 * SMALL_CROWDS);
    }

    @Test
    void a_seed_does_the_same_again_to_the_last_datagram() {
        assertThat(run(FIRST)).isEqualTo(run(FIRST));
    }

    private static Crowd.Outcome run(long seed) {
        return Crowd.run(seed, SMALL, Duration.ofSeconds(8));
    }
}
