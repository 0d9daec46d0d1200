// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class GatheringRaceTest {
    @Test
    void the_last_change_is_seen_by_a_run_and_one_at_most_is_to_come() {
        Races.modelSideBySide(OneList.class);
    }

    /// The timer is an operation too.
    public static final class OneList {
        private final ConcurrentLinkedQueue<Runnable> later = new ConcurrentLinkedQueue<>();
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger shown = new AtomicInteger();
        private final Gathering gathering =
                new Gathering(later::add, () -> shown.accumulateAndGet(changes.get(), Math::max));

        public OneList() {
            change(); // and its run is to come
        }

        // Once each: a later one would hide that another was lost.

        @Operation(runOnce = true)
        public void changeFirst() {
            change();
        }

        @Operation(runOnce = true)
        public void changeSecond() {
            change();
        }

        private void change() {
            changes.incrementAndGet();
            gathering.onOccasion();
        }

        @Operation
        public void runOne() {
            var task = later.poll();
            if (task != null) {
                task.run();
            }
        }

        @Validate
        public void theLastChangeIsShown() {
            int toCome = later.size();
            runOne();
            if (toCome > 1 || shown.get() != changes.get()) {
                throw new IllegalStateException(shown + " of " + changes + ", come " + toCome);
            }
        }
    }
}
