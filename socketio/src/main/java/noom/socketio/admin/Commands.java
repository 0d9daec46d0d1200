// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.List;
import noom.socketio.Broadcast;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;

/// What a page may do. Sockets are named by their namespace and a room, which may be a socket's
/// own; without a room all of the namespace are meant, on all servers of the cluster.
///
/// A namespace that this server does not have is refused: nothing is made because a page says so.
final class Commands {
    static final List<String> FEATURES =
            List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT");

    private static final int MAX_ROOM_CHARS = 256;

    private final SocketIoServer io;

    Commands(SocketIoServer io) {
        this.io = io;
    }

    void takeFrom(Socket page) {
        page.on("emit", this::emit);
        page.on("join", event -> sockets(event, 2).socketsJoin(room(event)));
        page.on("leave", event -> sockets(event, 2).socketsLeave(room(event)));
        page.on("_disconnect", event -> sockets(event, 2).disconnectSockets(event.bool(1)));
    }

    private void emit(EventArguments event) {
        var sockets = sockets(event, 1);
        var name = event.string(2);
        try {
            sockets.emit(name, event.values().subList(3, event.size()).toArray());
        } catch (IllegalArgumentException e) {
            throw new EventRefusedException("bad-argument", String.valueOf(e.getMessage()));
        }
    }

    private static String room(EventArguments event) {
        var room = event.string(1);
        if (room.isEmpty() || room.length() > MAX_ROOM_CHARS) {
            throw new EventRefusedException("bad-argument", "not a name for a room");
        }
        return room;
    }

    /// @param filterIndex of the room's name; absent, null or empty for everybody
    private Broadcast sockets(EventArguments event, int filterIndex) {
        var namespace = io.namespaces().get(event.string(0));
        if (namespace == null) {
            throw new EventRefusedException("unknown-namespace", "no such namespace");
        }
        var filter = event.get(filterIndex) == null ? "" : event.string(filterIndex);
        return filter.isEmpty() ? namespace.all() : namespace.in(filter);
    }
}
