// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminDeskTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final HttpClient http = vertx.createHttpClient();
    private int port;
    @TempDir Path folder;

    @BeforeEach
    void start() throws Exception {
        var page = Files.createDirectory(folder.resolve("page"));
        Files.writeString(page.resolve("index.html"), "the page");
        Files.writeString(folder.resolve("secret"), "secret");
        port =
                AdminDesk.start(vertx, Arguments.anyPort(), page, false)
                        .await(30, TimeUnit.SECONDS)
                        .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void the_page_is_served_and_nothing_beside_it() throws Exception {
        assertThat(get("/admin-ui/")).isEqualTo("200 the page");
        assertThat(get("/admin-ui/index.html")).isEqualTo("200 the page");
        assertThat(get("/admin-ui/../secret")).isEqualTo("404 ");
        assertThat(get("/admin-ui/css")).isEqualTo("404 ");
        assertThat(get("/")).startsWith("302");
    }

    @Test
    void what_is_said_goes_to_the_others_of_the_room() throws Exception {
        var alice = new ScriptedBrowser(sockets, port);
        var bob = new ScriptedBrowser(sockets, port);
        alice.ask("enter", "tea");

        bob.emit("say", "hot", "tea");

        assertThat(alice.event()).isEqualTo("[\"said\",\"hot\"]");
    }

    private String get(String path) throws Exception {
        return http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(body -> answer.statusCode() + " " + body))
                .await(30, TimeUnit.SECONDS);
    }
}
