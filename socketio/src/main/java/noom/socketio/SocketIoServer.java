// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import noom.socketio.adapter.Adapter;
import noom.socketio.adapter.InMemoryAdapter;
import noom.socketio.adapter.ServerAnswers;
import noom.socketio.engine.EngineApplication;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionSink;
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
    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> newNamespaceHandlers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable ConnectionObserver> observer = new AtomicReference<>();
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
        var known = namespaces.get(full);
        if (known != null) {
            return known;
        }
        var made = new ArrayList<Namespace>();
        var there = namespaces.computeIfAbsent(full, _ -> make(full, null, made));
        made.forEach(this::announce);
        return there;
    }

    /// Namespaces whose names this pattern finds something in, made when a client asks for one;
    /// `^/room-[0-9]+$` is a whole name.
    public ParentNamespace of(Pattern names) {
        return of((name, _) -> names.matcher(name).find());
    }

    /// Namespaces that this rule admits by name and handshake, made when a client asks for one. It
    /// runs on the client's event loop and must not block; an exception means no.
    public ParentNamespace of(BiPredicate<String, Handshake> names) {
        var parent = new ParentNamespace(names);
        parents.add(parent);
        return parent;
    }

    /// Hears of every namespace that is made from now on, before a socket is in it.
    public SocketIoServer onNewNamespace(Consumer<Namespace> handler) {
        newNamespaceHandlers.add(handler);
        return this;
    }

    private Namespace make(String name, @Nullable ParentNamespace parent, List<Namespace> made) {
        var namespace = new Namespace(this, name, adapters, parent);
        if (parent != null) {
            parent.adopt(namespace);
        }
        made.add(namespace);
        return namespace;
    }

    private void announce(Namespace namespace) {
        newNamespaceHandlers.forEach(handler -> handler.accept(namespace));
    }

    /// A client wants to join: finds the namespace, or makes it if a parent says so.
    ///
    /// @return null if there is none; else [#release] must be called, once
    @Nullable Namespace enter(String name, Handshake handshake) {
        var parent = namespaces.containsKey(name) ? null : parentOf(name, handshake);
        var made = new ArrayList<Namespace>();
        var there =
                namespaces.compute(
                        name,
                        (_, known) -> {
                            var chosen =
                                    known != null || parent == null
                                            ? known
                                            : make(name, parent, made);
                            if (chosen != null) {
                                chosen.enter();
                            }
                            return chosen;
                        });
        made.forEach(this::announce);
        return there;
    }

    private @Nullable ParentNamespace parentOf(String name, Handshake handshake) {
        for (var parent : parents) {
            try {
                if (parent.admits(name, handshake)) {
                    return parent;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "rule for namespaces failed", failure);
            }
        }
        return null;
    }

    /// A client has gone: an empty child ends if the settings say so.
    void release(Namespace left) {
        var ended = new ArrayList<Namespace>();
        namespaces.computeIfPresent(
                left.name(),
                (_, there) -> {
                    if (there.leave() && config.cleanupEmptyChildNamespaces()) {
                        ended.add(there);
                        return null;
                    }
                    return there;
                });
        for (var child : ended) {
            var parent = child.parent();
            if (parent != null) {
                parent.disown(child);
            }
            child.adapter().close();
        }
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

    /// The sockets of the main namespace on this server only.
    public Broadcast local() {
        return main.local();
    }

    /// The sockets of the main namespace that take it at once; see [Broadcast#asVolatile].
    public Broadcast asVolatile() {
        return main.asVolatile();
    }

    /// The sockets of the main namespace, compressed or not; see [Broadcast#compress].
    public Broadcast compress(boolean value) {
        return main.compress(value);
    }

    /// The sockets of the main namespace, with a time to answer; see [Broadcast#timeout].
    public Broadcast timeout(Duration timeout) {
        return main.timeout(timeout);
    }

    /// Asks every socket of the main namespace; see [Broadcast#emitWithAck].
    public CompletableFuture<BroadcastAnswers> emitWithAck(
            String event, @Nullable Object... arguments) {
        return main.emitWithAck(event, arguments);
    }

    /// Every socket of the main namespace; see [Broadcast#fetchSockets].
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return main.fetchSockets();
    }

    /// Puts every socket of the main namespace into rooms.
    public void socketsJoin(String... rooms) {
        main.socketsJoin(rooms);
    }

    /// Takes every socket of the main namespace out of rooms.
    public void socketsLeave(String... rooms) {
        main.socketsLeave(rooms);
    }

    /// Disconnects every socket of the main namespace.
    ///
    /// @param close whether their connections end too
    public void disconnectSockets(boolean close) {
        main.disconnectSockets(close);
    }

    /// Hears of what other servers say; see [Namespace#onServerSideEvent].
    public SocketIoServer onServerSideEvent(String event, Consumer<ServerSideEvent> handler) {
        main.onServerSideEvent(event, handler);
        return this;
    }

    /// Says something to the other servers; see [Namespace#serverSideEmit].
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        main.serverSideEmit(event, arguments);
    }

    /// Asks the other servers; see [Namespace#serverSideEmitWithAck].
    public CompletableFuture<ServerAnswers> serverSideEmitWithAck(
            String event, @Nullable Object... arguments) {
        return main.serverSideEmitWithAck(event, arguments);
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

    /// Connections, whether they have joined a namespace or not, for metrics.
    public int connectionCount() {
        return connections.size();
    }

    /// Tells an instrument of the connections that come from now on.
    ///
    /// @throws IllegalStateException if there is an observer already
    public SocketIoServer observe(ConnectionObserver newObserver) {
        if (!observer.compareAndSet(null, newObserver)) {
            throw new IllegalStateException("the server has an observer already");
        }
        return this;
    }

    @Nullable ConnectionObserver observer() {
        return observer.get();
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
        closeAdapters();
    }

    private void closeAdapters() {
        namespaces.values().forEach(namespace -> namespace.adapter().close());
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
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .thenRun(this::closeAdapters);
    }

    @Override
    public boolean isClosing() {
        return closed;
    }

    @Override
    public SessionSink accept(EngineSession session, SessionHost host, EngineRequest request) {
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
