// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.Map;
import noom.socketio.EventArguments;
import noom.socketio.Namespace;
import noom.socketio.RoomListener;
import noom.socketio.Socket;
import org.jspecify.annotations.Nullable;

/// Tells the pages of everything that happens to the sockets of one namespace on this server. Of
/// the pages' own namespace it does not tell events, or they would tell of themselves forever.
final class NamespaceWatch implements RoomListener {
    private final Namespace namespace;
    private final Feed feed;
    private final DataWatch data;

    NamespaceWatch(Namespace namespace, Feed feed, DataWatch data) {
        this.namespace = namespace;
        this.feed = feed;
        this.data = data;
    }

    void begin() {
        namespace.onConnectionFirst(this::onConnected);
        namespace.onRooms(this);
    }

    private void onConnected(Socket socket) {
        socket.onTransport(transport -> onTransport(socket, transport)); // first, to miss nothing
        SocketView.mark(socket);
        data.remember(socket);
        socket.onDisconnect(
                reason -> {
                    data.forget(socket);
                    feed.tell(
                            "socket_disconnected",
                            namespace.name(),
                            socket.id(),
                            reason.text(),
                            feed.timestamp());
                });
        if (feed.isWatched()) {
            feed.tell("socket_connected", SocketView.of(socket), feed.timestamp());
        }
        if (!namespace.equals(feed.pages())) {
            socket.onAny(event -> onEvent("event_received", socket, event));
            socket.onAnyOutgoing(event -> onEvent("event_sent", socket, event));
        }
    }

    private void onTransport(Socket socket, String transport) {
        SocketView.mark(socket);
        feed.tell(
                "socket_updated",
                Map.of("id", socket.id(), "nsp", namespace.name(), "transport", transport));
    }

    private void onEvent(String kind, Socket socket, EventArguments event) {
        if (feed.isWatched()) {
            @Nullable Object shown = Harmless.of(event.name(), event.values());
            feed.mention(kind, namespace.name(), socket.id(), shown, feed.timestamp());
        }
    }

    @Override
    public void onJoined(String socketId, String room) {
        tellRoom("room_joined", socketId, room);
    }

    @Override
    public void onLeft(String socketId, String room) {
        tellRoom("room_left", socketId, room);
    }

    private void tellRoom(String event, String socketId, String room) {
        feed.tell(event, namespace.name(), Harmless.text(room), socketId, feed.timestamp());
    }
}
