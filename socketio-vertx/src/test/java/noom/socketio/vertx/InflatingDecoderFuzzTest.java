// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;

/// Hostile deflate streams in any frames: messages of a bounded size, or the declared refusal.
class InflatingDecoderFuzzTest {
    private static final int MAX_MESSAGE_BYTES = 1_000;
    private static final int MAX_FRAME_BYTES = 64;

    private static final int COMPRESSED = 4; // the first reserved bit

    @FuzzTest(maxDuration = "")
    void any_frames_inflate_within_the_limit_or_are_refused(byte[] bytes) {
        var channel = new EmbeddedChannel(new InflatingDecoder(MAX_MESSAGE_BYTES));
        boolean isCompressed = false;
        long messageBytes = 0;
        try {
            for (int at = 0; at < bytes.length; at += MAX_FRAME_BYTES) {
                int end = Math.min(bytes.length, at + MAX_FRAME_BYTES);
                var frame = frame(bytes[at], Arrays.copyOfRange(bytes, at + 1, end));
                boolean isFinal = frame.isFinalFragment();
                if (!(frame instanceof ContinuationWebSocketFrame)) {
                    isCompressed = (frame.rsv() & COMPRESSED) != 0;
                    messageBytes = 0;
                }
                channel.writeInbound(frame);
                messageBytes += readBytes(channel);
                assertThat(messageBytes)
                        .isLessThanOrEqualTo(isCompressed ? MAX_MESSAGE_BYTES + 1 : bytes.length);
                if (isFinal) { // what then comes and goes on is of no message
                    isCompressed = false;
                    messageBytes = 0;
                }
            }
        } catch (CorruptedFrameException _) {
            // as declared
        }
        channel.finishAndReleaseAll();
    }

    /// @param head two bits of kind, the final bit, three reserved bits
    private static WebSocketFrame frame(byte head, byte[] payload) {
        boolean isFinal = (head & 4) != 0;
        int rsv = head >> 3 & 7;
        var content = Unpooled.wrappedBuffer(payload);
        return switch (head & 3) {
            case 0 -> new TextWebSocketFrame(isFinal, rsv, content);
            case 1 -> new BinaryWebSocketFrame(isFinal, rsv, content);
            default -> new ContinuationWebSocketFrame(isFinal, rsv, content);
        };
    }

    private static long readBytes(EmbeddedChannel channel) {
        WebSocketFrame frame = channel.readInbound();
        if (frame == null) {
            return 0; // it is over
        }
        long sizeBytes = frame.content().readableBytes();
        frame.release();
        return sizeBytes;
    }
}
