// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// One thread that owns lines: it reads what comes and sends what is due.
///
/// Other threads enter by [#execute] and [#ask].
final class MediaLoop implements AutoCloseable {
    private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();
    private static final long IDLE_MILLIS = 100;

    /// Where the selector's milliseconds are too coarse, what comes is looked for so often.
    private static final long LOOK_NANOS = Duration.ofNanos(300_000).toNanos();

    /// What is due so soon is not worth sleeping for.
    private static final long SOON_NANOS = Duration.ofNanos(20_000).toNanos();

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private final Selector selector;
    private final Thread thread;
    private final SocketReader reader = new SocketReader();
    private Window window = Window.none();
    private boolean isClosed;

    /// Reads a channel that has something.
    interface Reader {
        /// Takes what has come, or some of it; called on the loop.
        void onReadable();
    }

    private record Due(long nanos, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    private MediaLoop(String name) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static MediaLoop start(String name) {
        try {
            var loop = new MediaLoop(name);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a task on the loop, in the order in which they were given.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Has the loop answer.
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        execute(
                () -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    /// Runs a task on the loop at a time, or a little later. On the loop only.
    void at(long nanos, Runnable task) {
        dues.add(new Due(nanos, task));
    }

    /// Has a channel read when something has come. On the loop only.
    void register(DatagramChannel channel, Reader reader) {
        try {
            channel.register(selector, SelectionKey.OP_READ, reader);
        } catch (ClosedChannelException _) {
            // nothing will come
        }
    }

    /// By which sockets of this loop are read. On the loop only.
    SocketReader reader() {
        return reader;
    }

    /// What is counted now. On the loop only.
    Window window() {
        return window;
    }

    /// Counts another while from now on.
    void count(Window next) {
        execute(
                () -> {
                    reader.align();
                    window = next;
                });
    }

    private void run() {
        try (selector) {
            while (!isClosed) {
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        long nowNanos = System.nanoTime();
        for (var due = dues.peek(); due != null && due.nanos - nowNanos <= 0; due = dues.peek()) {
            dues.remove();
            due.task.run();
        }
        var next = dues.peek();
        long leftNanos = next == null ? IDLE_MILLIS * MILLI_NANOS : next.nanos - System.nanoTime();
        if (leftNanos < 2 * MILLI_NANOS) {
            selector.selectNow(MediaLoop::onReady);
            if (leftNanos > SOON_NANOS) {
                LockSupport.parkNanos(Math.min(leftNanos, LOOK_NANOS));
            }
        } else {
            long millis = Math.clamp(leftNanos / MILLI_NANOS - 1, 1, IDLE_MILLIS);
            selector.select(MediaLoop::onReady, millis);
        }
    }

    private static void onReady(SelectionKey key) {
        ((Reader) key.attachment()).onReadable();
    }

    /// Ends the thread; lines are their owners' to close before.
    @Override
    public void close() {
        execute(() -> isClosed = true);
    }
}
