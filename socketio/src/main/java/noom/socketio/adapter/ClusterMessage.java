// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// What servers say to each other about one namespace: the thirteen kinds of the official cluster
/// adapters, so that servers of both kinds may be in one cluster. [ClusterFormat] gives their
/// numbers and fields.
public sealed interface ClusterMessage {
    /// Goes to every other server.
    sealed interface Notice extends ClusterMessage {}

    /// Goes to the server that asked; it names the request.
    sealed interface Response extends ClusterMessage {
        /// Of the message that it answers.
        String requestId();
    }

    /// A message with its sender.
    ///
    /// @param nodeId of the sender; `emitter` is not a server
    /// @param namespace its name
    record Envelope(String nodeId, String namespace, ClusterMessage message) {}

    /// 1: a server is new and wants to know who is there.
    record InitialHeartbeat() implements Notice {}

    /// 2: a server is there.
    record Heartbeat() implements Notice {}

    /// 3: send this event to the selected sockets.
    ///
    /// @param packet without an offset or an ack id
    /// @param requestId null if no answers are wanted
    record Broadcast(
            Packet.Event packet,
            Selection selection,
            BroadcastFlags flags,
            @Nullable String requestId)
            implements Notice {}

    /// 4: put the selected sockets into rooms.
    record SocketsJoin(Selection selection, BroadcastFlags flags, List<String> rooms)
            implements Notice {}

    /// 5: take the selected sockets out of rooms.
    record SocketsLeave(Selection selection, BroadcastFlags flags, List<String> rooms)
            implements Notice {}

    /// 6: disconnect the selected sockets.
    ///
    /// @param close whether their connections end too
    record DisconnectSockets(Selection selection, BroadcastFlags flags, boolean close)
            implements Notice {}

    /// 7: describe the selected sockets.
    record FetchSockets(Selection selection, BroadcastFlags flags, String requestId)
            implements Notice {}

    /// 8: the sockets asked for by 7.
    record FetchSocketsResponse(String requestId, List<SocketDetails> sockets)
            implements Response {}

    /// 9: an event for the other servers themselves.
    ///
    /// @param data the name, then the arguments
    /// @param requestId null if no answer is wanted
    record ServerSideEmit(List<@Nullable Object> data, @Nullable String requestId)
            implements Notice {}

    /// 10: the answer to 9.
    record ServerSideEmitResponse(String requestId, @Nullable Object answer) implements Response {}

    /// 11: how many clients were asked by 3; before their answers.
    record BroadcastClientCount(String requestId, int clientCount) implements Response {}

    /// 12: what one of these clients answered.
    ///
    /// @param answer its first argument
    record BroadcastAck(String requestId, @Nullable Object answer) implements Response {}

    /// 13: a server says goodbye.
    record AdapterClose() implements Notice {}
}
