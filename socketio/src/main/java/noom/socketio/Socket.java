// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.Selection;
import noom.socketio.adapter.SocketDetails;
import noom.socketio.adapter.StoredSession;
import noom.socketio.engine.EngineConfig;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketDecoder;
import org.jspecify.annotations.Nullable;

/// One client in one namespace. May be used from any thread.
///
/// Whatever is sent from one thread, to this socket or by a broadcast, arrives in that order: every
/// write is a task on the socket's loop. (Broadcasts over several servers wait for the transport
/// between these, and may be overtaken.) What is sent before the socket is connected or after it is
/// not any more is dropped.
///
/// Memory order: `connected` is written by the loop (true) and by the handler thread (false) and
/// read by anyone; so is `recovered`, by the loop before any handler runs, and `transport`, by the
/// loop; nothing else is published through them.
public final class Socket {
    private final String id;
    private final String pid;
    private final Namespace namespace;
    private final Membership membership;
    private final Handshake handshake;
    private final Executor handlerThread;
    private final Listeners listeners = new Listeners();
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();
    private volatile String transport;
    private volatile boolean connected;
    private volatile boolean recovered;

    /// @param pid the secret of its session, empty if there is no recovery
    Socket(
            String id,
            String pid,
            Namespace namespace,
            Membership membership,
            Handshake handshake,
            Executor handlerThread) {
        this.id = id;
        this.pid = pid;
        this.namespace = namespace;
        this.membership = membership;
        this.handshake = handshake;
        this.handlerThread = handlerThread;
        this.transport = membership.connection().transport();
    }

    /// The public id: of this client in this namespace, not of its connection. Also the name of the
    /// socket's own room.
    public String id() {
        return id;
    }

    /// The namespace it is in.
    public Namespace namespace() {
        return namespace;
    }

    /// What the client said when it came.
    public Handshake handshake() {
        return handshake;
    }

    /// What carries its connection now: `polling` or `websocket`.
    public String transport() {
        return transport;
    }

    /// Hears that a WebSocket has taken over from polling.
    public Socket onTransport(SocketHandler<String> handler) {
        listeners.transport().add(handler);
        return this;
    }

    void onTransport(String name) {
        transport = name;
        runHandlers(() -> run(listeners.transport(), name));
    }

    /// A name for its connection, the same for all sockets of one client. It says nothing of the
    /// session's secret id.
    public String connectionId() {
        return membership.connection().publicId();
    }

    /// What the application remembers of this socket; no null. With recovery, and in a cluster, it
    /// is sent to other servers: plain values then, of the types that [#emit] takes.
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    /// True from before the connection handler until after the `disconnecting` handlers.
    public boolean isConnected() {
        return connected;
    }

    /// Whether it was connected before and has got what it missed: its id, rooms and data are those
    /// it had (connection state recovery, [SocketIoConfig#recovery]).
    public boolean recovered() {
        return recovered;
    }

    /// Sends an event.
    ///
    /// @param arguments strings, numbers, booleans, null, `byte[]`, collections and maps of these
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String name, @Nullable Object... arguments) {
        emit(BroadcastFlags.NONE, name, arguments);
    }

    /// Sends an event that wants an answer.
    ///
    /// @param timeout from when the loop writes the event; [SocketLimits#ackTimeout] if that is
    ///     shorter
    /// @return completed on a thread of its own, so a handler may wait for it; fails with
    ///     [AckFailedException] on time-out, disconnection, or when too many answers are owed
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public CompletableFuture<AckArguments> emitWithAck(
            Duration timeout, String name, @Nullable Object... arguments) {
        var packet = event(namespace.name(), name, arguments);
        long id = namespace.nextAckId();
        var frames = namespace.frames(new Packet.Event(packet.namespace(), packet.data(), id));
        var answer = new CompletableFuture<AckArguments>();
        notifyOutgoing(packet);
        membership.host().loop().execute(() -> membership.request(frames, id, timeout, answer));
        return answer;
    }

    /// Sends an event that wants an answer within [SocketLimits#ackTimeout].
    ///
    /// @return as above
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public CompletableFuture<AckArguments> emitWithAck(String name, @Nullable Object... arguments) {
        return emitWithAck(EngineConfig.UNLIMITED_TIME, name, arguments);
    }

    void emit(BroadcastFlags flags, String name, @Nullable Object... arguments) {
        var packet = event(namespace.name(), name, arguments);
        if (namespace.recovery().isOn() && !flags.isVolatile()) {
            namespace.adapter().broadcast(packet, Selection.ALL.withRooms(id), flags);
            return;
        }
        var frames = namespace.frames(packet, flags);
        notifyOutgoing(packet);
        membership.host().loop().execute(() -> membership.write(frames, flags, ""));
    }

    static Packet.Event event(String namespace, String name, @Nullable Object... arguments) {
        if (PacketDecoder.RESERVED_EVENTS.contains(name)) {
            throw new IllegalArgumentException("reserved event name: " + name);
        }
        var data = new ArrayList<@Nullable Object>(arguments.length + 1);
        data.add(name);
        Collections.addAll(data, arguments);
        return new Packet.Event(namespace, data, Packet.NO_ACK);
    }

    /// Sends what follows only if the client takes it at once, else drops it; see
    /// [SocketLimits#volatileBytes].
    public SocketEmitter asVolatile() {
        return new SocketEmitter(this, BroadcastFlags.NONE.asVolatile());
    }

    /// Sends what follows with this flag; see [Broadcast#compress].
    public SocketEmitter compress(boolean value) {
        return new SocketEmitter(this, BroadcastFlags.NONE.withCompress(value));
    }

    /// Hears of events with this name, after the handlers that are there already.
    public Socket on(String name, SocketHandler<EventArguments> handler) {
        listeners.add(name, handler);
        return this;
    }

    /// Forgets all handlers for this name.
    public Socket off(String name) {
        listeners.remove(name);
        return this;
    }

    /// Forgets one handler for this name.
    public Socket off(String name, SocketHandler<EventArguments> handler) {
        listeners.remove(name, handler);
        return this;
    }

    /// Asks about every event, after the handlers of [#onAny] and before its own: the first that
    /// says no drops it.
    public Socket use(EventMiddleware middleware) {
        listeners.middleware().add(middleware);
        return this;
    }

    /// Hears of every event, before its own handlers.
    public Socket onAny(SocketHandler<EventArguments> handler) {
        listeners.any().add(handler);
        return this;
    }

    /// Forgets one handler for every event.
    public Socket offAny(SocketHandler<EventArguments> handler) {
        listeners.any().remove(handler);
        return this;
    }

    /// Forgets all handlers for every event.
    public Socket offAny() {
        listeners.any().clear();
        return this;
    }

    /// Hears of every event that is sent to this client, by broadcasts too; not of acks. Called on
    /// the handler thread, so it may be on its way already, or dropped.
    public Socket onAnyOutgoing(SocketHandler<EventArguments> handler) {
        listeners.outgoing().add(handler);
        return this;
    }

    /// Forgets one handler for outgoing events.
    public Socket offAnyOutgoing(SocketHandler<EventArguments> handler) {
        listeners.outgoing().remove(handler);
        return this;
    }

    /// Forgets all handlers for outgoing events.
    public Socket offAnyOutgoing() {
        listeners.outgoing().clear();
        return this;
    }

    /// Hears that the socket is going, while it is still in its rooms.
    public Socket onDisconnecting(SocketHandler<DisconnectReason> handler) {
        listeners.disconnecting().add(handler);
        return this;
    }

    /// Hears that the socket has gone and left its rooms.
    public Socket onDisconnect(SocketHandler<DisconnectReason> handler) {
        listeners.disconnected().add(handler);
        return this;
    }

    /// Enters rooms, in this order; does nothing for a socket that has gone.
    ///
    /// The limit holds for one caller at a time: threads that let the same socket join at once may
    /// exceed it, each by the rooms of one call.
    ///
    /// @throws EventRefusedException `too-many-rooms`, if that would be more than the limit
    public void join(String... rooms) {
        var joined = new LinkedHashSet<>(Arrays.asList(rooms));
        var mine = rooms();
        long others =
                joined.stream().filter(room -> !mine.contains(room) && !room.equals(id)).count();
        long own = mine.contains(id) ? 1 : 0;
        if (mine.size() - own + others > membership.connection().config().sockets().maxRooms()) {
            throw new EventRefusedException("too-many-rooms", "socket is in " + mine.size());
        }
        namespace.adapter().join(id, joined);
    }

    /// Leaves a room; does nothing if it is not in it.
    public void leave(String room) {
        namespace.adapter().leave(id, room);
    }

    /// The rooms it is in, its own first; does not change.
    public Set<String> rooms() {
        return namespace.adapter().sids().getOrDefault(id, Set.of());
    }

    /// To the others in these rooms.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /// To the others in these rooms; the same as [#to].
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// To all others that are in none of these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// To all others of the namespace.
    public Broadcast broadcast() {
        return new Broadcast(namespace, Selection.ALL.withoutRooms(id), BroadcastFlags.NONE);
    }

    /// Makes it leave the namespace (`server namespace disconnect`); the client does not come back
    /// by itself, and is not recovered. Returns at once.
    ///
    /// @param close whether its connection ends, with all its namespaces
    public void disconnect(boolean close) {
        membership.host().loop().execute(() -> membership.disconnect(close));
    }

    Membership membership() {
        return membership;
    }

    /// As servers of a cluster tell it each other.
    SocketDetails details() {
        return new SocketDetails(id, handshake.toObject(), List.copyOf(rooms()), plainData());
    }

    private Map<String, Object> plainData() {
        return new LinkedHashMap<>(data);
    }

    void remember(String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    void setRecovered() {
        recovered = true;
    }

    /// What a client is told when it is in.
    Map<String, @Nullable Object> identity() {
        var identity = new LinkedHashMap<String, @Nullable Object>();
        identity.put("sid", id);
        if (!pid.isEmpty()) {
            identity.put("pid", pid);
        }
        return identity;
    }

    /// Tells who wants to hear what is sent to this socket.
    void notifyOutgoing(Packet.Event packet) {
        if (!listeners.outgoing().isEmpty()) {
            var event = new EventArguments(packet.data(), null);
            runHandlers(() -> run(listeners.outgoing(), event));
        }
    }

    void onConnected() {
        connected = true;
    }

    /// Runs in turn with everything else that this socket's handlers do.
    void runHandlers(Runnable task) {
        handlerThread.execute(task);
    }

    void onEvent(EventArguments event) {
        try {
            for (var handler : listeners.any()) {
                handler.handle(event);
            }
            for (var middleware : listeners.middleware()) {
                if (!middleware.admits(event)) {
                    return;
                }
            }
            for (var handler : listeners.named(event.name())) {
                handler.handle(event);
            }
        } catch (EventRefusedException refusal) {
            event.ack(Map.of("error", refusal.code()));
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    void onEnd(DisconnectReason reason) {
        run(listeners.disconnecting(), reason);
        if (reason.isRecoverable() && namespace.recovery().isOn()) {
            keepForReturn();
        }
        namespace.onDisconnected(this);
        connected = false;
        run(listeners.disconnected(), reason);
    }

    /// A store may refuse data that is not plain: then the client comes back as a newcomer.
    private void keepForReturn() {
        try {
            var session = new StoredSession(id, pid, List.copyOf(rooms()), plainData());
            namespace.adapter().sessions().persist(session, membership.host().nowNanos());
        } catch (RuntimeException e) {
            namespace.server().reportHandlerError(this, e);
        }
    }

    /// Every handler is called, whatever the others do; see [SocketHandler].
    <T> void run(List<SocketHandler<T>> handlers, T occasion) {
        for (var handler : handlers) {
            try {
                handler.handle(occasion);
            } catch (Throwable failure) {
                failed(failure);
            }
        }
    }

    private void failed(Throwable failure) {
        membership
                .host()
                .loop()
                .execute(() -> membership.connection().fail(DisconnectReason.FORCED_SERVER_CLOSE));
        namespace.server().reportHandlerError(this, failure);
    }
}
