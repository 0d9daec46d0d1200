// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Makes one task of many occasions that come soon after each other.
///
/// Shared: whoever turns `isComing` on has the task run later, which turns it off before it does
/// anything. So each occasion is followed by a run that sees it, and at most one run is to come.
final class Gathering {
    private final Executor later;
    private final Runnable task;
    private final AtomicBoolean isComing = new AtomicBoolean();

    /// @param later runs a task after a while, on any thread
    Gathering(Executor later, Runnable task) {
        this.later = later;
        this.task = task;
    }

    /// Any thread.
    void onOccasion() {
        if (isComing.compareAndSet(false, true)) {
            later.execute(this::run);
        }
    }

    private void run() {
        isComing.set(false);
        task.run();
    }
}
