// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Vert.x is closed under sockets that still do something.
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
}
