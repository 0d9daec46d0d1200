// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Context;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import noom.socketio.engine.SessionLoop;

/// A Vert.x event loop. One object per event-loop thread, so that sessions can be grouped by it.
final class VertxLoop implements SessionLoop {
    private final Context context;
    private final Thread thread;
    private final Outbox outbox = new Outbox(this);

    private VertxLoop(Context context, Thread thread) {
        this.context = context;
        this.thread = thread;
    }

    /// The loops seen so far; shared by them. An entry never changes once it is there.
    static final class Directory {
        private final ConcurrentHashMap<Thread, VertxLoop> loops = new ConcurrentHashMap<>();

        /// The loop that the caller runs on.
        ///
        /// @throws IllegalStateException if the caller runs on no event loop
        VertxLoop current(Context context) {
            if (!context.isEventLoopContext()) {
                throw new IllegalStateException("Socket.IO must be mounted on an event loop");
            }
            var thread = Thread.currentThread();
            var known = loops.get(thread);
            return known != null
                    ? known
                    : loops.computeIfAbsent(thread, _ -> new VertxLoop(context, thread));
        }
    }

    /// For callers on this loop only.
    Outbox outbox() {
        return outbox;
    }

    /// Drops the task if the loop has ended with its Vert.x: there is nobody to write to any more,
    /// and what the last handlers still say must not fail them.
    @Override
    public void execute(Runnable task) {
        try {
            context.runOnContext(_ -> task.run());
        } catch (RejectedExecutionException _) {
            // as said above
        }
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    /// Runs a task now if the caller is on this loop, else posts it.
    void runOrPost(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            execute(task);
        }
    }
}
