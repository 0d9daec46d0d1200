// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import noom.testkit.VirtualClock;

/// A loop in virtual time: tasks run when the test says so, on the test's thread.
public final class VirtualLoop implements SessionLoop {
    private static final long START_MILLIS = 978_307_200_000L;

    private final VirtualClock clock = new VirtualClock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int executed;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    VirtualClock clock() {
        return clock;
    }

    /// Its time.
    public long nowNanos() {
        return clock.nowNanos();
    }

    /// Its time for people: it began with the third millennium.
    public long epochMillis() {
        return START_MILLIS + nowNanos() / 1_000_000;
    }

    /// Runs a task when `delay` has passed, outside the loop; the returned action takes it back.
    public Runnable schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, task);
    }

    /// Tasks run so far.
    public int executedCount() {
        return executed;
    }

    /// Runs everything that waits, and what comes of it.
    public void settle() {
        while (!tasks.isEmpty()) {
            executed++;
            tasks.remove().run();
        }
    }

    /// Moves time, then settles.
    public void advance(Duration by) {
        settle();
        clock.advance(by);
        settle();
    }
}
