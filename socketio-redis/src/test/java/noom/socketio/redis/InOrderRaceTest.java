// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.CompletableFuture;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// The tasks of an [InOrder] run one at a time, each sees what those before it wrote, and none is
/// forgotten.
class InOrderRaceTest {
    @Test
    void a_plain_count_loses_nothing() {
        Races.stress(PlainCount.class);
    }

    public static final class PlainCount {
        private final InOrder tasks = new InOrder(task -> Thread.ofVirtual().start(task));
        private int count;

        @Operation
        public void increment() {
            tasks.execute(() -> count++);
        }

        @Operation
        public int incrementAndGet() {
            var counted = new CompletableFuture<Integer>();
            tasks.execute(() -> counted.complete(++count));
            return counted.join();
        }
    }
}
