// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Handlers of one socket, by event name; may be changed while they run, from any thread.
///
/// Memory order: both collections publish safely; who was called before an addition returned does
/// not know it, who is called after it does. The list of a name changes only inside `compute` of
/// that name, so nothing is added to a list that has just been taken away.
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
        byName.compute(
                name,
                (_, there) -> {
                    List<SocketHandler<EventArguments>> handlers =
                            there == null ? new CopyOnWriteArrayList<>() : there;
                    handlers.add(handler);
                    return handlers;
                });
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
