// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs the tasks of one socket in order on a virtual thread, which is there only while there is
/// something to run.
///
/// Memory order: a task is added before the count rises, so whoever raises it from zero finds the
/// task; the thread that lowers it to zero has run everything that was counted. What a task wrote
/// happens before the next one through the count.
final class HandlerThread implements Executor {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (count.getAndIncrement() == 0) {
            Thread.ofVirtual().name("socketio-handler").start(this::drain);
        }
    }

    private void drain() {
        do {
            var task = tasks.poll();
            try {
                if (task != null) {
                    task.run();
                }
            } catch (Throwable failure) {
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            }
        } while (count.decrementAndGet() > 0);
    }
}
