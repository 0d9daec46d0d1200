// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import noom.socketio.engine.InputLimits;

/// The frames of one WebSocket message so far (RFC 6455 section 5.4), bounded in number and size.
///
/// What was received is copied into one array, so that a fragment pins no network buffer.
///
/// Owner: the WebSocket's loop.
final class Fragments {
    private final boolean isText;
    private final InputLimits limits;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;

    Fragments(boolean isText, InputLimits limits) {
        this.isText = isText;
        this.limits = limits;
    }

    boolean isText() {
        return isText;
    }

    /// Takes one more.
    ///
    /// @return false if there are too many, or they are too large
    boolean add(ByteBuf fragment) {
        count++;
        long sizeBytes = (long) bytes.size() + fragment.readableBytes();
        if (count > limits.maxFragments() || sizeBytes > limits.maxPayloadBytes()) {
            return false;
        }
        bytes.writeBytes(ByteBufUtil.getBytes(fragment));
        return true;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
