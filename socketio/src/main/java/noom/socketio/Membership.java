// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.StoredSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// One client's membership of one namespace: the loop's side of a [Socket].
///
/// ```
///              middleware lets it in         any end
///   JOINING ─────────────────────────► IN ─────────────► OUT
///      └── refused, or the connection ended ─────────────►
/// ```
/// A client that comes back with the secret of a session is JOINING while the session is looked up;
/// then it takes the session's place, see [Restoration], or joins as a newcomer.
///
/// Owner: the web loop of its connection.
final class Membership {
    /// Events between two marks in the handler's queue; see [SocketLimits#maxQueuedEvents].
    private static final int MARK_INTERVAL = 64;

    /// Bytes between two marks; see [SocketLimits#maxQueuedBytes].
    private static final long MARK_BYTES = 64 << 10;

    private final Connection connection;
    private final Namespace namespace;
    private final Packet.Connect connect;
    private final SessionHost host;
    private final PendingAcks acks;
    private @Nullable Socket socket;
    private @Nullable Restoration restoration;
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
        this.connect = connect;
    }

    private Socket newSocket(String id, String pid, @Nullable Object data) {
        var made =
                new Socket(
                        id,
                        pid,
                        namespace,
                        this,
                        connection.handshake(connect.data()),
                        host.newHandlerThread());
        if (data instanceof Map<?, ?> map) {
            map.forEach((name, value) -> made.remember(String.valueOf(name), value));
        }
        return made;
    }

    private Socket socket() {
        return Objects.requireNonNull(socket);
    }

    SessionHost host() {
        return host;
    }

    Connection connection() {
        return connection;
    }

    /// A WebSocket has taken over.
    void onTransport(String transport) {
        if (socket != null) {
            socket.onTransport(transport);
        }
    }

    boolean isIn() {
        return state == State.IN;
    }

    /// Looks for the client's session if it says it has one, then joins.
    void begin() {
        if (namespace.recovery().isOn()
                && connect.data().get("pid") instanceof String pid
                && connect.data().get("offset") instanceof String offset) {
            CompletionStage<Optional<StoredSession>> claim =
                    namespace.adapter().sessions().claim(pid, offset, host.nowNanos());
            claim.exceptionally(_ -> Optional.empty())
                    .thenAccept(found -> host.loop().execute(() -> claimed(found, offset)));
        } else {
            joinAsNewcomer();
        }
    }

    private void joinAsNewcomer() {
        var pid = namespace.recovery().isOn() ? host.newId() : "";
        var made = newSocket(host.newId(), pid, null);
        socket = made;
        namespace.adapter().open(made.id());
        askMiddleware(made);
    }

    /// Runs the middleware, then comes back to the loop.
    private void askMiddleware(Socket asking) {
        asking.runHandlers(
                () ->
                        namespace.runMiddleware(
                                asking,
                                once(refusal -> host.loop().execute(() -> decided(refusal)))));
    }

    private void claimed(Optional<StoredSession> found, String offset) {
        if (found.isEmpty()) {
            if (state == State.JOINING) {
                joinAsNewcomer();
            }
            return;
        }
        var session = found.get();
        var adapter = namespace.adapter();
        if (state != State.JOINING || adapter.sids().containsKey(session.sid())) {
            adapter.sessions().persist(session, host.nowNanos());
            if (state == State.JOINING) { // its last handlers still run
                joinAsNewcomer();
            }
            return;
        }
        restoration = new Restoration(session, offset);
        var made = newSocket(session.sid(), session.pid(), session.data());
        socket = made;
        adapter.open(made.id());
        adapter.join(made.id(), session.rooms());
        namespace.onRestoring(made);
        CompletionStage<Optional<List<List<@Nullable Object>>>> missed =
                adapter.sessions().missed(session, offset);
        missed.handle(
                        (events, failure) ->
                                failure == null
                                        ? events
                                        : Optional.<List<List<@Nullable Object>>>empty())
                .thenAccept(
                        (Optional<List<List<@Nullable Object>>> events) ->
                                host.loop().execute(() -> restored(events)));
    }

    private void restored(Optional<List<List<@Nullable Object>>> missed) {
        var restoring = restoration;
        if (state != State.JOINING || restoring == null) {
            return;
        }
        if (missed.isEmpty()) {
            restoration = null;
            namespace.forget(socket());
            joinAsNewcomer();
            return;
        }
        restoring.setMissed(missed.get());
        socket().setRecovered();
        if (namespace.recovery().skipMiddleware()) {
            admit();
        } else {
            askMiddleware(socket());
        }
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
        if (refusal == null) {
            admit();
            return;
        }
        state = State.OUT;
        namespace.forget(socket());
        namespace.release();
        connection.refuse(namespace.name(), refusal);
    }

    private void admit() {
        var admitted = socket();
        state = State.IN;
        namespace.adapter().join(admitted.id(), List.of(admitted.id()));
        admitted.onConnected();
        var restoring = restoration;
        if (restoring != null) { // the official server tells the missed events first, too
            for (List<@Nullable Object> data : restoring.missed()) {
                connection.writeMissed(event(data));
            }
        }
        connection.write(
                connection.frames(new Packet.Connect(namespace.name(), admitted.identity())));
        if (restoring != null) {
            restoring.takeHeld().forEach(connection::write);
        }
        namespace.onConnected(admitted);
        connection.onJoined();
    }

    private Frames event(List<@Nullable Object> data) {
        return connection.frames(new Packet.Event(namespace.name(), data, Packet.NO_ACK));
    }

    void receive(Packet.Event event, long sizeBytes) {
        var arguments = new EventArguments(event.data(), answerTo(event));
        var hearing = socket();
        hearing.runHandlers(() -> hearing.onEvent(arguments));
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
        socket().runHandlers(
                        () -> host.loop().execute(() -> connection.markReached(events, bytes)));
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
    ///
    /// @param offset empty if it has none
    void write(Frames frames, BroadcastFlags flags, String offset) {
        var restoring = restoration;
        if (restoring != null && state == State.JOINING) {
            if (!flags.isVolatile()) {
                restoring.hold(frames, offset);
            }
        } else if ((restoring == null || restoring.isNew(offset))
                && (!flags.isVolatile() || connection.isWritable())) {
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
            case JOINING -> giveUp();
            case IN -> {
                acks.failAll();
                var ended = socket();
                ended.runHandlers(() -> ended.onEnd(reason));
                mark(MARK_INTERVAL); // what still waits here counts even if the client comes again
            }
            case OUT -> {}
        }
    }

    /// The connection ended before it was in; a session that it had claimed waits again.
    private void giveUp() {
        var restoring = restoration;
        if (restoring != null) {
            namespace.adapter().sessions().persist(restoring.session(), host.nowNanos());
        }
        if (socket != null) {
            namespace.forget(socket);
        }
        namespace.release();
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
