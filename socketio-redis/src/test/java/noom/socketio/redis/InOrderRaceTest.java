// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// The tasks of an [InOrder] run one at a time, each sees what those before it wrote, and none is
/// forgotten, whichever threads run them.
class InOrderRaceTest {
    @Test
    void tasks_run_one_at_a_time_in_the_order_of_who_gives_them() {
        Races.modelSideBySide(PlainList.class);
    }

    /// Its threads are operations too, so that Lincheck decides when they run.
    public static final class PlainList {
        private final ConcurrentLinkedQueue<Runnable> threads = new ConcurrentLinkedQueue<>();
        private final InOrder tasks = new InOrder(threads::add);
        private final List<Integer> ran = new ArrayList<>(); // by the tasks only, as the next two
        private boolean isRunning;
        private boolean wasCrowded;
        private int given;
        private final AtomicInteger others = new AtomicInteger();

        @Operation(nonParallelGroup = "giver")
        public void give() {
            int number = given++;
            tasks.execute(() -> run(number));
        }

        @Operation
        public void giveAnother() {
            others.incrementAndGet();
            tasks.execute(() -> run(-1));
        }

        private void run(int number) {
            wasCrowded |= isRunning;
            isRunning = true;
            ran.add(number);
            isRunning = false;
        }

        @Operation
        public void runOne() {
            var task = threads.poll();
            if (task != null) {
                task.run();
            }
        }

        @Validate
        public void allRanInOrder() {
            while (!threads.isEmpty()) {
                wasCrowded |= threads.size() > 1; // two could run at a time
                runOne();
            }
            var numbers = ran.stream().filter(number -> number >= 0).toList();
            if (wasCrowded
                    || ran.size() != given + others.get()
                    || !numbers.equals(IntStream.range(0, given).boxed().toList())) {
                throw new IllegalStateException("ran " + ran + " of " + given + "+" + others);
            }
        }
    }
}
