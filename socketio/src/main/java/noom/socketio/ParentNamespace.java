// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Namespaces that are made when a client asks for them. May be used from any thread.
///
/// A child gets the middleware and the handlers that are here when it is made.
public final class ParentNamespace {
    private final BiPredicate<String, Handshake> names;
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<SocketHandler<Socket>> connectionHandlers = new CopyOnWriteArrayList<>();
    private final Map<String, Namespace> children = new ConcurrentHashMap<>();

    ParentNamespace(BiPredicate<String, Handshake> names) {
        this.names = names;
    }

    boolean admits(String name, Handshake handshake) {
        return names.test(name, handshake);
    }

    /// Hears of every socket that joins a child; see [Namespace#onConnection].
    public ParentNamespace onConnection(SocketHandler<Socket> handler) {
        connectionHandlers.add(handler);
        return this;
    }

    /// Asks this middleware about every socket that wants to join a child.
    public ParentNamespace use(Middleware next) {
        middleware.add(next);
        return this;
    }

    /// Sends an event to every socket of the children on this server.
    ///
    /// @throws IllegalArgumentException for a reserved name, or an argument without JSON
    public void emit(String event, @Nullable Object... arguments) {
        children.values().forEach(child -> child.emit(event, arguments));
    }

    /// The namespaces there are now.
    public List<Namespace> children() {
        return List.copyOf(children.values());
    }

    void adopt(Namespace child) {
        middleware.forEach(child::use);
        connectionHandlers.forEach(child::onConnection);
        children.put(child.name(), child);
    }

    void disown(Namespace child) {
        children.remove(child.name(), child);
    }
}
