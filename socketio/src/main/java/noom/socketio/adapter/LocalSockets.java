// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.Set;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;

/// The sockets of one namespace on this server, as an adapter sees them. All from any thread; ids
/// of sockets that have gone are passed over.
public interface LocalSockets {
    /// Ids of the connected sockets, as a view that follows them.
    Set<String> ids();

    /// A packet as these sockets' clients understand it, for [#deliver].
    ///
    /// @throws IllegalArgumentException if its data holds something that the parser has no word for
    EncodedPacket encode(Packet packet);

    /// Writes a packet to these sockets: one task per event loop.
    void deliver(Collection<String> socketIds, EncodedPacket packet);

    /// Disconnects these sockets.
    ///
    /// @param close whether their connections end too
    void disconnect(Collection<String> socketIds, boolean close);
}
