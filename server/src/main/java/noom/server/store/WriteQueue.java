// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits for the one thread that writes; bounded.
///
/// Shared: one lock around everything. So whoever was let in before the queue was closed is given
/// to the writer, and whoever comes later is refused: nobody is left without an answer.
final class WriteQueue<W> {
    private final int maxWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<W> waiting = new ArrayDeque<>();
    private boolean isClosed;

    /// What became of a write.
    enum Entry {
        WAITS,
        FULL,
        CLOSED
    }

    WriteQueue(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /// Any thread; never blocks for long.
    Entry add(W write) {
        lock.lock();
        try {
            if (isClosed || waiting.size() == maxWaiting) {
                return isClosed ? Entry.CLOSED : Entry.FULL;
            }
            waiting.add(write);
            changed.signal();
            return Entry.WAITS;
        } finally {
            lock.unlock();
        }
    }

    /// Whatever is waiting, in its order; waits until there is something. On the writer.
    ///
    /// @return at most `maxBatch`; empty when the queue is closed and nothing is left
    List<W> takeBatch(int maxBatch) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosed) {
                changed.awaitUninterruptibly();
            }
            var batch = new ArrayList<W>();
            while (!waiting.isEmpty() && batch.size() < maxBatch) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Refuses who comes from now on; what waits is still given to the writer.
    void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
