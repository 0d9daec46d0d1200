// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import noom.socketio.Handshake;
import noom.socketio.RemoteSocket;
import noom.socketio.Socket;
import org.jspecify.annotations.Nullable;

/// A socket as the page knows it.
///
/// Its client and transport stand in its `data`, under a name that the official servers use too: so
/// every server of a cluster can tell them of every socket.
final class SocketView {
    /// In a socket's data; not shown.
    private static final String MARK = "_admin";

    private static final int MAX_ROOMS = 1_000;

    /// Whoever sees a page must not become whom he sees.
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "cookie", "proxy-authorization");

    private SocketView() {}

    /// Writes into a socket's data what servers must know of it.
    static void mark(Socket socket) {
        socket.data()
                .put(
                        MARK,
                        Map.of("clientId", socket.connectionId(), "transport", socket.transport()));
    }

    static Map<String, @Nullable Object> of(Socket socket) {
        return of(
                socket.id(),
                socket.namespace().name(),
                socket.handshake(),
                socket.data(),
                socket.rooms());
    }

    static Map<String, @Nullable Object> of(RemoteSocket socket, String namespace) {
        return of(socket.id(), namespace, socket.handshake(), socket.data(), socket.rooms());
    }

    private static Map<String, @Nullable Object> of(
            String id,
            String namespace,
            Handshake handshake,
            @Nullable Object data,
            Collection<String> rooms) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", id);
        view.put("clientId", marked(data, "clientId"));
        view.put("transport", marked(data, "transport"));
        view.put("nsp", namespace);
        view.put("data", shownData(data));
        view.put("handshake", handshake(handshake));
        view.put("rooms", rooms.stream().limit(MAX_ROOMS).map(Harmless::text).toList());
        return view;
    }

    private static @Nullable Object marked(@Nullable Object data, String name) {
        return data instanceof Map<?, ?> map && map.get(MARK) instanceof Map<?, ?> mark
                ? Harmless.of(mark.get(name))
                : null;
    }

    /// The data without the mark.
    static @Nullable Object shownData(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            var shown = new LinkedHashMap<Object, @Nullable Object>(map);
            shown.remove(MARK);
            return Harmless.of(shown);
        }
        return Harmless.of(data);
    }

    /// Without `auth`, which may hold a password.
    private static Map<String, @Nullable Object> handshake(Handshake handshake) {
        var headers = new LinkedHashMap<String, String>();
        handshake
                .headers()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name,
                                        SECRET_HEADERS.contains(name)
                                                ? "(not shown)"
                                                : String.join(", ", values)));
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("address", Harmless.text(handshake.remoteAddress()));
        view.put("headers", Harmless.of(headers));
        view.put("query", Harmless.of(handshake.query()));
        view.put("issued", handshake.issuedMillis());
        view.put("secure", handshake.secure());
        view.put("time", Feed.timestamp(handshake.issuedMillis()));
        view.put("url", Harmless.text(handshake.url()));
        view.put("xdomain", headers.containsKey("origin"));
        return view;
    }
}
