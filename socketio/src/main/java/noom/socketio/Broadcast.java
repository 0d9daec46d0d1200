// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.Selection;
import org.jspecify.annotations.Nullable;

/// Who gets something, and how: each call changes a copy. May be used from any thread.
///
/// `to(a).to(b)` means either, each socket once; `except` wins over `to`. With a cluster adapter
/// the sockets of all servers are meant, unless [#local] is said.
public final class Broadcast {
    private final Namespace namespace;
    private final Selection selection;
    private final BroadcastFlags flags;

    Broadcast(Namespace namespace, Selection selection, BroadcastFlags flags) {
        this.namespace = namespace;
        this.selection = selection;
        this.flags = flags;
    }

    private Broadcast with(BroadcastFlags changed) {
        return new Broadcast(namespace, selection, changed);
    }

    /// The sockets of these rooms too.
    public Broadcast to(String... rooms) {
        return new Broadcast(namespace, selection.withRooms(rooms), flags);
    }

    /// The sockets of these rooms too; the same as [#to].
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// Not the sockets of these rooms.
    public Broadcast except(String... rooms) {
        return new Broadcast(namespace, selection.withoutRooms(rooms), flags);
    }

    /// Only sockets of this server.
    public Broadcast local() {
        return with(flags.asLocal());
    }

    /// Only clients that take it at once: for the others it is dropped, and none is recovered with
    /// it. See [SocketLimits#volatileBytes].
    public Broadcast asVolatile() {
        return with(flags.asVolatile());
    }

    /// Tells the other servers of a cluster to compress or not; transports here go by size alone.
    public Broadcast compress(boolean value) {
        return with(flags.withCompress(value));
    }

    /// How long answers are awaited: of clients by [#emitWithAck], of servers by [#fetchSockets];
    /// 5 s unless said.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Broadcast timeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be positive");
        }
        return with(flags.withTimeout(timeout));
    }

    /// Sends an event to all of them; it is encoded once.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String name, @Nullable Object... arguments) {
        var event = Socket.event(namespace.name(), name, arguments);
        namespace.adapter().broadcast(event, selection, flags);
    }

    /// Sends an event to all of them and collects their answers.
    ///
    /// @return completed when all have answered, or have gone, or the time is up; it says how many
    ///     are missing. On a thread that may block
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public CompletableFuture<BroadcastAnswers> emitWithAck(
            String name, @Nullable Object... arguments) {
        var event = Socket.event(namespace.name(), name, arguments);
        return namespace
                .adapter()
                .broadcastWithAck(event, selection, flags)
                .thenApply(BroadcastAnswers::of);
    }

    /// All of them, as they are now.
    ///
    /// @return fails with [noom.socketio.adapter.ClusterTimeoutException] if a server of the
    ///     cluster does not answer
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return namespace
                .adapter()
                .fetchSockets(selection, flags)
                .thenApply(
                        all -> all.stream().map(one -> new RemoteSocket(namespace, one)).toList());
    }

    /// Puts all of them into rooms, whatever their limits.
    public void socketsJoin(String... rooms) {
        namespace.adapter().joinSelected(selection, flags, Arrays.asList(rooms));
    }

    /// Takes all of them out of rooms.
    public void socketsLeave(String... rooms) {
        namespace.adapter().leaveSelected(selection, flags, Arrays.asList(rooms));
    }

    /// Disconnects all of them.
    ///
    /// @param close whether their connections end too
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnectSelected(selection, flags, close);
    }
}
