// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `close` with time to drain, seen by clients over HTTP and WebSocket.
class OrderlyCloseTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SocketIoServer io = new SocketIoServer();
    private final CountDownLatch told = new CountDownLatch(2);
    private TestServer server;
    private WireClient client;

    @BeforeEach
    void start() {
        io.onConnection(socket -> socket.onDisconnect(_ -> told.countDown()));
        server = TestServer.of(io);
        client = new WireClient(server, "/socket.io/");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String pollingClient() throws Exception {
        var query = client.openPolling();
        client.post(query, "40");
        assertThat(client.get(query).body()).startsWith("40");
        return query;
    }

    private WireClient.Frames webSocketClient() throws Exception {
        var frames = client.webSocket("?EIO=4&transport=websocket");
        frames.next();
        assertThat(frames.say("40").next()).startsWith("40");
        return frames;
    }

    @Test
    void everybody_gets_what_waits_and_then_the_end() throws Exception {
        var polling = pollingClient();
        var webSocket = webSocketClient();
        io.emit("bye", "a".repeat(100_000));
        io.emit("bye", 2);

        var closed = io.close(LONG);

        assertThat(webSocket.next()).startsWith("42[\"bye\",\"a");
        assertThat(webSocket.next()).isEqualTo("42[\"bye\",2]");
        assertThat(webSocket.next()).isEqualTo("closed");
        assertThat(closed).as("a polling client has not asked yet").isNotDone();
        assertThat(client.get(polling).body()).startsWith("42[\"bye\"").endsWith("42[\"bye\",2]");
        assertThat(client.get(polling).body()).isEqualTo("1");
        closed.get(30, TimeUnit.SECONDS);
        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.get(polling).statusCode()).isEqualTo(400);
    }

    @Test
    void a_waiting_poll_is_answered_with_the_end() throws Exception {
        var polling = pollingClient();
        var waiting = client.getLater(polling);
        io.emit("arrives");
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("42[\"arrives\"]");
        var last = client.getLater(polling);

        var closed = io.close(LONG);

        assertThat(last.get(30, TimeUnit.SECONDS).body()).isEqualTo("1");
        closed.get(30, TimeUnit.SECONDS);
    }

    @Test
    void newcomers_are_refused_while_others_drain() throws Exception {
        var polling = pollingClient();

        var closed = io.close(LONG);

        for (var transport : new String[] {"polling", "websocket"}) {
            var upgrade =
                    transport.equals("polling")
                            ? new RawAnswer(client.get("?EIO=4&transport=polling").statusCode())
                            : RawAnswer.ofWebSocket(server);
            assertThat(upgrade.status()).as(transport).isEqualTo(503);
        }
        assertThat(client.get("?EIO=4&transport=polling").headers().firstValue("retry-after"))
                .isPresent();
        assertThat(client.get(polling).body()).isEqualTo("1");
        closed.get(30, TimeUnit.SECONDS);
    }

    @Test
    void who_takes_nothing_is_not_waited_for_beyond_the_given_time() throws Exception {
        pollingClient();
        io.emit("never asked for");

        io.close(Duration.ofMillis(10)).get(30, TimeUnit.SECONDS);

        assertThat(io.isClosing()).isTrue();
    }

    private record RawAnswer(int status) {
        static RawAnswer ofWebSocket(TestServer server) throws Exception {
            try (var client = new RawWebSocket(server, "")) {
                return new RawAnswer(Integer.parseInt(client.answer().split(" ", 3)[1]));
            }
        }
    }
}
