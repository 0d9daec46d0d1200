// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One Engine.IO packet (Engine.IO protocol, revision 4, "Packet encoding").
///
/// In a text frame it is a type digit and data; binary is a binary frame without any type byte, and
/// in a polling payload `b` and base64.
public sealed interface EnginePacket {
    /// How it is written as text: a text frame, or one part of a polling payload.
    String encoded();

    /// Bytes it counts for while it waits to be sent: its UTF-8 or raw size.
    int sizeBytes();

    /// Whether a transport that compresses may compress it.
    default boolean mayCompress() {
        return true;
    }

    /// The kinds that carry no application data.
    enum Signal implements EnginePacket {
        /// Type 1: ends the session.
        CLOSE("1"),
        /// Type 2: the server asks whether the client is alive.
        PING("2"),
        /// Type 2 on a candidate WebSocket.
        PING_PROBE("2probe"),
        /// Type 3: it is.
        PONG("3"),
        /// Type 3 on a candidate WebSocket.
        PONG_PROBE("3probe"),
        /// Type 5: everything else goes over this WebSocket.
        UPGRADE("5"),
        /// Type 6: nothing; ends a waiting poll.
        NOOP("6");

        private final String encoded;

        Signal(String encoded) {
            this.encoded = encoded;
        }

        @Override
        public String encoded() {
            return encoded;
        }

        @Override
        public int sizeBytes() {
            return encoded.length();
        }
    }

    /// Type 0: what the server says first.
    record Open(String json) implements EnginePacket {
        /// Exactly five keys; without `maxPayload` a client does not split its polling payloads.
        static Open of(String sid, boolean upgrades, EngineConfig config) {
            var timings = config.timings();
            return new Open(
                    "{\"sid\":\"%s\",\"upgrades\":[%s],\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
                            .formatted(
                                    sid,
                                    upgrades ? "\"websocket\"" : "",
                                    timings.pingInterval().toMillis(),
                                    timings.pingTimeout().toMillis(),
                                    config.input().maxPayloadBytes()));
        }

        @Override
        public String encoded() {
            return "0" + json;
        }

        @Override
        public int sizeBytes() {
            return json.length() + 1;
        }
    }

    /// Type 4 with text. Its text and its frame are made once, however many sessions it is sent to.
    final class TextMessage implements EnginePacket {
        private final String encoded;
        private final int sizeBytes;
        private final boolean mayCompress;
        private @Nullable WebSocketFrame frame;

        private TextMessage(String encoded, boolean mayCompress) {
            this.encoded = encoded;
            this.mayCompress = mayCompress;
            this.sizeBytes = utf8Length(encoded);
        }

        /// A message with this text.
        public static TextMessage of(String text) {
            return of(text, true);
        }

        /// A message with this text.
        ///
        /// @param mayCompress whether a transport that compresses may compress it
        public static TextMessage of(String text, boolean mayCompress) {
            return new TextMessage("4".concat(text), mayCompress);
        }

        @Override
        public boolean mayCompress() {
            return mayCompress;
        }

        /// For WebSocket only. Made at first use; loops that race for it make equal frames.
        public WebSocketFrame frame() {
            var made = frame;
            if (made == null) {
                made = WebSocketFrame.text(encoded);
                frame = made;
            }
            return made;
        }

        /// The text without the type digit.
        public String text() {
            return encoded.substring(1);
        }

        @Override
        public String encoded() {
            return encoded;
        }

        @Override
        public int sizeBytes() {
            return sizeBytes;
        }

        /// Bytes that a text takes in UTF-8.
        public static int utf8Length(String text) {
            int length = text.length();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                // A surrogate pair is two characters and four bytes.
                length += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
            return length;
        }
    }

    /// Binary data; the array is not copied and must not be written any more.
    final class BinaryMessage implements EnginePacket {
        private final byte[] bytes;
        private final boolean mayCompress;
        private @Nullable String encoded;

        private BinaryMessage(byte[] bytes, boolean mayCompress) {
            this.bytes = bytes;
            this.mayCompress = mayCompress;
        }

        /// A message with these bytes.
        public static BinaryMessage of(byte[] bytes) {
            return of(bytes, true);
        }

        /// A message with these bytes.
        ///
        /// @param mayCompress whether a transport that compresses may compress it
        public static BinaryMessage of(byte[] bytes, boolean mayCompress) {
            return new BinaryMessage(bytes, mayCompress);
        }

        @Override
        public boolean mayCompress() {
            return mayCompress;
        }

        /// The data itself.
        public byte[] bytes() {
            return bytes;
        }

        /// For polling only. Made at first use; loops that race for it make equal strings.
        @Override
        public String encoded() {
            var text = encoded;
            if (text == null) {
                text = "b" + Base64.getEncoder().encodeToString(bytes);
                encoded = text;
            }
            return text;
        }

        @Override
        public int sizeBytes() {
            return bytes.length;
        }
    }

    /// Reads a text frame, or one part of a polling payload that does not begin with `b`.
    ///
    /// @return null if there is no such packet
    static @Nullable EnginePacket parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (text.charAt(0)) {
            case '0' -> new Open(text.substring(1));
            case '1' -> Signal.CLOSE;
            case '2' -> text.equals("2probe") ? Signal.PING_PROBE : Signal.PING;
            case '3' -> text.equals("3probe") ? Signal.PONG_PROBE : Signal.PONG;
            case '4' -> new TextMessage(text, true);
            case '5' -> Signal.UPGRADE;
            case '6' -> Signal.NOOP;
            default -> null;
        };
    }
}
