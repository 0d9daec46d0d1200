// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A whole text message in one frame as a server sends it: final, not masked, without an extension
/// (RFC 6455 section 5.2).
///
/// Safe to share between threads, however it gets there: the fields are final, and the bytes are
/// not written any more.
public final class WebSocketFrame {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final byte[] bytes;
    private final int headerBytes;

    private WebSocketFrame(byte[] bytes, int headerBytes) {
        this.bytes = bytes;
        this.headerBytes = headerBytes;
    }

    /// The frame of this text.
    public static WebSocketFrame text(String text) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var header = header(FINAL_TEXT, payload.length);
        var bytes = new byte[header.length + payload.length];
        System.arraycopy(header, 0, bytes, 0, header.length);
        System.arraycopy(payload, 0, bytes, header.length, payload.length);
        return new WebSocketFrame(bytes, header.length);
    }

    /// What stands before the bytes of a binary message, which need no copy.
    ///
    /// @param payloadBytes from 0
    public static byte[] binaryHeader(int payloadBytes) {
        return header(FINAL_BINARY, payloadBytes);
    }

    /// Header and payload; not to be written.
    public byte[] bytes() {
        return bytes;
    }

    /// Where the payload begins: 2, 4 or 10.
    public int headerBytes() {
        return headerBytes;
    }

    /// The size of the text alone, in bytes.
    public int payloadBytes() {
        return bytes.length - headerBytes;
    }

    private static byte[] header(int firstByte, int payloadBytes) {
        if (payloadBytes <= MAX_SHORT_LENGTH) {
            return new byte[] {(byte) firstByte, (byte) payloadBytes};
        }
        if (payloadBytes <= 0xFFFF) {
            return ByteBuffer.allocate(4)
                    .put((byte) firstByte)
                    .put((byte) LENGTH_16)
                    .putShort((short) payloadBytes)
                    .array();
        }
        return ByteBuffer.allocate(10)
                .put((byte) firstByte)
                .put((byte) LENGTH_64)
                .putLong(payloadBytes)
                .array();
    }
}
