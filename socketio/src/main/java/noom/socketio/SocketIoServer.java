// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import noom.socketio.adapter.Adapter;
import noom.socketio.adapter.InMemoryAdapter;
import noom.socketio.engine.EngineApplication;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// A Socket.IO server. May be used from any thread; mount it with a binding.
///
/// ```java
/// var io = new SocketIoServer();
/// io.onConnection(socket -> {
///     socket.on("new_message", event -> {
///         socket.to(event.string(1)).emit("new_message", event.string(0));
///         event.ack();
///     });
/// });
/// ```
/// Memory order: `connections` and `namespaces` publish safely; a connection that arrives while
/// [#close] runs either is seen by it or sees `closed` and ends itself, because it is added before
/// it looks and `close` sets before it walks.
public final class SocketIoServer implements EngineApplication {
    private static final Logger LOG = System.getLogger(SocketIoServer.class.getName());

    private final SocketIoConfig config;
    private final Adapter.Factory adapters;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextConnection = new AtomicLong();
    private final Unconnected unconnected;
    private final CopyOnWriteArrayList<BiConsumer<Socket, Throwable>> errorHandlers =
            new CopyOnWriteArrayList<>();
    private final Namespace main;
    private volatile boolean closed;

    /// A server with the official server's settings.
    public SocketIoServer() {
        this(SocketIoConfig.defaults());
    }

    /// A server that knows itself alone.
    public SocketIoServer(SocketIoConfig config) {
        this(config, (_, sockets) -> new InMemoryAdapter(sockets));
    }

    /// A server with adapters of your choice.
    public SocketIoServer(SocketIoConfig config, Adapter.Factory adapters) {
        this.config = config;
        this.adapters = adapters;
        this.unconnected = new Unconnected(config.maxUnconnected());
        this.main = of(Packet.MAIN_NAMESPACE);
    }

    /// The settings.
    public SocketIoConfig config() {
        return config;
    }

    /// The namespace with this name, made if there is none yet.
    ///
    /// Clients ask for it by exactly this name: case counts, nothing is decoded, and a `/` at the
    /// end is part of it. A packet ends the name at its first comma (Socket.IO protocol, revision
    /// 5, "Packet encoding"), so a name with one could never be asked for.
    ///
    /// @param name with or without its leading `/`; empty is the main namespace
    /// @throws IllegalArgumentException if the name has a comma
    public Namespace of(String name) {
        var full = name.startsWith("/") ? name : "/" + name;
        if (full.contains(",")) {
            throw new IllegalArgumentException("namespace with a comma: " + name);
        }
        return namespaces.computeIfAbsent(full, _ -> new Namespace(this, full, adapters));
    }

    /// Hears of every socket that joins the main namespace.
    public SocketIoServer onConnection(SocketHandler<Socket> handler) {
        main.onConnection(handler);
        return this;
    }

    /// Asks this middleware about every socket that wants to join the main namespace.
    public SocketIoServer use(Middleware middleware) {
        main.use(middleware);
        return this;
    }

    /// Sends an event to every socket of the main namespace.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String event, @Nullable Object... arguments) {
        main.emit(event, arguments);
    }

    /// The sockets of these rooms of the main namespace.
    public Broadcast to(String... rooms) {
        return main.to(rooms);
    }

    /// The sockets of these rooms of the main namespace; the same as [#to].
    public Broadcast in(String... rooms) {
        return main.in(rooms);
    }

    /// The sockets of the main namespace that are in none of these rooms.
    public Broadcast except(String... rooms) {
        return main.except(rooms);
    }

    /// Rooms of the main namespace.
    public Adapter adapter() {
        return main.adapter();
    }

    /// The connected sockets of the main namespace by id: an unmodifiable view that follows them.
    public Map<String, Socket> sockets() {
        return main.sockets();
    }

    /// Connections that have joined no namespace yet, for metrics.
    public int unconnectedCount() {
        return unconnected.count();
    }

    /// The namespaces by name: an unmodifiable view that follows them.
    public Map<String, Namespace> namespaces() {
        return Collections.unmodifiableMap(namespaces);
    }

    /// Hears of exceptions in handlers and middleware, on the thread where they were thrown.
    /// Without any, they are logged as warnings; so is what such a handler throws itself.
    public SocketIoServer onHandlerError(BiConsumer<Socket, Throwable> handler) {
        errorHandlers.add(handler);
        return this;
    }

    /// Disconnects everybody (`server shutting down`) and refuses who comes after. The
    /// handlers hear of it on their threads, after this returned.
    public void close() {
        closed = true;
        for (var connection : connections) {
            connection.host().loop().execute(connection::shutDown);
        }
    }

    /// Ends in order: refuses newcomers (503), tells every socket's handlers (`server shutting
    /// down`), sends what waits, and ends each connection as soon as it has nothing left. Official
    /// clients come back by themselves, to whatever answers then.
    ///
    /// @param drain the longest wait for clients that do not take what waits for them
    /// @return completed on a thread of its own when every connection has ended; close the HTTP
    ///     server then
    public CompletableFuture<Void> close(Duration drain) {
        closed = true;
        var ends = new ArrayList<CompletableFuture<Void>>();
        for (var connection : connections) {
            var end = new CompletableFuture<Void>();
            ends.add(end);
            connection
                    .host()
                    .loop()
                    .execute(() -> connection.shutDown(drain.toNanos(), () -> end.complete(null)));
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    @Override
    public boolean isClosing() {
        return closed;
    }

    @Override
    public EngineSession.Sink accept(
            EngineSession session, SessionHost host, EngineRequest request) {
        var connection =
                new Connection(this, nextConnection.getAndIncrement(), session, host, request);
        connections.add(connection);
        unconnected.add(connection);
        if (closed) {
            host.loop().execute(connection::shutDown);
        }
        return connection;
    }

    void onJoined(Connection connection) {
        unconnected.remove(connection);
    }

    void forget(Connection connection) {
        unconnected.remove(connection);
    }

    void onGone(Connection connection) {
        connections.remove(connection);
    }

    @Nullable Namespace find(String name) {
        return namespaces.get(name);
    }

    /// A handler without a socket failed.
    void reportServerError(String event, Throwable failure) {
        LOG.log(Level.WARNING, "server-side handler failed, event=" + event, failure);
    }

    void reportHandlerError(Socket socket, Throwable failure) {
        if (errorHandlers.isEmpty()) {
            LOG.log(Level.WARNING, "handler failed, socket=" + socket.id(), failure);
        }
        for (var handler : errorHandlers) {
            try {
                handler.accept(socket, failure);
            } catch (RuntimeException e) { // must not keep a socket from leaving its rooms
                LOG.log(Level.WARNING, "error handler failed, socket=" + socket.id(), e);
            }
        }
    }
}
