// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;

/// How something reaches the selected sockets.
///
/// @param isVolatile dropped for a client that does not take it at once
/// @param isLocal for the sockets of this server only
/// @param compress told to other servers; transports of this library go by size alone
/// @param timeout how long answers are awaited; zero means the adapter's own time
public record BroadcastFlags(
        boolean isVolatile, boolean isLocal, boolean compress, Duration timeout) {
    /// Kept for whoever is busy, on every server.
    public static final BroadcastFlags NONE = new BroadcastFlags(false, false, true, Duration.ZERO);

    /// @throws IllegalArgumentException if the timeout is negative
    public BroadcastFlags {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("negative timeout");
        }
    }

    /// The same, dropped for who is busy.
    public BroadcastFlags asVolatile() {
        return new BroadcastFlags(true, isLocal, compress, timeout);
    }

    /// The same, on this server only.
    public BroadcastFlags asLocal() {
        return new BroadcastFlags(isVolatile, true, compress, timeout);
    }

    /// The same, compressed or not.
    public BroadcastFlags withCompress(boolean value) {
        return new BroadcastFlags(isVolatile, isLocal, value, timeout);
    }

    /// The same, with another time to answer.
    public BroadcastFlags withTimeout(Duration value) {
        return new BroadcastFlags(isVolatile, isLocal, compress, value);
    }

    /// The time to answer, or this one if none was set.
    public Duration timeoutOr(Duration other) {
        return timeout.isZero() ? other : timeout;
    }
}
