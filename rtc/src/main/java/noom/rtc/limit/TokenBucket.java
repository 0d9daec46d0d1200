// SPDX-License-Identifier: Apache-2.0
package noom.rtc.limit;

/// Lets through so much per second, and as much at once after a second of rest.
///
/// Kept as one number, the time at which the bucket is full again (the generic cell rate
/// algorithm), so an idle bucket costs nothing and rounding never adds up.
public final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long intervalNanos;
    private final long capacityNanos;
    private long fullAtNanos;

    /// A full bucket.
    ///
    /// @param perSecondCount tokens per second, 1 to 1,000,000,000; also the most at once. A token
    ///     takes whole nanoseconds, rounded down, so that of millions there may be some more
    public TokenBucket(int perSecondCount, long nowNanos) {
        intervalNanos = NANOS_PER_SECOND / perSecondCount;
        capacityNanos = intervalNanos * perSecondCount;
        fullAtNanos = nowNanos;
    }

    /// Whether there are so many.
    public boolean hasTokens(int count, long nowNanos) {
        return debtNanos(nowNanos) + count * intervalNanos <= capacityNanos;
    }

    /// Takes so many; the caller has asked [#hasTokens] at the same time.
    public void take(int count, long nowNanos) {
        assert hasTokens(count, nowNanos) : "empty";
        fullAtNanos = nowNanos + debtNanos(nowNanos) + count * intervalNanos;
    }

    private long debtNanos(long nowNanos) {
        return Math.max(0, fullAtNanos - nowNanos);
    }
}
