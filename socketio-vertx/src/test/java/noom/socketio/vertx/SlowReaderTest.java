// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import noom.socketio.DisconnectReason;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.OutputLimits;
import org.junit.jupiter.api.Test;

/// A client that opens a WebSocket and does not read, over real TCP: the bounds of what waits hold
/// although writes are gathered.
class SlowReaderTest {
    private static final int EVENT_BYTES = 1_000;

    private final CompletableFuture<noom.socketio.Socket> joined = new CompletableFuture<>();
    private final CompletableFuture<DisconnectReason> left = new CompletableFuture<>();

    private SocketIoServer server(long maxUnsentBytes) {
        var engine =
                EngineConfig.defaults()
                        .withPath("/socket.io/")
                        .with(
                                new OutputLimits(
                                        maxUnsentBytes, Integer.MAX_VALUE, Duration.ofDays(1)));
        var io = new SocketIoServer(SocketIoConfig.defaults().with(engine));
        io.onConnection(
                socket -> {
                    socket.onDisconnect(left::complete);
                    joined.complete(socket);
                });
        return io;
    }

    private static RawWebSocket connect(TestServer server) throws Exception {
        var client = new RawWebSocket(server, "");
        client.write("40");
        return client;
    }

    @Test
    void who_never_reads_is_closed_when_too_much_waits() throws Exception {
        try (var server = TestServer.of(server(1_000_000));
                var _ = connect(server)) {
            var socket = joined.get(30, TimeUnit.SECONDS);
            int sent = 0;
            while (!left.isDone() && sent < 200_000) {
                socket.emit("m", "x".repeat(EVENT_BYTES));
                sent++;
            }

            assertThat(left.get(30, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    @Test
    void who_reads_late_gets_everything_in_order() throws Exception {
        int events = 20_000;
        try (var server = TestServer.of(server(100_000_000));
                var client = connect(server)) {
            var socket = joined.get(30, TimeUnit.SECONDS);
            for (int i = 0; i < events; i++) {
                socket.emit("m", i, "x".repeat(EVENT_BYTES));
            }

            assertThat(client.readMessage().text()).startsWith("40");
            for (int i = 0; i < events; i++) {
                assertThat(client.readMessage().text()).startsWith("42[\"m\"," + i + ",");
            }
            assertThat(left).isNotDone();
        }
    }
}
