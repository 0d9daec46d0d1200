// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import java.time.Duration;

/// Permits a burst, and then a steady rate. One owner; time is an argument.
public final class TokenBucket {
    private final double burst;
    private final double perNano;
    private double tokens;
    private long lastNanos;

    /// @param perSecond steady rate, more than 0
    /// @param burst permitted at once after a rest, at least 1
    public TokenBucket(double perSecond, int burst, long nowNanos) {
        this.burst = burst;
        this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /// Takes one, if there is one.
    public boolean tryTake(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
