// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import org.junit.jupiter.api.Test;

/// Who may come in, and the browser client.
class OriginAndBundleTest {
    private static final String POLLING = "?EIO=4&transport=polling";
    private static final String WEBSOCKET = "?EIO=4&transport=websocket";

    private static TestServer guarded() {
        var config =
                SocketIoConfig.defaults()
                        .withOrigins((origin, host) -> origin.equals("http://" + host));
        return TestServer.of(new SocketIoServer(config));
    }

    @Test
    void a_foreign_page_is_refused_with_403_over_polling_and_websocket() throws Exception {
        try (var server = guarded();
                var client = new WireClient(server, "/socket.io/")) {
            var refusal = client.get(POLLING, "Origin", "http://evil.example");

            assertThat(refusal.statusCode()).isEqualTo(403);
            assertThat(refusal.body()).isEqualTo("{\"code\":4,\"message\":\"Origin not allowed\"}");
            assertThatThrownBy(() -> client.webSocket(WEBSOCKET, "Origin", "http://evil.example"))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .cause()
                    .extracting(e -> ((WebSocketHandshakeException) e).getResponse().statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void the_own_page_and_programs_without_origin_come_in() throws Exception {
        try (var server = guarded();
                var client = new WireClient(server, "/socket.io/")) {
            assertThat(client.get(POLLING, "Origin", server.url()).statusCode()).isEqualTo(200);
            assertThat(client.get(POLLING).statusCode()).isEqualTo(200);
            assertThat(client.webSocket(WEBSOCKET, "Origin", server.url()).next()).startsWith("0{");
        }
    }

    /// HTTP/2 names the host in `:authority` instead of in `host`.
    @Test
    void over_http_2_the_own_page_comes_in_and_a_foreign_one_does_not() throws Exception {
        try (var server = guarded();
                var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var own = overHttp2(http, server, server.url());
            var foreign = overHttp2(http, server, "http://evil.example");

            assertThat(own.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(foreign.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(foreign.statusCode()).isEqualTo(403);
        }
    }

    /// The second request of a client: the first one is an upgrade from HTTP/1.1, with a `host`.
    private static HttpResponse<String> overHttp2(HttpClient http, TestServer server, String origin)
            throws Exception {
        var uri = URI.create(server.url() + "/socket.io/" + POLLING);
        var request = HttpRequest.newBuilder(uri).header("Origin", origin).build();
        http.send(request, HttpResponse.BodyHandlers.ofString());
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void cors_headers_come_only_for_the_origins_named_and_before_refusals() throws Exception {
        var config = SocketIoConfig.defaults().withCors("http://friend.example"::equals);
        try (var server = TestServer.of(new SocketIoServer(config));
                var client = new WireClient(server, "/socket.io/")) {
            var refusal = client.get("?EIO=4&transport=x", "Origin", "http://friend.example");
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.headers().firstValue("access-control-allow-origin"))
                    .contains("http://friend.example");
            assertThat(refusal.headers().firstValue("access-control-allow-credentials"))
                    .contains("true");

            var none = HttpRequest.BodyPublishers.noBody();
            var asked = client.send("OPTIONS", POLLING, none, "Origin", "http://friend.example");
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(asked.headers().firstValue("access-control-allow-methods"))
                    .contains("GET,POST");

            var stranger = client.get(POLLING, "Origin", "http://other.example");
            assertThat(stranger.headers().firstValue("access-control-allow-origin")).isEmpty();
        }
    }

    @Test
    void the_browser_client_is_served_with_an_etag_and_304() throws Exception {
        var bundle = ClientBundle.of(Path.of("node_modules", "socket.io-client", "dist"));
        assertThat(bundle.isEmpty()).as("run `npm ci` in the folder of this module").isFalse();
        assertThat(ClientBundle.packed().isEmpty()).isFalse();
        try (var server = TestServer.of(new SocketIoServer(), bundle, 2);
                var client = new WireClient(server, "/socket.io/")) {
            for (var name :
                    new String[] {
                        "socket.io.js",
                        "socket.io.min.js",
                        "socket.io.esm.min.js",
                        "socket.io.msgpack.min.js"
                    }) {
                var file = client.get(name);
                assertThat(file.statusCode()).as(name).isEqualTo(200);
                assertThat(file.body()).contains("Socket.IO v4.8.4").contains("MIT License");
                assertThat(file.headers().firstValue("content-type"))
                        .contains("application/javascript; charset=utf-8");
                var etag = file.headers().firstValue("etag").orElseThrow();
                assertThat(etag).matches("\"[0-9a-f]{32}\"");

                assertThat(client.get(name, "If-None-Match", etag).statusCode()).isEqualTo(304);
                assertThat(client.get(name, "If-None-Match", "W/" + etag).statusCode())
                        .isEqualTo(304);
                assertThat(client.get(name + ".map").headers().firstValue("content-type"))
                        .contains("application/json");
            }
            assertThat(client.get("../pom.xml").statusCode()).isNotEqualTo(200);
            assertThat(client.get("other.js").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void other_paths_stay_with_the_application() throws Exception {
        try (var server = TestServer.of(new SocketIoServer());
                var client = new WireClient(server, "/")) {
            assertThat(client.get("index.html").body()).isEqualTo("app");
            assertThat(client.get("socket.io.js").body()).isEqualTo("app");
        }
    }

    @Test
    void without_a_bundle_the_rest_works() throws Exception {
        try (var server = TestServer.of(new SocketIoServer(), ClientBundle.none(), 1);
                var client = new WireClient(server, "/socket.io/")) {
            assertThat(ClientBundle.none().isEmpty()).isTrue();
            assertThat(client.get("socket.io.js").statusCode()).isEqualTo(400);
            assertThat(client.get(POLLING).statusCode()).isEqualTo(200);
        }
    }
}
