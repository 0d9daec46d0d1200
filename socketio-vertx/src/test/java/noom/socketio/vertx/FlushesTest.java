// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How often a connection is flushed (each a system call), counted below Vert.x.
class FlushesTest {
    private static final int BURST = 300;

    private final SocketIoServer io = new SocketIoServer();
    private final List<WireClient.Frames> clients = new ArrayList<>();
    private HeldLoops loops;
    private WireClient http;

    private void start(int loopCount) {
        loops = new HeldLoops(io, loopCount);
        http = new WireClient(loops.server(), "/socket.io/");
    }

    @AfterEach
    void stop() {
        http.close();
        loops.close();
    }

    private void connect() throws Exception {
        var connected = new CountDownLatch(1);
        io.onConnection(_ -> connected.countDown());
        var frames = http.webSocket("?EIO=4&transport=websocket");
        frames.next();
        frames.say("40").next();
        assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
        clients.add(frames);
    }

    private void connectWithUpgrade() throws Exception {
        var query = http.openPolling();
        http.post(query, "40");
        http.get(query);
        var frames = http.webSocket(query.replace("polling", "websocket"));
        frames.say("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        frames.say("5").say("42[\"echo\"]");
        assertThat(frames.next()).isEqualTo("42[\"echoed\"]");
        clients.add(frames);
    }

    private void expectBurst() throws Exception {
        for (var client : clients) {
            for (int i = 0; i < BURST; i++) {
                assertThat(client.next()).startsWith("42[\"m\"," + i);
            }
        }
    }

    @Test
    void a_burst_to_many_is_one_flush_for_each_of_them() throws Exception {
        start(1);
        for (int i = 0; i < 5; i++) {
            connect();
        }

        loops.whileHeld(
                () -> {
                    for (int i = 0; i < BURST; i++) {
                        io.emit("m", i);
                    }
                });

        expectBurst();
        assertThat(loops.webSocketFlushes()).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void a_single_event_is_one_flush_too() throws Exception {
        start(1);
        connect();

        loops.whileHeld(() -> io.emit("m", 0));

        assertThat(clients.getFirst().next()).isEqualTo("42[\"m\",0]");
        assertThat(loops.webSocketFlushes()).containsExactly(1);
    }

    @Test
    void binary_and_its_header_leave_together() throws Exception {
        start(1);
        connect();

        loops.whileHeld(() -> io.emit("m", new byte[] {1, 2}, new byte[300]));

        var client = clients.getFirst();
        assertThat(client.next()).startsWith("452-[\"m\"");
        assertThat(client.next()).isEqualTo("0x0102");
        assertThat(client.next()).isEqualTo("0x" + "00".repeat(300));
        assertThat(loops.webSocketFlushes()).containsExactly(1);
    }

    @Test
    void it_holds_for_websockets_on_other_loops_than_their_sessions() throws Exception {
        io.onConnection(socket -> socket.on("echo", _ -> socket.emit("echoed")));
        start(3);
        for (int i = 0; i < 6; i++) {
            connectWithUpgrade();
        }
        assertThat(loops.webSocketLoops()).isGreaterThan(1);

        loops.whileHeld(
                () -> {
                    for (int i = 0; i < BURST; i++) {
                        io.emit("m", i);
                    }
                });

        expectBurst();
        assertThat(loops.webSocketFlushes()).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void much_in_one_turn_goes_out_in_pieces_and_in_order() throws Exception {
        start(1);
        connect();
        var kilobyte = "x".repeat(1_000);

        loops.whileHeld(
                () -> {
                    for (int i = 0; i < BURST; i++) {
                        io.emit("m", i, kilobyte);
                    }
                });

        expectBurst();
        int pieces = 300_000 / (64 << 10);
        assertThat(loops.webSocketFlushes()[0])
                .as("flushes of 300 kB, gathered by 64 kB")
                .isBetween(pieces, 2 * pieces + 2);
    }
}
