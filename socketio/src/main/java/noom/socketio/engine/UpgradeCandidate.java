// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;

/// A WebSocket beside a polling session that has not taken over yet.
///
/// Owner: its session.
final class UpgradeCandidate {
    /// How often a poll that arrives during the probe is released, as the official server does.
    private static final long RELEASE_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

    private final FrameLink link;
    private final long deadlineNanos;
    private long releaseNanos = Long.MAX_VALUE;

    UpgradeCandidate(FrameLink link, long deadlineNanos) {
        this.link = link;
        this.deadlineNanos = deadlineNanos;
    }

    FrameLink link() {
        return link;
    }

    boolean isProbed() {
        return releaseNanos != Long.MAX_VALUE;
    }

    void answerProbe(long nowNanos) {
        link.write(EnginePacket.Signal.PONG_PROBE);
        releaseNanos = nowNanos + RELEASE_INTERVAL_NANOS;
    }

    long nextDeadlineNanos() {
        return Math.min(deadlineNanos, releaseNanos);
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos >= deadlineNanos;
    }

    /// Whether a waiting poll is due for release; counts the next interval from now.
    boolean takeRelease(long nowNanos) {
        if (nowNanos < releaseNanos) {
            return false;
        }
        releaseNanos = nowNanos + RELEASE_INTERVAL_NANOS;
        return true;
    }
}
