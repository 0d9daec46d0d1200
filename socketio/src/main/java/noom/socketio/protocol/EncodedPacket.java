// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.ArrayList;
import java.util.List;

/// A packet as it travels: messages in order, with nothing between them.
///
/// Immutable by agreement: the arrays are shared by all receivers and never written.
///
/// @param messages at least one
public record EncodedPacket(List<Message> messages) {
    /// One message of the connection.
    public sealed interface Message {}

    /// A text message.
    public record Text(String text) implements Message {}

    /// A binary message.
    public static final class Binary implements Message {
        private final byte[] bytes;

        /// @param bytes kept, and not to be written any more
        public Binary(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes, not to be written.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// A text, then its binary attachments.
    static EncodedPacket of(String text, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            return new EncodedPacket(List.of(new Text(text)));
        }
        var messages = new ArrayList<Message>(attachments.size() + 1);
        messages.add(new Text(text));
        for (var bytes : attachments) {
            messages.add(new Binary(bytes));
        }
        return new EncodedPacket(messages);
    }
}
