// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.ArrayDeque;

/// A router's mailbox that a test empties when it likes, on its own thread.
final class Post implements RouterMailbox {
    private final ArrayDeque<Task> waiting = new ArrayDeque<>();

    /// Packets that were taken, and all else.
    int packets;

    int told;

    /// What it does not take.
    boolean isFull;

    boolean isNearlyFull;

    @Override
    public void tell(Task task) {
        told++;
        waiting.add(task);
    }

    @Override
    public boolean offer(Task task, boolean isDispensable) {
        if (isFull || (isNearlyFull && isDispensable)) {
            return false;
        }
        packets++;
        waiting.add(task);
        return true;
    }

    void deliver(long nowNanos) {
        while (!waiting.isEmpty()) {
            waiting.remove().run(nowNanos);
        }
    }
}
