// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThermometersTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final HttpClient http = vertx.createHttpClient();
    private int port;

    @BeforeEach
    void start() throws Exception {
        port =
                Thermometers.start(vertx, Arguments.anyPort())
                        .await(30, TimeUnit.SECONDS)
                        .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void what_comes_by_rest_goes_to_all_browsers() throws Exception {
        var alice = browser();
        var bob = browser();

        assertThat(put("cellar", "{\"celsius\":12}")).isEqualTo(204);

        for (var browser : new ScriptedBrowser[] {alice, bob}) {
            assertThat(browser.event("reading"))
                    .isEqualTo("[\"reading\",{\"place\":\"cellar\",\"celsius\":12.0}]");
        }
        assertThat(get("/api/readings")).isEqualTo("{\"cellar\":12.0}");
    }

    @Test
    void what_anybody_publishes_on_the_event_bus_goes_to_browsers() throws Exception {
        var alice = browser();

        vertx.eventBus().publish("reading", JsonObject.of("place", "roof", "celsius", -3.5));

        assertThat(alice.event("reading"))
                .isEqualTo("[\"reading\",{\"place\":\"roof\",\"celsius\":-3.5}]");
    }

    @Test
    void a_browser_asks_on_the_event_bus() throws Exception {
        var alice = browser();
        put("cellar", "{\"celsius\":12}");

        assertThat(alice.ask("latest", "cellar")).isEqualTo("[12.0]");
        assertThat(alice.ask("latest", "moon")).isEqualTo("[{\"error\":\"no-reading\"}]");
    }

    @Test
    void a_body_without_a_number_is_refused() throws Exception {
        assertThat(put("cellar", "{\"celsius\":\"cold\"}")).isEqualTo(400);
        assertThat(put("cellar", "")).isEqualTo(400);
        assertThat(get("/api/readings")).isEqualTo("{}");
    }

    private ScriptedBrowser browser() throws Exception {
        return new ScriptedBrowser(sockets, port);
    }

    private int put(String place, String json) throws Exception {
        return http.request(HttpMethod.PUT, port, "127.0.0.1", "/api/readings/" + place)
                .compose(request -> request.send(json))
                .await(30, TimeUnit.SECONDS)
                .statusCode();
    }

    private String get(String path) throws Exception {
        return http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .await(30, TimeUnit.SECONDS)
                .toString();
    }
}
