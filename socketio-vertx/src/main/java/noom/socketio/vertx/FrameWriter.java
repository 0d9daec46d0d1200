// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.Compression;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.WebSocketFrame;

/// Writes messages to a WebSocket: gathers those of a turn, then gives them to the network with
/// one flush.
///
/// Frames are made by the message, once for all its receivers, and go around the frame encoder
/// straight to the channel.
///
/// Owner of what is gathered: the session's loop; of the channel: the WebSocket's own.
final class FrameWriter {
    /// More than this goes out before the turn ends.
    private static final long GATHER_BYTES = 64 << 10;

    /// What may be on its way to another loop before the writer asks to wait.
    private static final long AWAY_BYTES = 256 << 10;

    private final VertxLoop loop;
    private final Outbox outbox;
    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private final int deflateFromBytes;
    private final Runnable onWritable;
    private List<EnginePacket> gathered = new ArrayList<>();
    private long gatheredBytes;
    private long awayBytes;
    private boolean isInOutbox;
    private boolean isAwaited;

    /// What a writer has gathered.
    ///
    /// @param sizeBytes of the packets
    record Gathered(List<EnginePacket> packets, long sizeBytes) {}

    /// @param loop the WebSocket's
    /// @param sessionLoop where everything but the constructor is called
    /// @param onWritable runs on the session's loop when there is room again
    FrameWriter(
            Channel channel,
            VertxLoop loop,
            VertxLoop sessionLoop,
            EngineConfig config,
            Runnable onWritable) {
        this.loop = loop;
        this.outbox = sessionLoop.outbox();
        this.onWritable = onWritable;
        this.channel = channel;
        this.encoder = encoder(channel.pipeline());
        this.deflateFromBytes = deflateFromBytes(channel.pipeline(), config.compression());
        InflatingDecoder.guard(channel.pipeline(), config.input().maxPayloadBytes());
    }

    private static ChannelHandlerContext encoder(ChannelPipeline pipeline) {
        var found = pipeline.context(WebSocketFrameEncoder.class);
        if (found == null) {
            throw new IllegalStateException("a WebSocket without a frame encoder");
        }
        return found;
    }

    /// `Integer.MAX_VALUE` unless compression was agreed upon.
    private static int deflateFromBytes(ChannelPipeline pipeline, Compression compression) {
        boolean isAgreed = pipeline.context(WebSocketExtensionEncoder.class) != null;
        return isAgreed && compression.webSocket()
                ? compression.thresholdBytes()
                : Integer.MAX_VALUE;
    }

    VertxLoop loop() {
        return loop;
    }

    void write(EnginePacket packet) {
        gathered.add(packet);
        gatheredBytes += packet.sizeBytes();
        if (!isInOutbox) {
            isInOutbox = true;
            outbox.add(this);
        }
        if (gatheredBytes >= GATHER_BYTES) {
            outbox.sendNow(new Outbox.Batch(this, take()));
        }
    }

    boolean isWritable() {
        boolean hasRoom = awayBytes < AWAY_BYTES && channel.isWritable();
        isAwaited |= !hasRoom;
        return hasRoom;
    }

    /// The turn is over: the outbox takes what there is.
    Gathered endTurn() {
        isInOutbox = false;
        return take();
    }

    private Gathered take() {
        var taken = new Gathered(gathered, gatheredBytes);
        awayBytes += gatheredBytes;
        gathered = new ArrayList<>();
        gatheredBytes = 0;
        return taken;
    }

    /// They have reached the channel.
    void onWritten(long sizeBytes) {
        awayBytes -= sizeBytes;
    }

    /// In a task of its own: whoever waits for room writes at once.
    void tellWritable() {
        if (isAwaited && isWritable()) {
            isAwaited = false;
            onWritable.run();
        }
    }

    /// Writes what is left and then does something on the WebSocket's loop.
    void finish(Runnable last) {
        var rest = take();
        loop.runOrPost(
                () -> {
                    writeAndFlush(rest.packets());
                    last.run();
                });
    }

    /// On the WebSocket's loop.
    void writeAndFlush(List<EnginePacket> packets) {
        if (packets.isEmpty()) {
            return;
        }
        for (var packet : packets) {
            switch (packet) {
                case EnginePacket.TextMessage message ->
                        writeFrame(message.frame(), message.mayCompress());
                case EnginePacket.BinaryMessage message ->
                        writeBinary(message.bytes(), message.mayCompress());
                case EnginePacket.Signal _, EnginePacket.Open _ ->
                        writeBytes(WebSocketFrame.text(packet.encoded()).bytes());
            }
        }
        channel.flush();
    }

    private void writeFrame(WebSocketFrame frame, boolean mayCompress) {
        if (!mayCompress || frame.payloadBytes() < deflateFromBytes) {
            writeBytes(frame.bytes());
        } else {
            var payload =
                    Unpooled.wrappedBuffer(
                            frame.bytes(), frame.headerBytes(), frame.payloadBytes());
            var _ = channel.write(new TextWebSocketFrame(payload), channel.voidPromise());
        }
    }

    private void writeBinary(byte[] bytes, boolean mayCompress) {
        if (!mayCompress || bytes.length < deflateFromBytes) {
            writeBytes(WebSocketFrame.binaryHeader(bytes.length));
            writeBytes(bytes);
        } else {
            var frame = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes));
            var _ = channel.write(frame, channel.voidPromise());
        }
    }

    /// Whole frames need nothing of the encoder but its place in the pipeline. One that is not
    /// compressed is legal beside those that are (RFC 7692 section 6).
    private void writeBytes(byte[] bytes) {
        var _ = encoder.write(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
    }
}
