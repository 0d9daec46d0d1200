// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.engine.SessionHost;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// One client's membership of one namespace: the loop's side of a [Socket].
///
/// ```
///            middleware lets it in         any end
///   JOINING ───────────────────────► IN ─────────────► OUT
///      └── refused, or the connection ended ───────────►
/// ```
/// Owner: the web loop of its connection.
final class Membership {
    /// Events between two marks in the handler's queue; see [SocketLimits#maxQueuedEvents].
    private static final int MARK_INTERVAL = 64;

    /// Bytes between two marks; see [SocketLimits#maxQueuedBytes].
    private static final long MARK_BYTES = 64 << 10;

    private final Connection connection;
    private final Namespace namespace;
    private final Socket socket;
    private final SessionHost host;
    private final PendingAcks acks;
    private State state = State.JOINING;
    private int eventsSinceMark;
    private long bytesSinceMark;

    private enum State {
        JOINING,
        IN,
        OUT
    }

    Membership(Connection connection, Namespace namespace, Packet.Connect connect) {
        this.connection = connection;
        this.namespace = namespace;
        this.host = connection.host();
        this.acks =
                new PendingAcks(connection.config().sockets().maxPendingAcks(), host.callbacks());
        this.socket =
                new Socket(
                        host.newId(),
                        namespace,
                        this,
                        connection.handshake(connect.data()),
                        host.newHandlerThread());
    }

    SessionHost host() {
        return host;
    }

    Connection connection() {
        return connection;
    }

    boolean isIn() {
        return state == State.IN;
    }

    /// Runs the middleware, then comes back to the loop.
    void begin() {
        namespace.adapter().open(socket.id());
        socket.runHandlers(
                () ->
                        namespace.runMiddleware(
                                socket,
                                once(refusal -> host.loop().execute(() -> decided(refusal)))));
    }

    private static Consumer<@Nullable Refusal> once(Consumer<@Nullable Refusal> decision) {
        var decided = new AtomicBoolean();
        return refusal -> {
            if (decided.compareAndSet(false, true)) {
                decision.accept(refusal);
            }
        };
    }

    private void decided(@Nullable Refusal refusal) {
        if (state != State.JOINING) {
            return; // the connection ended meanwhile: no event, and the rooms are undone
        }
        if (refusal != null) {
            state = State.OUT;
            namespace.adapter().close(socket.id());
            connection.refuse(namespace.name(), refusal);
            return;
        }
        state = State.IN;
        namespace.adapter().join(socket.id(), List.of(socket.id()));
        socket.onConnected();
        connection.write(
                connection.frames(
                        new Packet.Connect(namespace.name(), Map.of("sid", socket.id()))));
        namespace.onConnected(socket);
        connection.onJoined();
    }

    void receive(Packet.Event event, long sizeBytes) {
        var arguments = new EventArguments(event.data(), answerTo(event));
        socket.runHandlers(() -> socket.onEvent(arguments));
        eventsSinceMark++;
        bytesSinceMark += sizeBytes;
        if (eventsSinceMark == MARK_INTERVAL || bytesSinceMark >= MARK_BYTES) {
            mark(eventsSinceMark);
        }
    }

    /// An event over the rate is dropped.
    void refuse(Packet.Event event) {
        new EventArguments(event.data(), answerTo(event)).ack(Map.of("error", "rate-limited"));
    }

    private void mark(int events) {
        long bytes = bytesSinceMark;
        eventsSinceMark = 0;
        bytesSinceMark = 0;
        connection.markQueued(events, bytes);
        socket.runHandlers(() -> host.loop().execute(() -> connection.markReached(events, bytes)));
    }

    private @Nullable Consumer<List<@Nullable Object>> answerTo(Packet.Event event) {
        if (event.ackId() == Packet.NO_ACK) {
            return null;
        }
        return (List<@Nullable Object> data) -> {
            var frames = connection.frames(new Packet.Ack(namespace.name(), data, event.ackId()));
            host.loop().execute(() -> write(frames));
        };
    }

    void receive(Packet.Ack ack) {
        acks.complete(ack.ackId(), ack.data());
    }

    void write(Frames frames) {
        if (state == State.IN) {
            connection.write(frames);
        }
    }

    /// Sends an event, or drops it if it is volatile and the client does not take it at once.
    void write(Frames frames, BroadcastFlags flags) {
        if (!flags.isVolatile() || connection.isWritable()) {
            write(frames);
        }
    }

    /// Sends an event whose answer completes `future`.
    ///
    /// @param id of the answer, the same as in the frames
    void request(Frames frames, long id, Duration timeout, CompletableFuture<AckArguments> future) {
        if (state != State.IN) {
            acks.add(id, future, Long.MAX_VALUE);
            acks.failAll();
            return;
        }
        var longest = connection.config().sockets().ackTimeout();
        long timeoutNanos = (timeout.compareTo(longest) < 0 ? timeout : longest).toNanos();
        acks.add(id, future, host.nowNanos() + timeoutNanos);
        connection.write(frames);
    }

    void disconnect(boolean closeConnection) {
        if (state == State.IN) {
            if (closeConnection) {
                connection.disconnectAll();
            } else {
                connection.write(connection.frames(new Packet.Disconnect(namespace.name())));
                connection.leftByServer(namespace.name());
                end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            }
        }
    }

    /// The socket is out; its handlers hear of it after all events that came before.
    void end(DisconnectReason reason) {
        var before = state;
        state = State.OUT;
        switch (before) {
            // A middleware that still runs can join no more: the adapter has forgotten the socket.
            case JOINING -> namespace.adapter().close(socket.id());
            case IN -> {
                acks.failAll();
                socket.runHandlers(() -> socket.onEnd(reason));
                mark(MARK_INTERVAL); // what still waits counts even if the client comes again
            }
            case OUT -> {}
        }
    }

    long nextDeadlineNanos() {
        return acks.nextDeadlineNanos();
    }

    void advance(long nowNanos) {
        acks.advance(nowNanos);
    }

    /// Why a middleware said no.
    ///
    /// @param data null for none
    record Refusal(String message, @Nullable Object data) {}
}
