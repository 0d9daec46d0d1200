// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// When to ping and when to give up. Only a pong counts as life, and an upgrade changes nothing.
///
/// Owner: its session.
final class Heartbeat {
    private final long intervalNanos;
    private final long timeoutNanos;
    private State state = State.RESTING;
    private long deadlineNanos;
    private boolean onHold;

    private enum State {
        RESTING,
        AWAITING_PONG
    }

    /// What is due.
    enum Beat {
        NOTHING,
        PING,
        TIMEOUT
    }

    Heartbeat(Timings timings, long nowNanos) {
        intervalNanos = timings.pingInterval().toNanos();
        timeoutNanos = timings.pingTimeout().toNanos();
        deadlineNanos = nowNanos + intervalNanos;
    }

    long deadlineNanos() {
        return onHold && state == State.AWAITING_PONG ? Long.MAX_VALUE : deadlineNanos;
    }

    Beat advance(long nowNanos) {
        if (nowNanos < deadlineNanos()) {
            return Beat.NOTHING;
        }
        if (state == State.AWAITING_PONG) {
            return Beat.TIMEOUT;
        }
        state = State.AWAITING_PONG;
        // A timer is a little late as a rule: that is not the client's time. More than a tenth
        // means that the server itself stood still, and the client shall not suffer for it.
        deadlineNanos = Math.max(deadlineNanos, nowNanos - timeoutNanos / 10) + timeoutNanos;
        return Beat.PING;
    }

    void onPong(long nowNanos) {
        state = State.RESTING;
        deadlineNanos = nowNanos + intervalNanos;
    }

    /// The server does not read now, so a pong cannot arrive.
    void hold() {
        onHold = true;
    }

    /// The server reads again: a pong gets its full time.
    void release(long nowNanos) {
        onHold = false;
        if (state == State.AWAITING_PONG) {
            deadlineNanos = nowNanos + timeoutNanos;
        }
    }
}
