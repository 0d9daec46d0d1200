// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import noom.socketio.Namespace;
import noom.socketio.Socket;
import org.jspecify.annotations.Nullable;

/// Tells the pages of sockets whose data changed, also deep inside: it looks at all of them now and
/// then, so that nothing needs to happen when the application writes.
///
/// Memory order: `seen` publishes safely; whoever forgets a socket that is being looked at may
/// leave its entry, which the next look removes.
final class DataWatch {
    private final Feed feed;
    private final Map<Socket, Integer> seen = new ConcurrentHashMap<>();

    DataWatch(Feed feed) {
        this.feed = feed;
    }

    /// What a socket has now is known to the pages.
    void remember(Socket socket) {
        seen.put(socket, hash(SocketView.shownData(socket.data())));
    }

    void forget(Socket socket) {
        seen.remove(socket);
    }

    /// Sockets that are remembered.
    int size() {
        return seen.size();
    }

    /// Looks at all sockets of this server.
    void look(Iterable<Namespace> namespaces) {
        if (!feed.isWatched()) {
            return;
        }
        seen.keySet().removeIf(socket -> !socket.isConnected());
        for (var namespace : namespaces) {
            namespace.sockets().values().forEach(this::look);
        }
    }

    private void look(Socket socket) {
        var data = SocketView.shownData(socket.data());
        int now = hash(data);
        var before = seen.put(socket, now);
        if (before != null && before != now) {
            var update = new LinkedHashMap<String, @Nullable Object>();
            update.put("id", socket.id());
            update.put("nsp", socket.namespace().name());
            update.put("data", data);
            feed.tell("socket_updated", update);
        }
    }

    private static int hash(@Nullable Object data) {
        return String.valueOf(data).hashCode();
    }
}
