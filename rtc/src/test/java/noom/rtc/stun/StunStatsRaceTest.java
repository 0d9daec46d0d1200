// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// Each counter of [StunStats] is read as some value between two increments, and never goes back.
class StunStatsRaceTest {
    @Test
    void whoever_reads_a_counter_sees_what_was_counted_by_then() {
        Races.modelSideBySide(OneWriter.class);
    }

    public static final class OneWriter {
        private final StunStats stats = new StunStats();

        @Operation(nonParallelGroup = "owner")
        public void answer() {
            stats.onAnswered();
        }

        @Operation(nonParallelGroup = "owner")
        public void drop() {
            stats.onDropped(StunDrop.TOO_SHORT);
        }

        @Operation
        public long answeredCount() {
            return stats.answeredCount();
        }

        @Operation
        public long droppedCount() {
            return stats.droppedCount(StunDrop.TOO_SHORT);
        }
    }
}
