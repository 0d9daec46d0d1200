// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import noom.socketio.engine.EngineConfig;

/// What one client may hold. Integer limits are at least 1; `Integer.MAX_VALUE` is no limit.
///
/// @param maxRooms rooms of a socket beside its own; over: [EventRefusedException]
///     `too-many-rooms`, which an ack carries to the client
/// @param maxNamespaces namespaces of a connection; over: CONNECT_ERROR `Too many namespaces`
/// @param maxPendingAcks answers a socket owes; over: the oldest fails
/// @param attachmentTimeout from a binary packet's header to its last attachment; over: closed
/// @param maxQueuedEvents events that wait for a socket's handlers before reading from the client
///     pauses; a mark is set every 64 events, so the pause comes at the next mark
/// @param eventRate events per second
public record SocketLimits(
        int maxRooms,
        int maxNamespaces,
        int maxPendingAcks,
        Duration attachmentTimeout,
        int maxQueuedEvents,
        EventRate eventRate) {
    /// No limits but 1,024 queued events, which slow a client down and refuse nothing.
    public static final SocketLimits DEFAULT =
            new SocketLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    EngineConfig.UNLIMITED_TIME,
                    1_024,
                    EventRate.UNLIMITED);

    /// @throws IllegalArgumentException if a limit is not positive
    public SocketLimits {
        if (maxRooms < 1 || maxNamespaces < 1 || maxPendingAcks < 1 || maxQueuedEvents < 1) {
            throw new IllegalArgumentException("socket limits must be positive");
        }
        if (!attachmentTimeout.isPositive()) {
            throw new IllegalArgumentException("attachmentTimeout must be positive");
        }
    }
}
