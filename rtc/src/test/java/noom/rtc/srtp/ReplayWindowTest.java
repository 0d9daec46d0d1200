// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private static final long START = 70_000;

    private final ReplayWindow window = new ReplayWindow(START);

    @Test
    void remembers_1024_packets() {
        assertThat(SrtpContext.REPLAY_WINDOW_PACKETS).isEqualTo(1_024);
    }

    @Test
    void what_it_began_with_was_there() {
        assertThat(window.findFault(START)).isEqualTo(SrtpDrop.REPLAYED);
        assertThat(window.highestIndex()).isEqualTo(START);
    }

    @Test
    void the_oldest_place_is_1023_behind() {
        assertThat(window.findFault(START - 1_023)).isNull();
        assertThat(window.findFault(START - 1_024)).isEqualTo(SrtpDrop.TOO_OLD);

        window.mark(START - 1_023);

        assertThat(window.findFault(START - 1_023)).isEqualTo(SrtpDrop.REPLAYED);
        assertThat(window.highestIndex()).isEqualTo(START);
    }

    @Test
    void one_step_ahead_pushes_the_oldest_out() {
        window.mark(START + 1);

        assertThat(window.findFault(START - 1_023)).isEqualTo(SrtpDrop.TOO_OLD);
        assertThat(window.findFault(START - 1_022)).isNull();
        assertThat(window.findFault(START)).isEqualTo(SrtpDrop.REPLAYED);
    }

    @Test
    void a_leap_clears_what_it_passes_by() {
        for (long index = START + 1; index < START + 1_024; index++) {
            window.mark(index);
        }

        window.mark(START + 2_000);

        assertThat(window.findFault(START + 1_023)).isEqualTo(SrtpDrop.REPLAYED);
        for (long index = START + 1_024; index < START + 2_000; index++) {
            assertThat(window.findFault(index)).isNull();
        }
    }

    @Test
    void a_leap_of_the_whole_window_leaves_nothing_behind() {
        window.mark(START + 1_024);

        assertThat(window.findFault(START)).isEqualTo(SrtpDrop.TOO_OLD);
        for (long index = START + 1; index < START + 1_024; index++) {
            assertThat(window.findFault(index)).isNull();
        }
    }

    @Test
    void asking_changes_nothing() {
        window.findFault(START + 50_000);
        window.findFault(START - 7);

        assertThat(window.highestIndex()).isEqualTo(START);
        assertThat(window.findFault(START - 7)).isNull();
    }

    @Test
    void agrees_with_a_set_that_forgets_nothing() {
        Property.forAll(
                random -> {
                    long highest = random.between(0, 5_000);
                    var tested = new ReplayWindow(highest);
                    var seen = new HashSet<Long>();
                    seen.add(highest);
                    for (int step = 0; step < 200; step++) {
                        int reach = random.oneOf(List.of(3, 70, 1_100, 3_000));
                        long index = Math.max(0, highest + random.between(-reach, reach));

                        var fault = tested.findFault(index);

                        assertThat(fault).isEqualTo(expected(index, highest, seen));
                        if (fault == null) {
                            tested.mark(index);
                            seen.add(index);
                            highest = Math.max(highest, index);
                        }
                        assertThat(tested.highestIndex()).isEqualTo(highest);
                    }
                });
    }

    private static SrtpDrop expected(long index, long highest, Set<Long> seen) {
        if (index <= highest - 1_024) {
            return SrtpDrop.TOO_OLD;
        }
        return seen.contains(index) ? SrtpDrop.REPLAYED : null;
    }
}
