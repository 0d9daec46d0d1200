// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import noom.server.store.WriteQueue.Entry;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// The writer gets exactly what was let in, also while the queue is closed, and wakes up for it.
class WriteQueueRaceTest {
    @Test
    void who_was_let_in_is_given_to_the_writer_whenever_it_is_closed() {
        Races.model(ClosedMeanwhile.class);
    }

    @Test
    void a_writer_that_waits_is_woken() {
        Races.stress(WaitingWriter.class);
    }

    public static final class ClosedMeanwhile {
        // Room for all of a scenario: who adds between the two steps of the writer could otherwise
        // find no room, which happens in no order of whole operations.
        private final WriteQueue<Integer> queue = new WriteQueue<>(64);
        private final AtomicInteger letIn = new AtomicInteger();
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private final AtomicBoolean isLate = new AtomicBoolean();
        private final List<Integer> written = new ArrayList<>(); // by the writer

        @Operation
        public Entry add() {
            boolean wasClosed = isClosed.get();
            var entry = queue.add(1);
            if (entry == Entry.WAITS) {
                letIn.incrementAndGet();
                isLate.compareAndSet(false, wasClosed);
            }
            return entry;
        }

        @Operation(runOnce = true)
        public void close() {
            queue.close();
            isClosed.set(true);
        }

        /// Never waits: there is at least what it adds itself, or the queue is closed.
        @Operation(nonParallelGroup = "writer")
        public int addAndWrite() {
            add();
            var batch = queue.takeBatch(2);
            written.addAll(batch);
            return batch.size();
        }

        @Validate
        public void allWasWritten() {
            queue.close();
            for (var rest = queue.takeBatch(2); !rest.isEmpty(); rest = queue.takeBatch(2)) {
                written.addAll(rest);
            }
            if (isLate.get() || written.size() != letIn.get()) {
                throw new IllegalStateException(written.size() + " of " + letIn);
            }
        }
    }

    public static final class WaitingWriter {
        private final WriteQueue<Runnable> queue = new WriteQueue<>(3);
        private final AtomicInteger letIn = new AtomicInteger();
        private int written; // by the writer
        private final Thread writer = Thread.ofPlatform().daemon().start(this::writeUntilClosed);

        private void writeUntilClosed() {
            for (var batch = queue.takeBatch(2); !batch.isEmpty(); batch = queue.takeBatch(2)) {
                batch.forEach(Runnable::run);
            }
        }

        @Operation
        public void add() {
            if (queue.add(() -> written++) == Entry.WAITS) {
                letIn.incrementAndGet();
            }
        }

        @Validate
        public void allWasWritten() throws InterruptedException {
            queue.close();
            writer.join();
            if (written != letIn.get()) {
                throw new IllegalStateException(written + " of " + letIn);
            }
        }
    }
}
