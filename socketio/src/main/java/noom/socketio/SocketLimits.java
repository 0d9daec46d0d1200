// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.function.Consumer;
import noom.socketio.engine.EngineConfig;

/// What one client may hold. Integer limits are at least 1; `Integer.MAX_VALUE` is no limit.
///
/// ```java
/// SocketLimits.DEFAULT.withMaxRooms(20).withMaxNamespaces(4)
/// ```
///
/// @param maxRooms rooms of a socket beside its own; over: [EventRefusedException]
///     `too-many-rooms`, which an ack carries to the client
/// @param maxNamespaces namespaces of a connection; over: CONNECT_ERROR `Too many namespaces`
/// @param maxPendingAcks answers a socket owes; over: the oldest fails
/// @param ackTimeout the longest wait for an answer, whatever [Socket#emitWithAck] asks for; over:
///     it fails
/// @param attachmentTimeout from a binary packet's header to its last attachment; over: closed
/// @param maxQueuedEvents events of a connection that wait for handlers before reading from the
///     client pauses; a mark is set every 64 events of a namespace, so the pause comes at the next
///     mark
/// @param maxQueuedBytes what those events came in, a character of text counting as one byte, at
///     least 1; over: the same pause, also at the next mark, which is set every 64 KiB too
/// @param volatileBytes unsent bytes of a connection over which volatile events are dropped; they
///     are also dropped whenever the transport does not take them at once
/// @param volatilePackets unsent packets, likewise
/// @param eventRate events and joins per second of a connection
public record SocketLimits(
        int maxRooms,
        int maxNamespaces,
        int maxPendingAcks,
        Duration ackTimeout,
        Duration attachmentTimeout,
        int maxQueuedEvents,
        long maxQueuedBytes,
        long volatileBytes,
        int volatilePackets,
        EventRate eventRate) {
    /// No limits but 1,024 queued events and 4 MiB of them, which slow a client down and refuse
    /// nothing, and those of volatile events.
    public static final SocketLimits DEFAULT =
            new SocketLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    EngineConfig.UNLIMITED_TIME,
                    EngineConfig.UNLIMITED_TIME,
                    1_024,
                    4L << 20,
                    1_000_000,
                    1_000,
                    EventRate.UNLIMITED);

    /// @throws IllegalArgumentException if a limit is not positive
    public SocketLimits {
        if (maxRooms < 1 || maxNamespaces < 1 || maxPendingAcks < 1) {
            throw new IllegalArgumentException("socket limits must be positive");
        }
        if (maxQueuedEvents < 1 || maxQueuedBytes < 1) {
            throw new IllegalArgumentException("limits of queued events must be positive");
        }
        if (volatileBytes < 1 || volatilePackets < 1) {
            throw new IllegalArgumentException("volatile mark must be positive");
        }
        if (!ackTimeout.isPositive() || !attachmentTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }

    /// The same limits with another number of rooms.
    public SocketLimits withMaxRooms(int value) {
        return changed(draft -> draft.maxRooms = value);
    }

    /// The same limits with another number of namespaces.
    public SocketLimits withMaxNamespaces(int value) {
        return changed(draft -> draft.maxNamespaces = value);
    }

    /// The same limits with another number of answers owed.
    public SocketLimits withMaxPendingAcks(int value) {
        return changed(draft -> draft.maxPendingAcks = value);
    }

    /// The same limits with another time to answer.
    public SocketLimits withAckTimeout(Duration value) {
        return changed(draft -> draft.ackTimeout = value);
    }

    /// The same limits with another time for attachments.
    public SocketLimits withAttachmentTimeout(Duration value) {
        return changed(draft -> draft.attachmentTimeout = value);
    }

    /// The same limits with another number of events that wait.
    public SocketLimits withMaxQueuedEvents(int value) {
        return changed(draft -> draft.maxQueuedEvents = value);
    }

    /// The same limits with another size of the events that wait.
    public SocketLimits withMaxQueuedBytes(long value) {
        return changed(draft -> draft.maxQueuedBytes = value);
    }

    /// The same limits with another mark over which volatile events are dropped.
    public SocketLimits withVolatileMark(long bytes, int packets) {
        return changed(
                draft -> {
                    draft.volatileBytes = bytes;
                    draft.volatilePackets = packets;
                });
    }

    /// The same limits with another event rate.
    public SocketLimits withEventRate(EventRate value) {
        return changed(draft -> draft.eventRate = value);
    }

    private SocketLimits changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settled();
    }

    /// A copy in which one thing is changed.
    private static final class Draft {
        int maxRooms;
        int maxNamespaces;
        int maxPendingAcks;
        Duration ackTimeout;
        Duration attachmentTimeout;
        int maxQueuedEvents;
        long maxQueuedBytes;
        long volatileBytes;
        int volatilePackets;
        EventRate eventRate;

        Draft(SocketLimits from) {
            maxRooms = from.maxRooms;
            maxNamespaces = from.maxNamespaces;
            maxPendingAcks = from.maxPendingAcks;
            ackTimeout = from.ackTimeout;
            attachmentTimeout = from.attachmentTimeout;
            maxQueuedEvents = from.maxQueuedEvents;
            maxQueuedBytes = from.maxQueuedBytes;
            volatileBytes = from.volatileBytes;
            volatilePackets = from.volatilePackets;
            eventRate = from.eventRate;
        }

        SocketLimits settled() {
            return new SocketLimits(
                    maxRooms,
                    maxNamespaces,
                    maxPendingAcks,
                    ackTimeout,
                    attachmentTimeout,
                    maxQueuedEvents,
                    maxQueuedBytes,
                    volatileBytes,
                    volatilePackets,
                    eventRate);
        }
    }
}
