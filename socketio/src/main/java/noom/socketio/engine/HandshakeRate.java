// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// How often sessions may be opened.
///
/// @param perSecond in the long run, positive; infinite is no limit
/// @param burst at once after a rest, at least 1
public record HandshakeRate(double perSecond, int burst) {
    /// No limit.
    public static final HandshakeRate UNLIMITED =
            new HandshakeRate(Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LONGEST_NANOS = Long.MAX_VALUE / 8.0;

    /// @throws IllegalArgumentException if a number is out of its range
    public HandshakeRate {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("handshake rate and burst must be positive");
        }
    }

    // The generic cell rate algorithm (ITU-T I.371 annex A), virtual scheduling: one long per
    // bucket, the time at which it would be full again.

    /// How long a bucket must wait for one more, 0 if it may now.
    long waitNanos(long fullNanos, long nowNanos) {
        if (Double.isInfinite(perSecond)) {
            return 0;
        }
        double tolerance = Math.min((burst - 1) * intervalNanos(), LONGEST_NANOS);
        return Math.max(0, Math.max(fullNanos, nowNanos) - nowNanos - (long) tolerance);
    }

    /// When the bucket is full again after one more.
    long take(long fullNanos, long nowNanos) {
        return Math.max(fullNanos, nowNanos) + (long) intervalNanos();
    }

    private double intervalNanos() {
        return Math.min(NANOS_PER_SECOND / perSecond, LONGEST_NANOS);
    }
}
