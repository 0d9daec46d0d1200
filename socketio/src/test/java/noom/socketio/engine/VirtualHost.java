// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Lends a session virtual time; handlers run as tasks of the same loop.
public final class VirtualHost implements SessionHost {
    private static int ids;

    private final VirtualLoop loop;
    private final Set<HandlerThread> handlerThreads =
            Collections.newSetFromMap(new WeakHashMap<>());
    private @Nullable EngineSession session;
    private Runnable cancel = () -> {};

    /// @param loop may be shared by several sessions
    public VirtualHost(VirtualLoop loop) {
        this.loop = loop;
    }

    /// The session whose deadlines count.
    public void watch(EngineSession watched) {
        session = watched;
        rearm();
    }

    @Override
    public SessionLoop loop() {
        return loop;
    }

    @Override
    public long nowNanos() {
        return loop.clock().nowNanos();
    }

    @Override
    public long epochMillis() {
        return loop.epochMillis();
    }

    @Override
    public String newId() {
        return "id" + ids++;
    }

    @Override
    public void rearm() {
        cancel.run();
        cancel = () -> {};
        var watched = session;
        if (watched == null || watched.nextDeadlineNanos() == Long.MAX_VALUE) {
            return;
        }
        long delay = Math.max(0, watched.nextDeadlineNanos() - nowNanos());
        cancel =
                loop.clock()
                        .schedule(
                                Duration.ofNanos(delay),
                                () -> {
                                    watched.advance(nowNanos());
                                    loop.settle();
                                    rearm();
                                });
    }

    @Override
    public Executor newHandlerThread() {
        var thread = new HandlerThread();
        handlerThreads.add(thread);
        return thread;
    }

    /// The handlers of all sockets there are now get stuck.
    public void holdHandlers() {
        handlerThreads.forEach(thread -> thread.held = true);
    }

    /// They go on.
    public void releaseHandlers() {
        for (var thread : handlerThreads) {
            thread.held = false;
            thread.waiting.forEach(loop::execute);
            thread.waiting.clear();
        }
    }

    private final class HandlerThread implements Executor {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private boolean held;

        @Override
        public void execute(Runnable task) {
            if (held) {
                waiting.add(task);
            } else {
                loop.execute(task);
            }
        }
    }

    @Override
    public Executor callbacks() {
        return loop::execute;
    }
}
