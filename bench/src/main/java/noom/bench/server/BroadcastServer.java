// SPDX-License-Identifier: Apache-2.0
package noom.bench.server;

import io.netty.util.Version;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import noom.socketio.SocketIoServer;
import noom.socketio.vertx.ClientBundle;
import noom.socketio.vertx.SocketIoHandler;

/// A Socket.IO server on two event loops that puts every client into one room and broadcasts the
/// event `m` with a text of 100 bytes to it.
///
/// Each line of stdin is a command and gets one line of JSON on stdout:
///
/// - `members`: how many are in the room
/// - `rate COUNT PER_SECOND`, `burst COUNT`: answered when the last broadcast was handed over
/// - `gc`: answered after a full collection
///
/// It ends when its stdin does. Broadcasts come from the main thread, as they would from a handler:
/// from none of the event loops.
public final class BroadcastServer {
    private static final int LOOPS = 2;
    private static final String ROOM = "room";
    private static final String TEXT = "x".repeat(100);

    private final SocketIoServer io = new SocketIoServer();

    private BroadcastServer() {
        io.onConnection(socket -> socket.join(ROOM));
    }

    /// Obeys until stdin ends, and then ends at once: clients may still be there.
    public static void main(String[] args) throws IOException {
        // The platform's own sockets cost a fifth more for each write.
        var options = new VertxOptions().setPreferNativeTransport(true);
        var vertx = Vertx.vertx(options.setEventLoopPoolSize(LOOPS));
        try {
            var server = new BroadcastServer();
            int port = server.listen(vertx);
            say(
                    JsonObject.of("at", "listening")
                            .put("port", port)
                            .put("versions", versions(Vertx.class.getClassLoader())));
            server.obeyAll();
            System.exit(0);
        } finally {
            vertx.close().await(); // after a failure; else its threads keep the process
        }
    }

    private int listen(Vertx vertx) throws IOException {
        int port = freePort();
        var handler = new SocketIoHandler(vertx, io, ClientBundle.none());
        var options = SocketIoHandler.serverOptions(io.config()).setHost("127.0.0.1").setPort(port);
        vertx.deployVerticle(
                        () -> new Listener(options, handler),
                        new DeploymentOptions().setInstances(LOOPS))
                .await();
        return port;
    }

    /// Vert.x shares a port between loops only if it has a number.
    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /// One HTTP server per event loop.
    private static final class Listener extends VerticleBase {
        private final HttpServerOptions options;
        private final SocketIoHandler handler;

        Listener(HttpServerOptions options, SocketIoHandler handler) {
            this.options = options;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options).requestHandler(handler).listen();
        }
    }

    private void obeyAll() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            say(obey(line.split(" ", -1)));
        }
    }

    private JsonObject obey(String[] words) {
        return switch (words[0]) {
            case "members" -> members();
            case "rate" -> rate(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "burst" -> burst(Integer.parseInt(words[1]));
            case "gc" -> collect();
            default -> JsonObject.of("at", "error").put("error", "no command '" + words[0] + "'");
        };
    }

    private JsonObject members() {
        int count = io.adapter().rooms().getOrDefault(ROOM, Set.of()).size();
        return JsonObject.of("at", "members").put("count", count);
    }

    /// Every broadcast has its own due time, so that a late one does not delay the rest.
    private JsonObject rate(int count, int perSecond) {
        long startNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long dueNanos = startNanos + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = dueNanos - System.nanoTime(); left > 0; ) {
                LockSupport.parkNanos(left);
                left = dueNanos - System.nanoTime();
            }
            broadcast();
        }
        return sent(count);
    }

    private JsonObject burst(int count) {
        for (int i = 0; i < count; i++) {
            broadcast();
        }
        return sent(count);
    }

    private void broadcast() {
        io.to(ROOM).emit("m", TEXT);
    }

    private static JsonObject sent(int count) {
        return JsonObject.of("at", "sent").put("count", count);
    }

    @SuppressWarnings("CallToSystemGC") // what is measured is what is in use
    private static JsonObject collect() {
        System.gc();
        var runtime = Runtime.getRuntime();
        long heapBytes = runtime.totalMemory() - runtime.freeMemory();
        return JsonObject.of("at", "collected").put("heapBytes", heapBytes);
    }

    private static String versions(ClassLoader libraries) throws IOException {
        var netty = Version.identify(libraries).get("netty-common");
        return "JDK %s (%s), Vert.x %s, Netty %s"
                .formatted(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor.version"),
                        vertxVersion(libraries),
                        netty == null ? "?" : netty.artifactVersion());
    }

    private static String vertxVersion(ClassLoader libraries) throws IOException {
        try (var text = libraries.getResourceAsStream("META-INF/vertx/vertx-version.txt")) {
            return text == null
                    ? "?"
                    : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static void say(JsonObject line) {
        System.out.println(line.encode());
        System.out.flush();
    }
}
