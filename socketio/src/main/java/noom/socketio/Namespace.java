// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import noom.socketio.adapter.Adapter;
import noom.socketio.adapter.LocalSockets;
import noom.socketio.adapter.Selection;
import noom.socketio.engine.SessionLoop;
import noom.socketio.protocol.EncodedPacket;
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

    Namespace(SocketIoServer server, String name, Adapter.Factory adapters) {
        this.server = server;
        this.name = name;
        this.adapter = adapters.create(name, new Delivery());
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
        return new Broadcast(this, Selection.ALL);
    }

    /// Disconnects every socket.
    ///
    /// @param close whether their connections end too
    public void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }

    void onConnected(Socket socket) {
        sockets.put(socket.id(), socket);
        socket.runHandlers(() -> socket.run(connectionHandlers, socket));
    }

    void onDisconnected(Socket socket) {
        adapter.close(socket.id());
        sockets.remove(socket.id());
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

    private final class Delivery implements LocalSockets {
        @Override
        public Set<String> ids() {
            return Collections.unmodifiableSet(sockets.keySet());
        }

        @Override
        public EncodedPacket encode(Packet packet) {
            return server.config().parser().encode(packet);
        }

        @Override
        public void deliver(Collection<String> socketIds, EncodedPacket packet) {
            var frames = Frames.of(packet);
            var byLoop = new IdentityHashMap<SessionLoop, List<Membership>>();
            for (var id : socketIds) {
                var socket = sockets.get(id);
                if (socket != null) {
                    var member = socket.membership();
                    byLoop.computeIfAbsent(member.host().loop(), _ -> new ArrayList<>())
                            .add(member);
                }
            }
            byLoop.forEach(
                    (loop, members) ->
                            loop.execute(() -> members.forEach(member -> member.write(frames))));
        }

        @Override
        public void disconnect(Collection<String> socketIds, boolean close) {
            for (var id : socketIds) {
                var socket = sockets.get(id);
                if (socket != null) {
                    socket.disconnect(close);
                }
            }
        }
    }
}
