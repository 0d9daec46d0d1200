// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.FrameLink;
import noom.socketio.engine.InputLimits;
import org.jspecify.annotations.Nullable;

/// A WebSocket; reads on its own loop, written to from the session's.
///
/// Frames are put together here and not by Vert.x, to bound their number and time besides their
/// size. What was received is copied into one array, so that a fragment pins no network buffer.
final class WebSocketLink implements FrameLink {
    private static final short MESSAGE_TOO_BIG = 1009; // RFC 6455 section 7.4.1
    private static final long NO_TIMER = -1;

    private final ServerWebSocket webSocket;
    private final VertxSession session;
    private final InputLimits limits;
    private final Vertx vertx;
    private final FrameWriter writer;
    private @Nullable Buffer partial;
    private boolean partialIsText;
    private int fragmentCount;
    private long timer = NO_TIMER;

    /// @param loop the WebSocket's
    WebSocketLink(
            ServerWebSocket webSocket,
            VertxLoop loop,
            VertxSession session,
            EngineConfig config,
            Vertx vertx) {
        this.webSocket = webSocket;
        this.session = session;
        this.limits = config.input();
        this.vertx = vertx;
        this.writer =
                new FrameWriter(
                        webSocket,
                        loop,
                        session.loop(),
                        config,
                        () -> session.run((engine, now) -> engine.onWritable(this, now)));
    }

    /// On the WebSocket's loop, before anything can have arrived.
    void listen() {
        webSocket.frameHandler(this::onFrame);
        webSocket.exceptionHandler(failure -> closed(!(failure instanceof IOException)));
        webSocket.closeHandler(_ -> closed(false));
    }

    private void closed(boolean failed) {
        cancelTimer();
        partial = null;
        session.run((engine, _) -> engine.linkClosed(this, failed));
    }

    private void onFrame(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
            onDataFrame(frame);
        }
    }

    private void onDataFrame(WebSocketFrame frame) {
        if (frame.isFinal() && !frame.isContinuation()) {
            if (frame.binaryData().length() > limits.maxPayloadBytes()) {
                tooMuch();
            } else if (frame.isText()) {
                onText(frame.textData());
            } else {
                onBinary(frame.binaryData());
            }
            return;
        }
        var message = begun(frame);
        fragmentCount++;
        if (fragmentCount > limits.maxFragments()
                || message.length() + frame.binaryData().length() > limits.maxPayloadBytes()) {
            tooMuch();
            return;
        }
        message.appendBuffer(frame.binaryData());
        if (frame.isFinal()) {
            cancelTimer();
            partial = null;
            if (partialIsText) {
                onText(message.toString(StandardCharsets.UTF_8));
            } else {
                onBinary(message);
            }
        }
    }

    private Buffer begun(WebSocketFrame frame) {
        var message = partial;
        if (message != null) {
            return message;
        }
        message = Buffer.buffer();
        partial = message;
        partialIsText = frame.isText();
        fragmentCount = 0;
        timer = vertx.setTimer(limits.messageTimeout().toMillis(), _ -> tooMuch());
        return message;
    }

    private void cancelTimer() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private void tooMuch() {
        webSocket.frameHandler(_ -> {});
        webSocket.close(MESSAGE_TOO_BIG);
        closed(true);
    }

    private void onText(String text) {
        session.run((engine, now) -> engine.receiveText(this, text, now));
    }

    private void onBinary(Buffer bytes) {
        var copy = bytes.getBytes();
        session.run((engine, now) -> engine.receiveBinary(this, copy, now));
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
        webSocket.pause();
    }

    @Override
    public void resume() {
        webSocket.resume();
    }

    @Override
    public void close() {
        writer.finish(
                () -> {
                    if (!webSocket.isClosed()) {
                        webSocket.resume(); // its close frame must be read
                        webSocket.close();
                    }
                });
    }
}
