// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text as the network has it.
final class Utf8 {
    private Utf8() {}

    /// Whether these bytes are text (RFC 6455 section 8.1).
    static boolean isValid(byte[] bytes) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
