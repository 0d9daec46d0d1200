// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// Rooms of one namespace, and broadcasting to them, on this server or on several. Every method may
/// be called from any thread.
///
/// [#rooms()], [#sids()] and [#select] know the sockets of this server; whatever takes
/// [BroadcastFlags] is for those of all servers, unless the flags say local.
///
/// Public rooms are the keys of [#rooms()] that are no key of [#sids()]: each socket also has a
/// room of its own, named by its id.
///
/// Futures may be completed on any thread that may block, the caller's among them.
public interface Adapter {
    /// Makes the adapters of a server, one per namespace.
    @FunctionalInterface
    interface Factory {
        /// A new adapter.
        Adapter create(String namespace, LocalSockets sockets);
    }

    /// Knows a socket from now on; it is in no room yet.
    void open(String socketId);

    /// Puts a socket into rooms; nothing happens if it is not known (any more).
    void join(String socketId, Collection<String> rooms);

    /// Takes a socket out of a room.
    void leave(String socketId, String room);

    /// Takes a socket out of all rooms and forgets it.
    void close(String socketId);

    /// Rooms that have a socket, with the ids in each: an unmodifiable view whose sets do not
    /// change.
    Map<String, Set<String>> rooms();

    /// Sockets, with the rooms of each in the order of joining: an unmodifiable view whose sets do
    /// not change.
    Map<String, Set<String>> sids();

    /// Ids of the selected sockets of this server.
    Set<String> select(Selection selection);

    /// Sends an event to the selected sockets, each once; on each server it is encoded once.
    ///
    /// @param packet without an ack id
    /// @throws IllegalArgumentException if its data holds something that JSON has no word for
    void broadcast(Packet.Event packet, Selection selection, BroadcastFlags flags);

    /// Sends an event to the selected sockets and collects their answers.
    ///
    /// @param packet without an ack id
    /// @return completed when all have answered or the time is up; never failed
    /// @throws IllegalArgumentException if its data holds something that JSON has no word for
    CompletableFuture<ClientAnswers> broadcastWithAck(
            Packet.Event packet, Selection selection, BroadcastFlags flags);

    /// Describes the selected sockets.
    ///
    /// @return fails with [ClusterTimeoutException] if a server does not answer
    CompletableFuture<List<SocketDetails>> fetchSockets(Selection selection, BroadcastFlags flags);

    /// Puts the selected sockets into rooms.
    void joinSelected(Selection selection, BroadcastFlags flags, Collection<String> rooms);

    /// Takes the selected sockets out of rooms.
    void leaveSelected(Selection selection, BroadcastFlags flags, Collection<String> rooms);

    /// Disconnects the selected sockets.
    ///
    /// @param close whether their connections end too
    void disconnectSelected(Selection selection, BroadcastFlags flags, boolean close);

    /// Says something to the other servers.
    ///
    /// @param data the name, then the arguments
    void serverSideEmit(List<@Nullable Object> data);

    /// Says something to the other servers and collects an answer of each.
    ///
    /// @return completed when all have answered or the time is up; never failed
    CompletableFuture<ServerAnswers> serverSideEmitWithAck(List<@Nullable Object> data);

    /// The number of servers, this one included.
    CompletableFuture<Integer> serverCount();

    /// Where the sessions of lost clients wait; the same object every time.
    SessionStore sessions();

    /// The namespace is no more: says goodbye to the other servers.
    void close();
}
