// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    @Test
    void fires_in_order_of_time_and_then_of_asking() {
        var clock = new VirtualClock();
        var fired = new ArrayList<String>();
        clock.schedule(Duration.ofMillis(20), () -> fired.add("late"));
        clock.schedule(Duration.ofMillis(10), () -> fired.add("first"));
        clock.schedule(Duration.ofMillis(10), () -> fired.add("second"));

        clock.advance(Duration.ofMillis(15));

        assertThat(fired).containsExactly("first", "second");
        assertThat(clock.nowNanos()).isEqualTo(15_000_000);
    }

    @Test
    void a_timer_taken_back_never_fires() {
        var clock = new VirtualClock();
        var fired = new ArrayList<String>();
        var cancel = clock.schedule(Duration.ofMillis(10), () -> fired.add("no"));

        cancel.run();
        clock.advance(Duration.ofSeconds(1));

        assertThat(fired).isEmpty();
    }
}
