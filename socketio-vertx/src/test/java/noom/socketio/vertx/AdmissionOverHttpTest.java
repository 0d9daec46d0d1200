// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.http.WebSocketHandshakeException;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.AdmissionLimits;
import noom.socketio.engine.HandshakeRate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Refusals at the door, over both transports.
class AdmissionOverHttpTest {
    private static final String POLLING = "?EIO=4&transport=polling";
    private static final String FRAMES = "?EIO=4&transport=websocket";
    private static final int NONE = Integer.MAX_VALUE;
    private static final HandshakeRate FREE = HandshakeRate.UNLIMITED;

    private SocketIoHandler handler;
    private TestServer server;
    private WireClient client;

    private void start(AdmissionLimits limits) {
        var defaults = SocketIoConfig.defaults();
        var io = new SocketIoServer(defaults.with(defaults.engine().with(limits)));
        io.onConnection(socket -> socket.emit("you", socket.handshake().remoteAddress()));
        var vertx = Vertx.vertx();
        handler =
                new SocketIoHandler(vertx, io, ClientBundle.none())
                        .withSource(
                                request ->
                                        request.headers().contains("x-test-source")
                                                ? request.getHeader("x-test-source")
                                                : EngineHandler.peerAddress(request));
        server = TestServer.of(vertx, handler, SocketIoHandler.serverOptions(io.config()));
        client = new WireClient(server, "/socket.io/");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_source_over_its_sessions_gets_429_and_when_to_come_again_until_one_has_gone()
            throws Exception {
        start(new AdmissionLimits(NONE, 2, FREE, FREE));
        var first = client.webSocket(FRAMES);
        first.next();
        client.openPolling();

        var refusal = client.get(POLLING);

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.body()).isEqualTo("{\"code\":4,\"message\":\"Too many connections\"}");
        assertThat(refusal.headers().firstValue("retry-after")).contains("10");
        assertThatThrownBy(() -> client.webSocket(FRAMES))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .extracting(e -> ((WebSocketHandshakeException) e).getResponse().statusCode())
                .isEqualTo(429);
        assertThat(client.get(POLLING, "x-test-source", "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(first.say("1").untilClosed()).isEqualTo("closed");
        Eventually.await("the first has gone", () -> handler.sessionCount() == 2);
        assertThat(client.get(POLLING).statusCode()).isEqualTo(200);
        assertThat(handler.sessionCount()).isEqualTo(3);
    }

    @Test
    void a_server_that_is_full_says_503() throws Exception {
        start(new AdmissionLimits(2, NONE, FREE, FREE));
        client.openPolling();
        var session = client.openPolling();

        assertThat(client.get(POLLING).statusCode()).isEqualTo(503);
        assertThat(client.post(session, "40").statusCode()).as("who is in stays in").isEqualTo(200);
        assertThat(client.get(session).body()).startsWith("40{");
    }

    @Test
    void handshakes_have_a_rate_and_what_is_no_handshake_does_not_count() throws Exception {
        start(new AdmissionLimits(NONE, NONE, FREE, new HandshakeRate(0.001, 2)));
        for (int i = 0; i < 5; i++) {
            assertThat(client.get("?EIO=3&transport=polling").statusCode()).isEqualTo(400);
        }
        client.openPolling();
        client.openPolling();

        var refusal = client.get(POLLING);

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refusal.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(900, 1_000);
    }

    @Test
    void the_handshake_shows_the_address_that_the_operator_says() throws Exception {
        start(AdmissionLimits.UNLIMITED);

        var proxied = client.webSocket(FRAMES, "x-test-source", "2001:db8::7");
        proxied.next();
        proxied.say("40").next();
        var direct = client.webSocket(FRAMES);
        direct.next();
        direct.say("40").next();

        assertThat(proxied.next()).isEqualTo("42[\"you\",\"2001:db8::7\"]");
        assertThat(direct.next()).isEqualTo("42[\"you\",\"127.0.0.1\"]");
    }
}
