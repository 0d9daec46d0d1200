// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.CompletableFuture;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// What a [ClusterLoop] is given runs in one thread; whoever waits for the end of a turn sees all
/// that it did; closing loses nothing that was given before.
class ClusterLoopRaceTest {
    @Test
    void a_plain_count_loses_nothing() {
        Races.stress(PlainCount.class);
    }

    public static final class PlainCount {
        private final ClusterLoop loop = new ClusterLoop();
        private int count; // written by the loop only
        private int given; // by the giver

        @Operation(nonParallelGroup = "giver")
        public void increment() {
            given++;
            loop.execute(() -> count++);
        }

        @Operation(nonParallelGroup = "giver")
        public void incrementSoon() throws Exception {
            given++;
            loop.at(System.nanoTime(), () -> count++).get();
        }

        /// What a turn does last is seen by whoever has waited for its end.
        @Operation
        public boolean awaitEnd() {
            var started = new CompletableFuture<Long>();
            var last = new boolean[1];
            loop.execute(
                    () -> {
                        started.complete(loop.turns().current());
                        last[0] = loop.isCurrent();
                    });
            loop.turns().awaitEnd(started.join());
            return last[0];
        }

        @Validate
        public void nothingIsLost() {
            loop.close();
            loop.execute(() -> count++); // too late: dropped
            if (count != given) {
                throw new IllegalStateException(count + " of " + given);
            }
        }
    }
}
