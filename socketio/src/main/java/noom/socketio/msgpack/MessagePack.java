// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Plain objects, as in a packet, to and from MessagePack. Any thread.
public final class MessagePack {
    private MessagePack() {}

    /// One value, in the shortest format there is for it.
    ///
    /// @throws IllegalArgumentException if it holds something that there is no format for, or is
    ///     nested more than 500 deep
    public static byte[] write(@Nullable Object value) {
        var writer = new MessagePackWriter();
        writer.write(value);
        return writer.toBytes();
    }

    /// The one value that fills the bytes.
    ///
    /// @param maxDepth arrays and maps inside one another, from 1
    /// @throws IOException if they are not one value, or it is nested deeper
    public static @Nullable Object read(byte[] bytes, int maxDepth) throws IOException {
        try {
            return new MessagePackReader(bytes, maxDepth).readAll();
        } catch (MessagePackReader.MalformedMessagePackException e) {
            throw new IOException(e);
        }
    }
}
