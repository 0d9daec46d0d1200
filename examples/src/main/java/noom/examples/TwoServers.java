// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.RemoteSocket;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.redis.RedisStreams;
import noom.socketio.vertx.SocketIoHandler;

/// A Java server and an official Node server that are one, over Redis Streams: who comes to either
/// sees and reads everybody. `two-servers/node/server.mjs` is the same program for Node.
///
/// From a browser: `name(text)`, `say(text, done)`, `who(done)`, answered with a list of
/// `{name, server}`. To all browsers of both servers: `said(name, server, text)`, and `changed()`
/// when the list may have changed; a page asks again then.
public final class TwoServers {
    private static final String NAME = "name";
    private static final String SERVER = "server";
    private static final String JAVA = "Java";
    private static final int NAME_MAX_CHARS = 40;
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final RedisStreams cluster;
    private final SocketIoServer io;

    private TwoServers(String redisUri) {
        cluster = RedisStreams.connect(redisUri);
        io = new SocketIoServer(SocketIoConfig.defaults(), cluster);
        io.onConnection(this::open);
    }

    /// Starts the program. The Redis is the one that `REDIS_URL` names, or the one of this machine.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        var redisUri =
                Objects.requireNonNullElse(System.getenv("REDIS_URL"), "redis://127.0.0.1:6379");
        try {
            var program = new TwoServers(redisUri);
            Runtime.getRuntime().addShutdownHook(new Thread(program::leave));
            program.start(Vertx.vertx(), arguments)
                    .onSuccess(arguments::announce)
                    .onFailure(Arguments::fail);
        } catch (RuntimeException noRedis) {
            Arguments.fail(noRedis);
        }
    }

    private Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var pages =
                new Pages("two-servers", Map.of("title", () -> "Two servers", SERVER, () -> JAVA));
        return vertx.createHttpServer(arguments.applyTo(SocketIoHandler.serverOptions(io.config())))
                .requestHandler(new SocketIoHandler(vertx, io).orElse(pages))
                .listen();
    }

    /// Says goodbye to the other server, which would miss this one for ten seconds else.
    private void leave() {
        io.close(DRAIN).completeOnTimeout(null, DRAIN.toSeconds(), TimeUnit.SECONDS).join();
        cluster.close();
    }

    private void open(Socket socket) {
        socket.data().put(NAME, "Anon");
        socket.data().put(SERVER, JAVA);
        socket.on(NAME, event -> rename(socket, event.string(0)));
        socket.on("say", event -> say(socket, event));
        socket.on("who", event -> event.ack(everybody()));
        socket.onDisconnect(_ -> io.emit("changed"));
        io.emit("changed");
    }

    private void rename(Socket socket, String wanted) {
        var name = wanted.strip();
        socket.data().put(NAME, name.substring(0, Math.min(name.length(), NAME_MAX_CHARS)));
        io.emit("changed");
    }

    private void say(Socket socket, EventArguments event) {
        io.emit("said", socket.data().get(NAME), JAVA, event.string(0));
        event.ack();
    }

    /// Asks all servers and waits, as a handler may.
    private List<?> everybody() {
        try {
            return io.fetchSockets().join().stream().map(RemoteSocket::data).toList();
        } catch (CompletionException incomplete) {
            throw new EventRefusedException("try-again", "a server did not answer");
        }
    }
}
