// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// The sockets of one namespace on this server, as an adapter sees them. All from any thread; ids
/// of sockets that have gone are passed over.
public interface LocalSockets {
    /// Ids of the connected sockets, as a view that follows them.
    Set<String> ids();

    /// Whether and how lost clients are recovered; an adapter that can adds offsets if so.
    RecoverySettings recovery();

    /// Refuses what cannot be sent.
    ///
    /// @throws IllegalArgumentException if its data holds something that JSON has no word for
    void check(Packet.Event packet);

    /// Sends an event to these sockets: encoded once, one task per event loop.
    ///
    /// @param offset by which a recovery finds it, sent as its last argument; empty for none
    /// @throws IllegalArgumentException as [#check]
    void deliver(
            Collection<String> socketIds, Packet.Event packet, BroadcastFlags flags, String offset);

    /// Sends an event that wants an answer of each.
    ///
    /// @param packet without an ack id: it gets one here
    /// @param flags its timeout must be set
    /// @return one future for each socket that is there, completed with the answer's arguments,
    ///     or failed; on any thread
    List<CompletableFuture<List<@Nullable Object>>> request(
            Collection<String> socketIds, Packet.Event packet, BroadcastFlags flags);

    /// Describes these sockets.
    List<SocketDetails> describe(Collection<String> socketIds);

    /// Disconnects these sockets.
    ///
    /// @param close whether their connections end too
    void disconnect(Collection<String> socketIds, boolean close);

    /// A socket of this server has entered rooms that it was not in; after it is so.
    default void onJoined(String socketId, Collection<String> rooms) {}

    /// A socket of this server has left rooms that it was in; after it is so.
    default void onLeft(String socketId, Collection<String> rooms) {}

    /// Another server says something to this one; on a thread that may block.
    ///
    /// @param data the name, then the arguments
    /// @param answer takes the answer, once; null if none is wanted
    void onServerSideEvent(
            List<@Nullable Object> data, @Nullable Consumer<@Nullable Object> answer);
}
