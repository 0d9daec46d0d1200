// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayDeque;

/// A token bucket for the events and joins of a connection, and its strikes.
///
/// Owner: the web loop of its connection.
final class EventBudget {
    private static final double NANOS_PER_SECOND = 1e9;

    private final EventRate rate;
    private final ArrayDeque<Long> strikesNanos = new ArrayDeque<>();
    private double tokens;
    private long filledNanos;

    EventBudget(EventRate rate, long nowNanos) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.filledNanos = nowNanos;
    }

    /// Whether one more event may come in now.
    boolean take(long nowNanos) {
        double fill = (nowNanos - filledNanos) / NANOS_PER_SECOND * rate.eventsPerSecond();
        filledNanos = nowNanos;
        if (fill > 0) {
            tokens = Math.min(rate.burst(), tokens + fill);
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /// Counts an event that was dropped; true when it is one too many.
    boolean strike(long nowNanos) {
        long oldestNanos = nowNanos - rate.strikeWindow().toNanos();
        while (!strikesNanos.isEmpty() && strikesNanos.peek() <= oldestNanos) {
            strikesNanos.remove();
        }
        if (rate.strikes() == Integer.MAX_VALUE) {
            return false;
        }
        strikesNanos.add(nowNanos);
        return strikesNanos.size() >= rate.strikes();
    }
}
