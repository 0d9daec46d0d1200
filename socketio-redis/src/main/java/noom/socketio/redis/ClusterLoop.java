// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import noom.socketio.engine.SessionLoop;
import org.jspecify.annotations.Nullable;

/// The one thread that owns the adapters of a cluster. What it is given once it is closed is
/// dropped.
final class ClusterLoop implements SessionLoop, AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final Turns turns = new Turns();
    private volatile @Nullable Thread thread;
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(
                    1, this::thread, new ThreadPoolExecutor.DiscardPolicy()); // of what is too late

    private Thread thread(Runnable work) {
        var made = Thread.ofPlatform().daemon().name("noom-cluster").unstarted(work);
        thread = made;
        return made;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    /// Runs a task at a time of `System.nanoTime()`.
    Future<?> at(long nanos, Runnable task) {
        long waitNanos = Math.max(0, nanos - System.nanoTime());
        return executor.schedule(() -> run(task), waitNanos, TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            System.getLogger("noom.socketio.redis")
                    .log(System.Logger.Level.ERROR, "a task of the cluster failed", e);
        } finally {
            turns.end();
        }
    }

    /// Each task is one.
    Turns turns() {
        return turns;
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    /// Runs what was posted, but nothing that was to run later.
    @Override
    public void close() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.shutdown();
        try {
            var _ = executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
