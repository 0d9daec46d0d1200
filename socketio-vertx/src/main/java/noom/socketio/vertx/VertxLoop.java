// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import noom.socketio.engine.SessionLoop;

/// An event loop of Vert.x. One object per loop, so that sessions can be grouped by it.
final class VertxLoop implements SessionLoop {
    private final EventLoop eventLoop;
    private final Outbox outbox = new Outbox(this);

    VertxLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /// The loops seen so far; shared by them. An entry never changes once it is there.
    static final class Directory {
        private final ConcurrentHashMap<EventLoop, VertxLoop> loops = new ConcurrentHashMap<>();

        /// The loop that the caller runs on.
        ///
        /// @throws IllegalStateException if the caller runs on no event loop
        VertxLoop current(Context context) {
            if (!context.isEventLoopContext()) {
                throw new IllegalStateException("Socket.IO must be mounted on an event loop");
            }
            var eventLoop = ((ContextInternal) context).nettyEventLoop();
            var known = loops.get(eventLoop);
            return known != null ? known : loops.computeIfAbsent(eventLoop, VertxLoop::new);
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
            eventLoop.execute(task);
        } catch (RejectedExecutionException _) {
            // as said above
        }
    }

    /// Runs a task on this loop after a time, unless the future is cancelled before; on a loop that
    /// has ended, never.
    Future<?> schedule(long delayNanos, Runnable task) {
        try {
            return eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return eventLoop.newFailedFuture(e);
        }
    }

    @Override
    public boolean isCurrent() {
        return eventLoop.inEventLoop();
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
