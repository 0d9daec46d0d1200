// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Vert.x or a WebSocket is closed under sockets that still do something.
class ClosedVertxTest {
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void hearOfUncaughtExceptions() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    }

    @AfterEach
    void hearNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void handlers_that_outlive_their_loop_end_quietly() throws Exception {
        var joined = new CountDownLatch(1);
        var leaving = new CompletableFuture<Thread>();
        var closed = new CountDownLatch(1);
        var io = new SocketIoServer();
        io.onHandlerError((_, failure) -> failures.add(failure));
        io.onConnection(
                socket -> {
                    socket.onDisconnecting(
                            _ -> {
                                leaving.complete(Thread.currentThread());
                                try {
                                    closed.await();
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                                socket.emit("too late");
                                io.emit("too late");
                            });
                    joined.countDown();
                });
        try (var server = TestServer.of(io);
                var client = new RawWebSocket(server, "")) {
            client.write("40");
            assertThat(joined.await(30, TimeUnit.SECONDS)).isTrue();
        }
        closed.countDown();
        leaving.get(30, TimeUnit.SECONDS).join();

        assertThat(failures).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void a_closed_web_socket_may_still_be_asked_and_written_to() throws Exception {
        var asked = new CompletableFuture<Boolean>();
        var vertx = Vertx.vertx();
        var config = EngineConfig.defaults();
        var server =
                TestServer.watched(
                        vertx,
                        EngineHandler.serverOptions(config),
                        request ->
                                request.toWebSocket()
                                        .onSuccess(
                                                webSocket -> {
                                                    var loop =
                                                            new VertxLoop.Directory()
                                                                    .current(
                                                                            vertx
                                                                                    .getOrCreateContext());
                                                    var writer =
                                                            new FrameWriter(
                                                                    webSocket, loop, loop, config,
                                                                    () -> {});
                                                    webSocket.closeHandler(
                                                            _ -> use(writer, loop, asked));
                                                }),
                        _ -> {},
                        1);
        try (server) {
            new RawWebSocket(server, "").close();

            assertThat(asked.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(failures).isEmpty();
        }
    }

    private static void use(FrameWriter writer, VertxLoop loop, CompletableFuture<Boolean> asked) {
        try {
            boolean isWritable = writer.isWritable();
            writer.write(EnginePacket.TextMessage.of("too late"));
            loop.execute(() -> asked.complete(writer.isWritable() || isWritable));
        } catch (RuntimeException e) {
            asked.completeExceptionally(e);
        }
    }
}
