// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.InputLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The suites' parts on WebSocket and upgrade, and traps 8 and 9, on several loops.
class WebSocketOverTheWireTest {
    private static final String FRESH = "?EIO=4&transport=websocket";

    private TestServer server;
    private WireClient client;

    @BeforeEach
    void start() {
        var vertx = Vertx.vertx();
        var handler = ConformanceServer.engineEcho(vertx);
        server =
                TestServer.ofEngine(
                        vertx, handler, EngineHandler.serverOptions(EngineConfig.defaults()));
        client = new WireClient(server, "/engine.io/");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_session_opens_without_upgrades_and_echoes_text_and_binary() throws Exception {
        var frames = client.webSocket(FRESH);
        assertThat(frames.next()).startsWith("0{\"sid\"").contains("\"upgrades\":[]");

        frames.say("4hello 한글");
        assertThat(frames.next()).isEqualTo("4hello 한글");
        var _ = frames.socket.sendBinary(ByteBuffer.wrap(new byte[] {4, 1}), true);
        assertThat(frames.next()).isEqualTo("0x0401");
    }

    @Test
    void refusals_come_instead_of_the_101() {
        for (var query : new String[] {"?transport=websocket", "?EIO=4", FRESH + "&sid=x"}) {
            assertThatThrownBy(() -> client.webSocket(query))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .cause()
                    .extracting(e -> ((WebSocketHandshakeException) e).getResponse().statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void what_is_no_packet_closes() throws Exception {
        assertThat(client.webSocket(FRESH).say("abc").untilClosed()).isEqualTo("closed");
        assertThat(client.webSocket(FRESH).say("").untilClosed()).isEqualTo("closed");
    }

    @Test
    void a_1_closes_and_so_does_silence() throws Exception {
        assertThat(client.webSocket(FRESH).say("1").untilClosed()).isEqualTo("closed");
        assertThat(client.webSocket(FRESH).untilClosed()).isEqualTo("closed");
    }

    @Test
    void an_upgrade_takes_over_and_polling_is_refused_then() throws Exception {
        var session = client.openPolling();
        var upgrade = session.replace("polling", "websocket");
        var frames = client.webSocket(upgrade);
        assertThat(frames.say("2probe").next()).isEqualTo("3probe");
        assertThat(client.get(session).body()).isEqualTo("6");
        frames.say("5").say("4hello");
        assertThat(frames.next()).isEqualTo("4hello");

        assertThat(client.get(session).statusCode()).isEqualTo(400);
        assertThat(client.webSocket(upgrade).untilClosed()).isEqualTo("closed");
        assertThat(frames.say("4still here").next()).isEqualTo("4still here");
    }

    @Test
    void fragments_are_joined_even_within_a_character() throws Exception {
        var frames = client.webSocket(FRESH);
        frames.next();
        var letters = "4" + "한".repeat(1_000);

        for (int i = 0; i < letters.length(); i++) {
            frames.socket
                    .sendText(letters.substring(i, i + 1), i + 1 == letters.length())
                    .get(30, TimeUnit.SECONDS);
        }

        assertThat(frames.next()).isEqualTo(letters);
    }

    @Test
    void a_message_over_the_payload_limit_closes_in_one_frame_and_in_many() throws Exception {
        var whole = client.webSocket(FRESH);
        var _ = whole.socket.sendText("4" + "x".repeat(1_000_000), true);
        assertThat(whole.untilClosed()).isEqualTo("closed");

        var parts = client.webSocket(FRESH);
        for (int i = 0; i < 11; i++) {
            parts.socket.sendText("x".repeat(100_000), false).handle((_, _) -> null).join();
        }
        assertThat(parts.untilClosed()).isEqualTo("closed");
    }

    @Test
    void as_many_fragments_as_allowed_and_in_their_time() throws Exception {
        var input = new InputLimits(1_000_000, 64, 64, Duration.ofMillis(300));
        var engine = EngineConfig.defaults().withPath("/socket.io/").with(input);
        var io = new SocketIoServer(SocketIoConfig.defaults().with(engine));
        try (var limited = TestServer.of(io);
                var other = new WireClient(limited, "/socket.io/")) {
            var good = other.webSocket(FRESH);
            good.next();
            sendFragments(good, 64);
            assertThat(good.next())
                    .isEqualTo(
                            "44" + "/" + "x".repeat(62) + ",{\"message\":\"Invalid namespace\"}");

            var bad = other.webSocket(FRESH);
            sendFragments(bad, 65);
            assertThat(bad.untilClosed()).isEqualTo("closed");

            var slow = other.webSocket(FRESH);
            var _ = slow.socket.sendText("4", false);
            assertThat(slow.untilClosed()).isEqualTo("closed");
        }
    }

    private static void sendFragments(WireClient.Frames frames, int count) {
        var text = "40/" + "x".repeat(count - 2);
        frames.socket.sendText(text.substring(0, 2), false).join();
        for (int i = 2; i <= count; i++) {
            frames.socket
                    .sendText(text.substring(i, i + 1), i == count)
                    .handle((_, _) -> null)
                    .join();
        }
    }
}
