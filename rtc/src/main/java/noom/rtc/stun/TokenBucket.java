// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

/// Lets through a number of events per second, and as many at once after a second of rest.
///
/// Kept as one number, the time at which the bucket is full again (the generic cell rate
/// algorithm), so an idle bucket costs nothing and rounding never adds up.
final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long intervalNanos;
    private final long capacityNanos;
    private long fullAtNanos;

    /// A full bucket.
    ///
    /// @param perSecondCount events per second, 1 to 1,000,000; also the most at once
    TokenBucket(int perSecondCount, long nowNanos) {
        intervalNanos = NANOS_PER_SECOND / perSecondCount;
        capacityNanos = intervalNanos * perSecondCount;
        fullAtNanos = nowNanos;
    }

    boolean hasToken(long nowNanos) {
        return debtNanos(nowNanos) + intervalNanos <= capacityNanos;
    }

    /// Takes a token; the caller has asked [#hasToken] at the same time.
    void take(long nowNanos) {
        assert hasToken(nowNanos) : "empty";
        fullAtNanos = nowNanos + debtNanos(nowNanos) + intervalNanos;
    }

    private long debtNanos(long nowNanos) {
        return Math.max(0, fullAtNanos - nowNanos);
    }
}
