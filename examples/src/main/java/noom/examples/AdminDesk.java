// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.admin.AdminAccess;
import noom.socketio.admin.AdminSettings;
import noom.socketio.admin.AdminUi;
import noom.socketio.admin.PasswordHash;
import noom.socketio.engine.SessionIds;
import noom.socketio.vertx.SocketIoHandler;
import noom.socketio.vertx.VertxAdminHost;

/// A Socket.IO server that can be watched: the official Admin UI shows its sockets, rooms and
/// events, and can move and disconnect its sockets.
///
/// From a client: `enter(room)`, `say(text, room)`. To the others in the room: `said(text)`.
///
/// The page is not ours: `--page FOLDER` serves it at `/admin-ui/` from the `ui/dist` of the npm
/// package `@socket.io/admin-ui`. The password is made anew at each start and printed once; a
/// program that runs for longer keeps a [PasswordHash] in its settings. `--readonly true` lets the
/// page look only.
public final class AdminDesk {
    private static final String MOUNT = "/admin-ui/";

    private final SocketIoServer io = new SocketIoServer();
    private final Path page;

    private AdminDesk(Path page) {
        this.page = page.toAbsolutePath().normalize();
        io.onConnection(AdminDesk::open);
    }

    /// Starts the program.
    public static void main(String[] args) {
        var rest = new ArrayList<>(List.of(args));
        var page = Path.of(take(rest, "--page", "node_modules/@socket.io/admin-ui/ui/dist"));
        boolean isReadonly = take(rest, "--readonly", "false").equals("true");
        var arguments = Arguments.parseOrExit(rest.toArray(String[]::new));
        start(Vertx.vertx(), arguments, page, isReadonly)
                .onSuccess(arguments::announce)
                .onFailure(Arguments::fail);
    }

    /// Takes an option and its value out of a command line.
    private static String take(List<String> args, String option, String otherwise) {
        int at = args.indexOf(option);
        if (at < 0 || at + 1 == args.size()) {
            return otherwise;
        }
        args.remove(at);
        return args.remove(at);
    }

    static Future<HttpServer> start(
            Vertx vertx, Arguments arguments, Path page, boolean isReadonly) {
        var desk = new AdminDesk(page);
        var random = new SecureRandom();
        var password = new SessionIds(random).next();
        var access = AdminAccess.password("admin", PasswordHash.of(password, random));
        var settings = AdminSettings.protectedBy(access);
        AdminUi.attach(
                desk.io, isReadonly ? settings.asReadonly() : settings, VertxAdminHost.of(vertx));
        System.out.println("log in as admin with " + password);
        return vertx.createHttpServer(
                        arguments.applyTo(SocketIoHandler.serverOptions(desk.io.config())))
                .requestHandler(new SocketIoHandler(vertx, desk.io).orElse(desk::servePage))
                .listen();
    }

    private static void open(Socket socket) {
        socket.on(
                "enter",
                event -> {
                    socket.join(event.string(0));
                    event.ack();
                });
        socket.on("say", event -> socket.to(event.string(1)).emit("said", event.string(0)));
    }

    private void servePage(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "");
        if (!path.startsWith(MOUNT)) {
            request.response().setStatusCode(302).putHeader("location", MOUNT).end();
            return;
        }
        var name = path.substring(MOUNT.length());
        var file = page.resolve(name.isEmpty() ? "index.html" : name).normalize();
        if (file.startsWith(page) && Files.isRegularFile(file)) {
            request.response().sendFile(file.toString());
        } else {
            request.response().setStatusCode(404).end();
        }
    }
}
