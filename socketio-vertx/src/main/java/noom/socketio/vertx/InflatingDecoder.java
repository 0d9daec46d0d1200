// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates messages of permessage-deflate (RFC 7692 section 7.2.2), no further than one byte over
/// the limit: that byte is for the session to notice. Stands in the place of Netty's decoder, which
/// inflates all there is.
///
/// The window is kept from message to message; a client that does not use it is read as well.
///
/// Owner: the WebSocket's loop.
final class InflatingDecoder extends MessageToMessageDecoder<WebSocketFrame> {
    private static final int RSV1 = 4;
    private static final int CHUNK_BYTES = 8_192;

    /// What the sender left out at the end of a message.
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final long maxMessageBytes;
    private long messageBytes;
    private boolean isInflating;
    private boolean isOver;
    private boolean hasEnded;

    InflatingDecoder(long maxMessageBytes) {
        super(WebSocketFrame.class);
        this.maxMessageBytes = maxMessageBytes;
    }

    /// Takes the place of Netty's decoder, if compression was agreed upon.
    ///
    /// @param maxMessageBytes after inflating
    static void guard(ChannelPipeline pipeline, long maxMessageBytes) {
        var unlimited = pipeline.context(WebSocketExtensionDecoder.class);
        if (unlimited != null) {
            pipeline.replace(unlimited.handler(), null, new InflatingDecoder(maxMessageBytes));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
        if (isOver) {
            return; // the session is closing
        }
        boolean isFirst =
                frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if (isFirst) {
            isInflating = (frame.rsv() & RSV1) != 0;
            messageBytes = 0;
        }
        if (!isInflating || !(isFirst || frame instanceof ContinuationWebSocketFrame)) {
            out.add(frame.retain());
            return;
        }
        var inflated = context.alloc().buffer();
        try {
            inflate(ByteBufUtil.getBytes(frame.content()), inflated);
            if (frame.isFinalFragment()) {
                if (!hasEnded) {
                    inflate(TAIL, inflated);
                }
                isInflating = false;
            }
            out.add(copyOf(frame, inflated.retain()));
        } catch (DataFormatException e) {
            throw new CorruptedFrameException("message cannot be inflated", e);
        } finally {
            inflated.release();
        }
    }

    private void inflate(byte[] deflated, ByteBuf inflated) throws DataFormatException {
        hasEnded = false;
        inflater.setInput(deflated);
        while (!isOver) {
            int count = inflater.inflate(chunk);
            messageBytes += count;
            isOver = messageBytes > maxMessageBytes;
            int surplus = (int) Math.max(0, messageBytes - maxMessageBytes - 1);
            inflated.writeBytes(chunk, 0, count - surplus);
            if (inflater.finished()) { // section 7.2.3.4: a last block may end a message
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(deflated, deflated.length - rest, rest);
                hasEnded = rest == 0;
            }
            if (count < CHUNK_BYTES && inflater.needsInput()) {
                return;
            }
        }
    }

    private static WebSocketFrame copyOf(WebSocketFrame frame, ByteBuf content) {
        boolean isFinal = frame.isFinalFragment();
        int rsv = frame.rsv() & ~RSV1;
        return switch (frame) {
            case TextWebSocketFrame _ -> new TextWebSocketFrame(isFinal, rsv, content);
            case BinaryWebSocketFrame _ -> new BinaryWebSocketFrame(isFinal, rsv, content);
            default -> new ContinuationWebSocketFrame(isFinal, rsv, content);
        };
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        isOver = true;
        inflater.end();
    }
}
