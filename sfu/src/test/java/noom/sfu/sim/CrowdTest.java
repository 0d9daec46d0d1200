// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final Duration ACTIVE = Duration.ofMillis(4_000);

    @Test
    void a_hundred_people_see_those_who_spoke_last_and_hear_everyone() {
        var outcome = Crowd.run(Long.getLong("simulation.first", 1), ACTIVE);

        assertThat(outcome.floorCount()).as("times the floor moved").isGreaterThanOrEqualTo(2);
        assertThat(outcome.waits())
                .as("faces that came")
                .hasSizeGreaterThan(Crowd.PEOPLE * Crowd.MOST_FACES);
        assertThat(outcome.decodedCount()).isGreaterThan(100_000);
    }
}
