// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One Socket.IO packet (Socket.IO protocol, revision 5, "Packet encoding").
///
/// Values inside `data` are plain objects: `Map<String, Object>`, `List`, `String`, `Integer`,
/// `Long`, `BigInteger`, `Double`, `Boolean`, `byte[]` for binary, and `null`. Whether a packet
/// travels as its binary kind (types 5 and 6) follows from its data, so there is no type for it.
public sealed interface Packet {
    /// The namespace every client may join without asking for it by name.
    String MAIN_NAMESPACE = "/";

    /// The acknowledgement id of an event whose sender wants no answer.
    long NO_ACK = -1;

    /// The largest acknowledgement id: JavaScript counts exactly up to here.
    long MAX_ACK_ID = (1L << 53) - 1;

    /// The namespace this packet is for; it begins with `/`.
    String namespace();

    /// Type 0 from a client: wants to join, with what it says about itself.
    ///
    /// @param data a JSON object, empty when the client sent none
    record Connect(String namespace, Map<String, @Nullable Object> data) implements Packet {}

    /// Type 1: leaves the namespace.
    record Disconnect(String namespace) implements Packet {}

    /// Type 2 or 5: an event.
    ///
    /// @param data the name (a string or a number), then the arguments
    /// @param ackId from 0 to [#MAX_ACK_ID], or [#NO_ACK]
    record Event(String namespace, List<@Nullable Object> data, long ackId) implements Packet {}

    /// Type 3 or 6: the answer to an event.
    ///
    /// @param ackId the id of that event, from 0 to [#MAX_ACK_ID]
    record Ack(String namespace, List<@Nullable Object> data, long ackId) implements Packet {}

    /// Type 4: the server refuses a [Connect].
    ///
    /// @param data a JSON object with at least `message`
    record ConnectError(String namespace, Map<String, @Nullable Object> data) implements Packet {}
}
