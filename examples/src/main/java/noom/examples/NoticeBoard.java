// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.vertx.SocketIoHandler;

/// Notices in rooms that nobody misses: who loses the line for a moment gets them afterwards, once
/// and in order (connection state recovery).
///
/// From a browser: `enter(room, done)` and `leave(room, done)`. To browsers: `rooms([names])` to
/// whoever comes, `notice(number, room, text)` to the sockets of a room. Notices come in by plain
/// HTTP, `POST /notices?room=…` with the text as body, so a page can publish with its line cut.
///
/// All of it is one setting, [RecoverySettings#ON]; neither side has code for it but what it tells
/// people. The one event loop of the HTTP server owns the counter, so numbers and events agree.
public final class NoticeBoard {
    private static final List<String> ROOMS = List.of("kitchen", "garden", "workshop");
    private static final int TEXT_MAX_BYTES = 1_024;

    private final SocketIoServer io =
            new SocketIoServer(SocketIoConfig.defaults().with(RecoverySettings.ON));
    private final Pages pages = new Pages("notice-board", Map.of("title", () -> "Notice board"));
    private int lastNumber;

    private NoticeBoard() {
        io.onConnection(this::open);
    }

    /// Starts the program.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        start(Vertx.vertx(), arguments).onSuccess(arguments::announce).onFailure(Arguments::fail);
    }

    static Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var board = new NoticeBoard();
        return vertx.createHttpServer(
                        arguments.applyTo(SocketIoHandler.serverOptions(board.io.config())))
                .requestHandler(new SocketIoHandler(vertx, board.io).orElse(board::serve))
                .listen();
    }

    /// Runs for a recovered socket too, which is in its rooms already. Whoever is new is told
    /// something: only a client that has got an event can say later which was its last.
    private void open(Socket socket) {
        System.out.println((socket.recovered() ? "recovered " : "new ") + socket.rooms().size());
        if (!socket.recovered()) {
            socket.emit("rooms", ROOMS);
        }
        socket.on("enter", event -> enter(socket, event));
        socket.on("leave", event -> leave(socket, event));
    }

    private void enter(Socket socket, EventArguments event) {
        if (!ROOMS.contains(event.string(0))) {
            throw new EventRefusedException("no-room", "there is no such room");
        }
        socket.join(event.string(0));
        event.ack();
    }

    private void leave(Socket socket, EventArguments event) {
        socket.leave(event.string(0));
        event.ack();
    }

    private void serve(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST) && "/notices".equals(request.path())) {
            request.body()
                    .onSuccess(text -> publish(request, text.toString()))
                    .onFailure(e -> System.out.println("not read: " + e.getMessage()));
        } else {
            pages.handle(request);
        }
    }

    private void publish(HttpServerRequest request, String text) {
        var room = request.getParam("room");
        if (!ROOMS.contains(room) || text.isBlank() || text.length() > TEXT_MAX_BYTES) {
            request.response().setStatusCode(400).end("a room, and a text that is not too long");
            return;
        }
        io.to(room).emit("notice", ++lastNumber, room, text);
        request.response().setStatusCode(201).end(String.valueOf(lastNumber));
    }
}
