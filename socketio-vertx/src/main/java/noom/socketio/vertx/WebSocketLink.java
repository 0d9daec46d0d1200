// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.FrameLink;
import noom.socketio.engine.InputLimits;
import org.jspecify.annotations.Nullable;

/// A WebSocket; reads on its own loop, written to from the session's.
///
/// Vert.x shakes hands, and then this takes the connection's last place in the pipeline from it:
/// what Vert.x keeps for each WebSocket is twice as much as all the rest of an idle client. Pings,
/// fragments and the closing handshake (RFC 6455 sections 5.4, 5.5) are therefore answered here.
///
/// Owner: the WebSocket's loop; the methods of [FrameLink] belong to the session's.
final class WebSocketLink extends ChannelDuplexHandler implements FrameLink {
    /// How long the client has to answer a close frame.
    static final long CLOSE_TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();

    /// Status codes, RFC 6455 section 7.4.1.
    private static final int NORMAL = 1000;

    private static final int BAD_PAYLOAD = 1007;
    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int INTERNAL_ERROR = 1011;

    private final VertxLoop loop;
    private final Channel channel;
    private final VertxSession session;
    private final InputLimits limits;
    private final FrameWriter writer;
    private State state = State.OPEN;
    private int status = NORMAL;
    private @Nullable ChannelPromise closing;
    private @Nullable Fragments partial;

    /// Runs out for a message that was begun, or for the client's close frame.
    private @Nullable Future<?> timer;

    private enum State {
        OPEN,

        /// Our close frame is sent, the client's is awaited.
        CLOSING,

        /// Nothing is awaited any more.
        CLOSED
    }

    /// @param channel has a frame encoder; the caller adds this link behind it
    WebSocketLink(Channel channel, VertxLoop loop, VertxSession session, EngineConfig config) {
        this.channel = channel;
        this.loop = loop;
        this.session = session;
        this.limits = config.input();
        this.writer =
                new FrameWriter(
                        channel,
                        loop,
                        session.loop(),
                        config,
                        () -> session.run((engine, now) -> engine.onWritable(this, now)));
    }

    /// Takes a WebSocket over from Vert.x, for which it ends here. On its loop, before anything can
    /// have arrived.
    ///
    /// @param loop the WebSocket's
    static WebSocketLink takeOver(
            ServerWebSocket webSocket, VertxLoop loop, VertxSession session, EngineConfig config) {
        var vertx = ((WebSocketInternal) webSocket).channelHandlerContext();
        var link = new WebSocketLink(vertx.channel(), loop, session, config);
        var predecessor = (ChannelInboundHandler) vertx.handler();
        vertx.pipeline().replace(predecessor, null, link);
        try {
            predecessor.channelInactive(vertx);
        } catch (Exception e) {
            throw new IllegalStateException("Vert.x does not let a WebSocket go", e);
        }
        return link;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof CloseWebSocketFrame close) {
                onClose(context, close);
            } else if (message instanceof WebSocketFrame frame && state == State.OPEN) {
                onFrame(context, frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onFrame(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame _, BinaryWebSocketFrame _, ContinuationWebSocketFrame _ ->
                    onData(frame);
            case PingWebSocketFrame ping when channel.isWritable() -> // else it has enough to read
                    send(context, new PongWebSocketFrame(ping.content().retain()));
            default -> {}
        }
    }

    private void onData(WebSocketFrame frame) {
        boolean isText = frame instanceof TextWebSocketFrame;
        var message = partial;
        if (message == null && frame.isFinalFragment()) {
            if (frame.content().readableBytes() > limits.maxPayloadBytes()) {
                fail(MESSAGE_TOO_BIG);
            } else {
                onMessage(isText, ByteBufUtil.getBytes(frame.content()));
            }
            return;
        }
        if (message == null) {
            message = new Fragments(isText, limits);
            partial = message;
            timer = loop.schedule(limits.messageTimeout().toNanos(), () -> fail(MESSAGE_TOO_BIG));
        }
        if (!message.add(frame.content())) {
            fail(MESSAGE_TOO_BIG);
        } else if (frame.isFinalFragment()) {
            dropPartial();
            onMessage(message.isText(), message.toBytes());
        }
    }

    private void onMessage(boolean isText, byte[] bytes) {
        if (!isText) {
            session.run((engine, now) -> engine.receiveBinary(this, bytes, now));
            return;
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !Utf8.isValid(bytes)) {
            fail(BAD_PAYLOAD);
        } else {
            session.run((engine, now) -> engine.receiveText(this, text, now));
        }
    }

    private static void send(ChannelHandlerContext context, WebSocketFrame frame) {
        var _ = context.writeAndFlush(frame, context.voidPromise());
    }

    private void dropPartial() {
        partial = null;
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /// The client broke a rule: it is told which, and its session hears that the link has failed.
    private void fail(int newStatus) {
        status = newStatus;
        var _ = channel.pipeline().close();
        tellClosed(true);
    }

    private void tellClosed(boolean failed) {
        session.run((engine, _) -> engine.linkClosed(this, failed));
    }

    private void onClose(ChannelHandlerContext context, CloseWebSocketFrame frame) {
        switch (state) {
            case OPEN -> {
                end();
                var _ =
                        context.writeAndFlush(frame.retainedDuplicate())
                                .addListener(ChannelFutureListener.CLOSE);
            }
            case CLOSING -> finish(context);
            case CLOSED -> {}
        }
    }

    /// Whoever closes the channel, the server's end included: first there is a closing handshake.
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (state == State.OPEN && channel.isActive()) {
            dropPartial();
            state = State.CLOSING;
            closing = promise;
            channel.config().setAutoRead(true); // the client's close frame must be read
            send(context, new CloseWebSocketFrame(status, ""));
            timer = loop.schedule(CLOSE_TIMEOUT_NANOS, () -> finish(context));
        } else if (state == State.CLOSING) {
            channel.closeFuture().addListener(_ -> promise.trySuccess());
        } else {
            var _ = context.close(promise);
        }
    }

    /// Ends the line, and whoever wanted that hears of it.
    private void finish(ChannelHandlerContext context) {
        var promise = closing;
        end();
        var _ = context.close(promise == null ? context.newPromise() : promise);
    }

    private void end() {
        state = State.CLOSED;
        closing = null;
        dropPartial();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state != State.OPEN) {
            finish(context);
        } else if (cause instanceof IOException
                || cause instanceof CorruptedWebSocketFrameException) { // Netty has told the client
            end();
            tellClosed(!(cause instanceof IOException));
            var _ = context.close();
        } else {
            fail(cause instanceof DecoderException ? BAD_PAYLOAD : INTERNAL_ERROR);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closing != null) {
            closing.trySuccess();
        }
        end();
        tellClosed(false);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ReferenceCountUtil.release(event);
        if (event instanceof IdleStateEvent) { // the application's own idle timeout
            finish(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            session.loop().execute(writer::tellWritable);
        }
    }

    @Override
    public void write(EnginePacket packet) {
        writer.write(packet);
    }

    @Override
    public boolean isWritable() {
        return writer.isWritable();
    }

    @Override
    public void pause() {
        loop.runOrPost(() -> channel.config().setAutoRead(state != State.OPEN));
    }

    @Override
    public void resume() {
        loop.runOrPost(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void close() {
        writer.finish(
                () -> {
                    var _ = channel.pipeline().close();
                });
    }
}
