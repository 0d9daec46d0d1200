// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import java.time.Duration;
import java.util.PriorityQueue;

/// Time that moves only when a test says so, with timers that fire in order.
///
/// Owner: one test thread.
public final class VirtualClock {
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long nowNanos;
    private long order;

    private record Timer(long dueNanos, long order, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return dueNanos == other.dueNanos
                    ? Long.compare(order, other.order)
                    : Long.compare(dueNanos, other.dueNanos);
        }
    }

    /// Virtual nanoseconds since the test began.
    public long nowNanos() {
        return nowNanos;
    }

    /// Runs `task` when `delay` has passed; the returned action takes it back.
    public Runnable schedule(Duration delay, Runnable task) {
        var timer = new Timer(nowNanos + delay.toNanos(), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /// Moves time forward, firing what falls due on the way at its own time.
    public void advance(Duration by) {
        long end = nowNanos + by.toNanos();
        while (!timers.isEmpty() && timers.peek().dueNanos() <= end) {
            var timer = timers.remove();
            nowNanos = timer.dueNanos();
            timer.task().run();
        }
        nowNanos = end;
    }
}
