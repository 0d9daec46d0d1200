// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import noom.socketio.adapter.Adapter;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.adapter.Selection;
import noom.socketio.adapter.ServerAnswers;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// A part of the server that clients join by name. May be used from any thread.
///
/// Memory order: a socket enters `sockets` on its loop before its connection handler is queued, so
/// every handler finds its own socket there; it leaves on its handler thread, after the
/// `disconnecting` handlers.
public final class Namespace {
    private final SocketIoServer server;
    private final String name;
    private final Adapter adapter;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<SocketHandler<Socket>> connectionHandlers = new CopyOnWriteArrayList<>();
    private final List<RoomListener> roomListeners = new CopyOnWriteArrayList<>();
    private final Map<String, List<Consumer<ServerSideEvent>>> serverSideHandlers =
            new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();
    private final @Nullable ParentNamespace parent;

    /// Sockets that are in or on their way; changed only within `compute` of the server's map.
    private int users;

    /// @param parent null if the application made it
    Namespace(
            SocketIoServer server,
            String name,
            Adapter.Factory adapters,
            @Nullable ParentNamespace parent) {
        this.server = server;
        this.name = name;
        this.parent = parent;
        this.adapter = adapters.create(name, new LocalDelivery(this, sockets));
    }

    /// Its name; begins with `/`.
    public String name() {
        return name;
    }

    /// The server it belongs to.
    public SocketIoServer server() {
        return server;
    }

    /// Rooms and their members.
    public Adapter adapter() {
        return adapter;
    }

    /// The connected sockets of this server by id: an unmodifiable view that follows them.
    public Map<String, Socket> sockets() {
        return Collections.unmodifiableMap(sockets);
    }

    /// Hears of every socket that joins, on the socket's handler thread. No event of the socket is
    /// handled before.
    public Namespace onConnection(SocketHandler<Socket> handler) {
        connectionHandlers.add(handler);
        return this;
    }

    /// Hears of every socket that joins, before the handlers that are there already: for
    /// instruments, which must know a socket before the application does something with it.
    public Namespace onConnectionFirst(SocketHandler<Socket> handler) {
        connectionHandlers.addFirst(handler);
        return this;
    }

    /// Hears of everything that changes in the rooms of this server's sockets.
    public Namespace onRooms(RoomListener listener) {
        roomListeners.add(listener);
        return this;
    }

    void tellRooms(Consumer<RoomListener> news) {
        for (var listener : roomListeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) { // the rooms are as they are
                server.reportServerError("rooms", failure);
            }
        }
    }

    /// Asks this middleware about every socket that wants to join, after those that are there.
    public Namespace use(Middleware next) {
        middleware.add(next);
        return this;
    }

    /// Sends an event to every socket.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String event, @Nullable Object... arguments) {
        all().emit(event, arguments);
    }

    /// The sockets of these rooms.
    public Broadcast to(String... rooms) {
        return all().to(rooms);
    }

    /// The sockets of these rooms; the same as [#to].
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// The sockets that are in none of these rooms.
    public Broadcast except(String... rooms) {
        return all().except(rooms);
    }

    /// Every socket.
    public Broadcast all() {
        return new Broadcast(this, Selection.ALL, BroadcastFlags.NONE);
    }

    /// The sockets of this server only.
    public Broadcast local() {
        return all().local();
    }

    /// Every socket that takes it at once; see [Broadcast#asVolatile].
    public Broadcast asVolatile() {
        return all().asVolatile();
    }

    /// Every socket, compressed or not; see [Broadcast#compress].
    public Broadcast compress(boolean value) {
        return all().compress(value);
    }

    /// Every socket, with a time to answer; see [Broadcast#timeout].
    public Broadcast timeout(Duration timeout) {
        return all().timeout(timeout);
    }

    /// Asks every socket; see [Broadcast#emitWithAck].
    public CompletableFuture<BroadcastAnswers> emitWithAck(
            String event, @Nullable Object... arguments) {
        return all().emitWithAck(event, arguments);
    }

    /// Every socket; see [Broadcast#fetchSockets].
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return all().fetchSockets();
    }

    /// Puts every socket into rooms.
    public void socketsJoin(String... rooms) {
        all().socketsJoin(rooms);
    }

    /// Takes every socket out of rooms.
    public void socketsLeave(String... rooms) {
        all().socketsLeave(rooms);
    }

    /// Disconnects every socket.
    ///
    /// @param close whether their connections end too
    public void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }

    /// Hears of what other servers of the cluster say to this one, in the order of each; on a
    /// thread that may block. An exception is logged.
    public Namespace onServerSideEvent(String event, Consumer<ServerSideEvent> handler) {
        serverSideHandlers.computeIfAbsent(event, _ -> new CopyOnWriteArrayList<>()).add(handler);
        return this;
    }

    void onServerSideEvent(ServerSideEvent event) {
        for (var handler : serverSideHandlers.getOrDefault(event.name(), List.of())) {
            try {
                handler.accept(event);
            } catch (RuntimeException failure) {
                server.reportServerError(event.name(), failure);
            }
        }
    }

    /// Says something to the other servers of the cluster, not to this one.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        var packet = Socket.event(name, event, arguments);
        frames(packet); // refuses here
        adapter.serverSideEmit(packet.data());
    }

    /// Says something to the other servers of the cluster and collects an answer of each.
    ///
    /// @return completed when all have answered or 5 s have passed; it says how many are missing.
    ///     On a thread that may block
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public CompletableFuture<ServerAnswers> serverSideEmitWithAck(
            String event, @Nullable Object... arguments) {
        var packet = Socket.event(name, event, arguments);
        frames(packet); // refuses here
        return adapter.serverSideEmitWithAck(packet.data());
    }

    /// A packet as this server's clients understand it.
    ///
    /// @throws IllegalArgumentException if its data holds something that the parser has no word for
    Frames frames(Packet packet) {
        return Frames.of(packet, server.config().parser());
    }

    Frames frames(Packet packet, BroadcastFlags flags) {
        return Frames.of(server.config().parser().encode(packet), flags.compress());
    }

    /// Ids of answers are the namespace's own, so that all receivers of a broadcast have the same.
    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    void onConnected(Socket socket) {
        sockets.put(socket.id(), socket);
        socket.runHandlers(() -> socket.run(connectionHandlers, socket));
    }

    /// Takes a place in `sockets` before it is connected, so that what is sent to it is held.
    void onRestoring(Socket socket) {
        sockets.put(socket.id(), socket);
    }

    void onDisconnected(Socket socket) {
        forget(socket);
        release();
    }

    /// The map first: whoever still finds the rooms then finds no socket.
    void forget(Socket socket) {
        sockets.remove(socket.id(), socket);
        adapter.close(socket.id());
    }

    RecoverySettings recovery() {
        return server.config().recovery();
    }

    void enter() {
        users++;
    }

    /// One user less; true if it was the last of a namespace that is made on demand.
    boolean leave() {
        users--;
        return users == 0 && parent != null;
    }

    void release() {
        server.release(this);
    }

    @Nullable ParentNamespace parent() {
        return parent;
    }

    /// Asks all middleware in turn, on the socket's handler thread or where they answer.
    ///
    /// @param decision takes null for "let it in"
    void runMiddleware(Socket socket, Consumer<Membership.@Nullable Refusal> decision) {
        new MiddlewareWalk(socket, List.copyOf(middleware), decision).step(0);
    }

    private final class MiddlewareWalk {
        private final Socket socket;
        private final List<Middleware> chain;
        private final Consumer<Membership.@Nullable Refusal> decision;

        MiddlewareWalk(
                Socket socket,
                List<Middleware> chain,
                Consumer<Membership.@Nullable Refusal> decision) {
            this.socket = socket;
            this.chain = chain;
            this.decision = decision;
        }

        void step(int index) {
            if (index == chain.size()) {
                decision.accept(null);
                return;
            }
            try {
                chain.get(index).handle(socket, new Step(index));
            } catch (Throwable failure) {
                decision.accept(new Membership.Refusal("Internal server error", null));
                server.reportHandlerError(socket, failure);
            }
        }

        private final class Step implements Middleware.Next {
            private final int index;
            private final AtomicBoolean taken = new AtomicBoolean();

            Step(int index) {
                this.index = index;
            }

            @Override
            public void proceed() {
                if (taken.compareAndSet(false, true)) {
                    step(index + 1);
                }
            }

            @Override
            public void refuse(String message, @Nullable Object data) {
                if (taken.compareAndSet(false, true)) {
                    decision.accept(new Membership.Refusal(message, data));
                }
            }
        }
    }
}
