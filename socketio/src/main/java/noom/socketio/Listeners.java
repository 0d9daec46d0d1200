// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Handlers of one socket, by event name; may be changed while they run, from any thread.
///
/// Memory order: both collections publish safely; who was called before an addition returned does
/// not know it, who is called after it does.
final class Listeners {
    private final ConcurrentHashMap<String, List<SocketHandler<EventArguments>>> byName =
            new ConcurrentHashMap<>();
    private final List<SocketHandler<EventArguments>> any = new CopyOnWriteArrayList<>();
    private final List<EventMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final List<SocketHandler<EventArguments>> outgoing = new CopyOnWriteArrayList<>();
    private final List<SocketHandler<String>> transport = new CopyOnWriteArrayList<>();
    private final List<SocketHandler<DisconnectReason>> disconnecting =
            new CopyOnWriteArrayList<>();
    private final List<SocketHandler<DisconnectReason>> disconnected = new CopyOnWriteArrayList<>();

    void add(String name, SocketHandler<EventArguments> handler) {
        byName.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>()).add(handler);
    }

    void remove(String name, SocketHandler<EventArguments> handler) {
        byName.computeIfPresent(
                name,
                (_, there) -> {
                    there.remove(handler);
                    return there.isEmpty() ? null : there;
                });
    }

    void remove(String name) {
        byName.remove(name);
    }

    List<SocketHandler<EventArguments>> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    List<SocketHandler<EventArguments>> any() {
        return any;
    }

    List<EventMiddleware> middleware() {
        return middleware;
    }

    List<SocketHandler<EventArguments>> outgoing() {
        return outgoing;
    }

    List<SocketHandler<String>> transport() {
        return transport;
    }

    List<SocketHandler<DisconnectReason>> disconnecting() {
        return disconnecting;
    }

    List<SocketHandler<DisconnectReason>> disconnected() {
        return disconnected;
    }
}
