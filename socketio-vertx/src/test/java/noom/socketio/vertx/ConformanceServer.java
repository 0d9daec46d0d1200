// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.CloseReason;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionSink;
import noom.socketio.engine.Timings;

/// Both contracts of the official protocol suites on one port and one event loop: an Engine.IO echo
/// at `/engine.io/`, and the Socket.IO server of the suite's README at `/socket.io/`.
///
/// Run with the port as argument; 0 takes any free one and prints it.
public final class ConformanceServer {
    private static final Timings TIMINGS =
            new Timings(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(10));

    private ConformanceServer() {}

    /// Listens until the process ends.
    public static void main(String[] args) {
        int port = args.length == 0 ? 3000 : Integer.parseInt(args[0]);
        // The suites expect requests on different connections to be handled in sending order.
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var io = socketIo();
        var socketIo = new SocketIoHandler(vertx, io, ClientBundle.none());
        var echo = engineEcho(vertx);
        vertx.createHttpServer(SocketIoHandler.serverOptions(io.config()))
                .requestHandler(
                        socketIo.orElse(
                                request -> {
                                    if (echo.matches(request)) {
                                        echo.handle(request);
                                    } else {
                                        request.response().setStatusCode(404).end();
                                    }
                                }))
                .listen(port, "localhost")
                .onSuccess(server -> System.out.println("listening on " + server.actualPort()))
                .onFailure(
                        failure -> {
                            System.err.println(failure.getMessage());
                            System.exit(1);
                        });
    }

    /// The server of the Socket.IO suite.
    static SocketIoServer socketIo() {
        var defaults = SocketIoConfig.defaults();
        var io =
                new SocketIoServer(
                        defaults.with(defaults.engine().with(TIMINGS))
                                .withConnectTimeout(Duration.ofSeconds(1))
                                .withCors(_ -> true));
        io.onConnection(
                socket -> {
                    socket.emit("auth", socket.handshake().auth());
                    socket.on(
                            "message",
                            event -> socket.emit("message-back", event.values().toArray()));
                    socket.on("message-with-ack", event -> event.ack(event.values().toArray()));
                });
        io.of("/custom").onConnection(socket -> socket.emit("auth", socket.handshake().auth()));
        return io;
    }

    /// The server of the Engine.IO suite.
    static EngineHandler engineEcho(Vertx vertx) {
        var config = EngineConfig.defaults().with(TIMINGS);
        return new EngineHandler(vertx, config, ConformanceServer::echo);
    }

    static SessionSink echo(EngineSession session, SessionHost host, EngineRequest request) {
        return new SessionSink() {
            @Override
            public void onText(String text, long nowNanos) {
                send(EnginePacket.TextMessage.of(text));
            }

            @Override
            public void onBinary(byte[] bytes, long nowNanos) {
                send(EnginePacket.BinaryMessage.of(bytes));
            }

            @Override
            public void onClose(CloseReason reason) {}

            private void send(EnginePacket packet) {
                host.loop().execute(() -> session.send(List.of(packet), host.nowNanos()));
            }
        };
    }
}
