// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoServer;

/// A server on a free port of the loopback interface and on several event loops.
final class TestServer implements AutoCloseable {
    static final int LOOPS = 3;

    private final Vertx vertx;
    private final int port;

    private TestServer(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
    }

    static TestServer of(SocketIoServer io) {
        return of(io, ClientBundle.none(), LOOPS);
    }

    static TestServer of(SocketIoServer io, ClientBundle bundle, int loops) {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        var handler = new SocketIoHandler(vertx, io, bundle);
        var options = SocketIoHandler.serverOptions(io.config());
        return start(
                vertx,
                options,
                handler.orElse(request -> request.response().setStatusCode(404).end("app")),
                loops);
    }

    static TestServer of(Vertx vertx, SocketIoHandler handler, HttpServerOptions options) {
        return start(vertx, options, handler, LOOPS);
    }

    static TestServer ofEngine(Vertx vertx, EngineHandler handler, HttpServerOptions options) {
        return start(vertx, options, handler, LOOPS);
    }

    private static TestServer start(
            Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler, int loops) {
        return watched(vertx, options, handler, _ -> {}, loops);
    }

    static TestServer watched(
            Vertx vertx,
            HttpServerOptions options,
            Handler<HttpServerRequest> handler,
            Handler<HttpConnection> connections,
            int loops) {
        int port = freePort(); // Vert.x shares a port between loops only if it has a number
        options.setHost("127.0.0.1").setPort(port);
        await(
                vertx.deployVerticle(
                        () -> new Listener(options, handler, connections),
                        new DeploymentOptions().setInstances(loops)));
        return new TestServer(vertx, port);
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Listener extends VerticleBase {
        private final HttpServerOptions options;
        private final Handler<HttpServerRequest> handler;
        private final Handler<HttpConnection> connections;

        Listener(
                HttpServerOptions options,
                Handler<HttpServerRequest> handler,
                Handler<HttpConnection> connections) {
            this.options = options;
            this.handler = handler;
            this.connections = connections;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options)
                    .connectionHandler(connections)
                    .requestHandler(handler)
                    .listen();
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no result in 30 s", e);
        }
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
