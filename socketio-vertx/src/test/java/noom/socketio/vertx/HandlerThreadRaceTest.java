// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.util.concurrent.CompletableFuture;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// The tasks of a [HandlerThread] run one at a time, each sees what those before it wrote, and none
/// is forgotten: else a plain count would lose some, or a waiter would wait for ever.
class HandlerThreadRaceTest {
    @Test
    void a_plain_count_loses_nothing() {
        Races.stress(PlainCount.class);
    }

    public static final class PlainCount {
        private final HandlerThread thread = new HandlerThread();
        private int count;

        @Operation
        public void increment() {
            thread.execute(() -> count++);
        }

        @Operation
        public int incrementAndGet() {
            var counted = new CompletableFuture<Integer>();
            thread.execute(() -> counted.complete(++count));
            return counted.join();
        }
    }
}
