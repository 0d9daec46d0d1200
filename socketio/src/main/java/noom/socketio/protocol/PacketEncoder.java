// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packets to what travels: `type [count "-"] [namespace ","] [ack id] [JSON]`, then attachments
/// (Socket.IO protocol, revision 5, "Packet encoding"). Any thread.
public final class PacketEncoder {
    private PacketEncoder() {}

    /// Encodes once for any number of receivers.
    ///
    /// @throws IllegalArgumentException if the data holds something that JSON has no word for
    public static EncodedPacket encode(Packet packet) {
        return switch (packet) {
            case Packet.Connect connect ->
                    plain('0', connect, connect.data().isEmpty() ? null : connect.data());
            case Packet.Disconnect disconnect -> plain('1', disconnect, null);
            case Packet.ConnectError error -> plain('4', error, error.data());
            case Packet.Event event -> withData('2', event, event.ackId(), event.data());
            case Packet.Ack ack -> withData('3', ack, ack.ackId(), ack.data());
        };
    }

    private static EncodedPacket plain(char type, Packet packet, @Nullable Object data) {
        var text = new StringBuilder().append(type);
        appendNamespace(text, packet);
        if (data != null) {
            var json = new JsonWriter();
            json.write(data, text);
            if (!json.attachments().isEmpty()) {
                throw new IllegalArgumentException("only events and acks carry binary data");
            }
        }
        return EncodedPacket.of(text.toString(), List.of());
    }

    private static EncodedPacket withData(
            char type, Packet packet, long ackId, List<@Nullable Object> data) {
        var body = new StringBuilder();
        appendNamespace(body, packet);
        if (ackId != Packet.NO_ACK) {
            body.append(ackId);
        }
        var json = new JsonWriter();
        json.write(data, body);
        var attachments = json.attachments();
        if (attachments.isEmpty()) {
            return EncodedPacket.of(body.insert(0, type).toString(), List.of());
        }
        var head = new StringBuilder().append((char) (type + 3)).append(attachments.size());
        return EncodedPacket.of(head.append('-').append(body).toString(), List.copyOf(attachments));
    }

    private static void appendNamespace(StringBuilder text, Packet packet) {
        if (!packet.namespace().equals(Packet.MAIN_NAMESPACE)) {
            text.append(packet.namespace()).append(',');
        }
    }
}
