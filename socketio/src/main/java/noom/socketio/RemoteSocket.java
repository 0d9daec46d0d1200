// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.Selection;
import noom.socketio.adapter.SocketDetails;
import org.jspecify.annotations.Nullable;

/// A socket on any server of the cluster, as it was when it was fetched. What is done to it reaches
/// it wherever it is, and does nothing if it has gone. May be used from any thread.
public final class RemoteSocket {
    private final SocketDetails details;
    private final Handshake handshake;
    private final Broadcast broadcast;

    RemoteSocket(Namespace namespace, SocketDetails details) {
        this.details = details;
        this.handshake = Handshake.of(details.handshake());
        this.broadcast =
                new Broadcast(
                        namespace, Selection.ALL.withRooms(details.id()), BroadcastFlags.NONE);
    }

    /// The public id.
    public String id() {
        return details.id();
    }

    /// What the client said when it came.
    public Handshake handshake() {
        return handshake;
    }

    /// Its rooms, its own among them.
    public Set<String> rooms() {
        return new LinkedHashSet<>(details.rooms());
    }

    /// What the application remembers of it: a map, of this library; anything, of the official one.
    public @Nullable Object data() {
        return details.data();
    }

    /// Enters rooms, whatever its limits.
    public void join(String... rooms) {
        broadcast.socketsJoin(rooms);
    }

    /// Leaves rooms.
    public void leave(String... rooms) {
        broadcast.socketsLeave(rooms);
    }

    /// Sends an event.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String name, @Nullable Object... arguments) {
        broadcast.emit(name, arguments);
    }

    /// Sends an event that wants an answer.
    ///
    /// @return fails with [AckFailedException] if there is none in time
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public CompletableFuture<AckArguments> emitWithAck(
            Duration timeout, String name, @Nullable Object... arguments) {
        return broadcast
                .timeout(timeout)
                .emitWithAck(name, arguments)
                .thenApply(
                        all -> {
                            if (all.answers().isEmpty()) {
                                throw new AckFailedException(
                                        all.isComplete()
                                                ? AckFailedException.Cause.DISCONNECTED
                                                : AckFailedException.Cause.TIMEOUT);
                            }
                            return all.answers().getFirst();
                        });
    }

    /// Makes it leave the namespace.
    ///
    /// @param close whether its connection ends, with all its namespaces
    public void disconnect(boolean close) {
        broadcast.disconnectSockets(close);
    }
}
