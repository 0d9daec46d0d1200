// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.vertx.SocketIoHandler;

/// Stage 2: chat in rooms, over Socket.IO.
///
/// From a browser: `enter_room(name, done)`, `new_message(text, room, done)`, `nickname(name)`.
/// To browsers: `welcome(nickname, count)`, `bye(nickname, count)`, `new_message("nickname: text")`
/// to the others in the room, `room_change([names])` to everybody.
///
/// Handlers run in order, on one virtual thread per socket. The rooms and their counts are those of
/// the library; this program keeps nothing but each socket's name.
public final class ChatRooms {
    private static final String NICKNAME = "nickname";
    private static final String NAMELESS = "Anon";
    private static final int NAME_MAX_CHARS = 40;
    private static final int ROOM_MAX_CHARS = 64;

    private final SocketIoServer io = new SocketIoServer();

    private ChatRooms() {
        io.onConnection(this::open);
    }

    /// Starts the program.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        start(Vertx.vertx(), arguments).onSuccess(arguments::announce).onFailure(Arguments::fail);
    }

    static Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var rooms = new ChatRooms();
        var pages =
                new Pages(
                        "chat-rooms",
                        Map.of("title", () -> "Chat rooms", "rooms", rooms::openRoomsAsJson));
        return vertx.createHttpServer(
                        arguments.applyTo(SocketIoHandler.serverOptions(rooms.io.config())))
                .requestHandler(new SocketIoHandler(vertx, rooms.io).orElse(pages))
                .listen();
    }

    private void open(Socket socket) {
        socket.data().put(NICKNAME, NAMELESS);
        socket.onAny(event -> System.out.println("event " + event.name()));
        socket.on("enter_room", event -> enterRoom(socket, event));
        socket.on("new_message", event -> relay(socket, event));
        socket.on(NICKNAME, event -> socket.data().put(NICKNAME, nameFrom(event.string(0))));
        socket.onDisconnecting(_ -> sayGoodbye(socket));
        socket.onDisconnect(_ -> io.emit("room_change", openRooms()));
    }

    private void enterRoom(Socket socket, EventArguments event) {
        var room = event.string(0);
        if (room.isBlank() || room.length() > ROOM_MAX_CHARS || isPrivate(room)) {
            throw new EventRefusedException("bad-room", "not a name for a room");
        }
        socket.join(room);
        event.ack();
        socket.to(room).emit("welcome", nameOf(socket), countIn(room));
        io.emit("room_change", openRooms());
    }

    /// To a room that the sender is in, or privately to one socket by its id.
    private void relay(Socket socket, EventArguments event) {
        var room = event.string(1);
        if (!socket.rooms().contains(room) && !isPrivate(room)) {
            throw new EventRefusedException("not-in-room", "the sender is not in the room");
        }
        socket.to(room).emit("new_message", nameOf(socket) + ": " + event.string(0));
        event.ack();
    }

    /// Runs while the socket is still in its rooms, so its own rooms are known but it counts.
    private void sayGoodbye(Socket socket) {
        for (var room : socket.rooms()) {
            socket.to(room).emit("bye", nameOf(socket), countIn(room) - 1);
        }
    }

    /// Every socket has a private room named by its id; all others are open to everybody.
    private boolean isPrivate(String room) {
        return io.adapter().sids().containsKey(room);
    }

    private List<String> openRooms() {
        return io.adapter().rooms().keySet().stream()
                .filter(room -> !isPrivate(room))
                .sorted()
                .toList();
    }

    private int countIn(String room) {
        return io.adapter().rooms().getOrDefault(room, Set.of()).size();
    }

    private String openRoomsAsJson() {
        var rooms = new JsonArray();
        openRooms().forEach(r -> rooms.add(JsonObject.of("name", r, "count", countIn(r))));
        return rooms.encode();
    }

    private static String nameOf(Socket socket) {
        return String.valueOf(socket.data().get(NICKNAME));
    }

    private static String nameFrom(String wanted) {
        var name = wanted.strip();
        return name.isEmpty()
                ? NAMELESS
                : name.substring(0, Math.min(name.length(), NAME_MAX_CHARS));
    }
}
