// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import noom.socketio.protocol.Packet;

/// Rooms of one namespace, and broadcasting to them. Every method may be called from any thread.
///
/// Public rooms are the keys of [#rooms()] that are no key of [#sids()]: each socket also has a
/// room of its own, named by its id.
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

    /// Ids of the selected sockets.
    Set<String> select(Selection selection);

    /// Sends a packet to the selected sockets, each once; it is encoded once.
    ///
    /// @throws IllegalArgumentException if its data holds something that JSON has no word for
    void broadcast(Packet packet, Selection selection);

    /// Puts the selected sockets into rooms.
    void joinSelected(Selection selection, Collection<String> rooms);

    /// Takes the selected sockets out of a room.
    void leaveSelected(Selection selection, String room);

    /// Disconnects the selected sockets.
    ///
    /// @param close whether their connections end too
    void disconnectSelected(Selection selection, boolean close);
}
