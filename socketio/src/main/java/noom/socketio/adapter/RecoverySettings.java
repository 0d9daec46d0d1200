// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;

/// How clients that lost their connection are recovered. Numbers are at least 1.
///
/// @param isOn whether at all; the official server's default is not
/// @param window from the loss of the connection to the end of the session
/// @param skipMiddleware whether a recovered socket comes in without asking the middleware again
/// @param maxPackets newest events that are kept of a socket; a client that missed more is not
///     recovered
/// @param maxBytes their size together, about
/// @param maxServerBytes of all events kept for sockets without a connection, about; over: the
///     sessions that wait longest end
public record RecoverySettings(
        boolean isOn,
        Duration window,
        boolean skipMiddleware,
        int maxPackets,
        int maxBytes,
        long maxServerBytes) {
    /// No recovery.
    public static final RecoverySettings OFF =
            new RecoverySettings(false, Duration.ofMinutes(2), true, 256, 256 << 10, 64 << 20);

    /// Two minutes, 256 events or 256 KiB of a socket, 64 MiB in all.
    public static final RecoverySettings ON =
            new RecoverySettings(true, Duration.ofMinutes(2), true, 256, 256 << 10, 64 << 20);

    /// @throws IllegalArgumentException if a limit is not positive
    public RecoverySettings {
        if (!window.isPositive() || maxPackets < 1 || maxBytes < 1 || maxServerBytes < 1) {
            throw new IllegalArgumentException("recovery limits must be positive");
        }
    }

    /// The same with another time.
    public RecoverySettings withWindow(Duration value) {
        return new RecoverySettings(
                isOn, value, skipMiddleware, maxPackets, maxBytes, maxServerBytes);
    }

    /// The same, with or without middleware for recovered sockets.
    public RecoverySettings withSkipMiddleware(boolean value) {
        return new RecoverySettings(isOn, window, value, maxPackets, maxBytes, maxServerBytes);
    }

    /// The same with other limits.
    public RecoverySettings withLimits(int packets, int bytes, long serverBytes) {
        return new RecoverySettings(isOn, window, skipMiddleware, packets, bytes, serverBytes);
    }
}
