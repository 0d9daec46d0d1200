// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

/// Keeps a peer within its [IntakeLimit].
///
/// Each measure is one number, the time at which all is allowed again (the generic cell rate
/// algorithm): nothing has to be counted up while nothing comes.
///
/// Owner: that of the transport.
final class Intake {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final IntakeLimit limit;
    private long packetsFullNanos;
    private long bytesFullNanos;
    private boolean hasBegun;

    Intake(IntakeLimit limit) {
        this.limit = limit;
    }

    /// Whether a datagram of that length is within the limit; it is counted then.
    boolean take(int lengthBytes, long nowNanos) {
        if (!hasBegun) {
            hasBegun = true;
            packetsFullNanos = nowNanos;
            bytesFullNanos = nowNanos;
        }
        long packets = owed(packetsFullNanos, nowNanos) + SECOND_NANOS / limit.packetsPerSecond();
        long bytes =
                owed(bytesFullNanos, nowNanos)
                        + lengthBytes * SECOND_NANOS / limit.bytesPerSecond();
        if (packets > SECOND_NANOS || bytes > SECOND_NANOS) {
            return false;
        }
        packetsFullNanos = nowNanos + packets;
        bytesFullNanos = nowNanos + bytes;
        return true;
    }

    private static long owed(long fullNanos, long nowNanos) {
        return Math.max(0, fullNanos - nowNanos);
    }
}
