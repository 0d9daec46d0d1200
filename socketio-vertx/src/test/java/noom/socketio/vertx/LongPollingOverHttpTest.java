// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import noom.socketio.engine.EngineConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The Engine.IO suite's part on long-polling, and traps 4 to 7, over real HTTP and several loops.
class LongPollingOverHttpTest {
    private EngineHandler handler;
    private TestServer server;
    private WireClient client;

    @BeforeEach
    void start() {
        var vertx = Vertx.vertx();
        handler = ConformanceServer.engineEcho(vertx);
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
    void a_session_opens_with_five_keys_and_is_never_cached() throws Exception {
        var answer = client.get("?EIO=4&transport=polling");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches(
                        "0\\{\"sid\":\"[\\w-]{24}\",\"upgrades\":\\[\"websocket\"],"
                                + "\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("text/plain; charset=UTF-8");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void refusals_are_json_with_a_code_and_a_message() throws Exception {
        assertRefused("?EIO=4", "GET", "{\"code\":0,\"message\":\"Transport unknown\"}");
        assertRefused(
                "?EIO=4&transport=polling&sid=x",
                "GET",
                "{\"code\":1,\"message\":\"Session ID unknown\"}");
        assertRefused(
                "?EIO=4&transport=polling",
                "POST",
                "{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertRefused(
                "?EIO=4&transport=polling",
                "PUT",
                "{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertRefused(
                "?EIO=4&transport=websocket", "GET", "{\"code\":3,\"message\":\"Bad request\"}");
        assertRefused(
                "?EIO=abc&transport=polling",
                "GET",
                "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }

    private void assertRefused(String query, String method, String body) throws Exception {
        var answer = client.send(method, query, HttpRequest.BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void text_and_binary_are_echoed() throws Exception {
        var session = client.openPolling();

        var post = client.post(session, "4hello\u001ebAQIDBA==\u001e4한글");

        assertThat(post.statusCode()).isEqualTo(200);
        assertThat(post.body()).isEqualTo("ok");
        assertThat(post.headers().firstValue("content-type")).contains("text/html");
        assertThat(client.get(session).body()).isEqualTo("4hello\u001ebAQIDBA==\u001e4한글");
    }

    @Test
    void a_malformed_body_is_400_and_the_session_is_gone() throws Exception {
        var session = client.openPolling();

        assertThat(client.post(session, "abc").statusCode()).isEqualTo(400);

        assertThat(client.get(session).statusCode()).isEqualTo(400);
        assertThat(handler.sessionCount()).isZero();
    }

    @Test
    void a_second_poll_ends_the_session() throws Exception {
        var session = client.openPolling();

        var first = client.getLater(session);
        var second = client.getLater(session);
        var answers =
                java.util.List.of(
                        first.get(30, TimeUnit.SECONDS), second.get(30, TimeUnit.SECONDS));

        assertThat(answers).extracting(answer -> answer.statusCode()).contains(200, 400);
        assertThat(answers).extracting(answer -> answer.body()).contains("1");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void pings_come_by_poll_and_a_silent_session_ends() throws Exception {
        var session = client.openPolling();

        assertThat(client.get(session).body()).isEqualTo("2");
        assertThat(client.post(session, "3").statusCode()).isEqualTo(200);
        assertThat(client.get(session).body()).isEqualTo("2");
        assertThat(client.get(session).body()).isEqualTo("1");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void the_clients_1_ends_the_poll_with_6() throws Exception {
        var session = client.openPolling();
        var poll = client.getLater(session);

        assertThat(client.post(session, "1").body()).isEqualTo("ok");

        assertThat(poll.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void a_body_of_the_limit_is_taken_and_one_byte_more_is_413() throws Exception {
        var session = client.openPolling();
        var largest = "4" + "x".repeat(999_999);

        assertThat(client.post(session, largest).statusCode()).isEqualTo(200);
        assertThat(client.get(session).body()).isEqualTo(largest);
        assertThat(client.post(client.openPolling(), largest + "x").statusCode()).isEqualTo(413);
    }

    @Test
    void the_limit_counts_bytes_and_chunked_bodies_too() throws Exception {
        var korean = ("4" + "한".repeat(400_000)).getBytes(StandardCharsets.UTF_8);
        var chunked =
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(korean));

        var answer = client.send("POST", client.openPolling(), chunked);

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void an_octet_stream_is_400() throws Exception {
        var session = client.openPolling();

        var answer = client.post(session, "4x", "content-type", "application/octet-stream");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(client.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void other_methods_on_a_session_are_400() throws Exception {
        var session = client.openPolling();

        var answer = client.send("DELETE", session, HttpRequest.BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
