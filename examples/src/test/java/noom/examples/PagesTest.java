// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private int port;

    private record Answer(int status, String location, String type, String body) {}

    @BeforeEach
    void start() throws Exception {
        var pages = new Pages("public-chat", Map.of("title", () -> "<b>\"Tom & 'Al'\"</b>$1"));
        port =
                vertx.createHttpServer()
                        .requestHandler(pages)
                        .listen(0, "127.0.0.1")
                        .await(30, TimeUnit.SECONDS)
                        .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void renders_the_home_page_and_escapes_what_it_puts_in() throws Exception {
        var home = ask(HttpMethod.GET, "/");

        assertThat(home.status()).isEqualTo(200);
        assertThat(home.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(home.body())
                .contains("<h1>&lt;b&gt;&quot;Tom &amp; &#39;Al&#39;&quot;&lt;/b&gt;$1</h1>")
                .doesNotContain("{{");
    }

    @Test
    void serves_the_programs_own_files_and_the_shared_look() throws Exception {
        assertThat(ask(HttpMethod.GET, "/public/app.js").type()).startsWith("text/javascript");
        assertThat(ask(HttpMethod.GET, "/public/app.js").body()).contains("WebSocket");
        assertThat(ask(HttpMethod.GET, "/public/style.css").type()).startsWith("text/css");
    }

    @Test
    void leads_everything_else_home() throws Exception {
        for (var path :
                new String[] {
                    "/anything",
                    "/public/",
                    "/public/absent.js",
                    "/public/../home.html",
                    "/public/..%2Fhome.html",
                    "/home.html"
                }) {
            var answer = ask(HttpMethod.GET, path);

            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.location()).isEqualTo("/");
        }
    }

    @Test
    void only_get_is_allowed() throws Exception {
        assertThat(ask(HttpMethod.POST, "/").status()).isEqualTo(405);
    }

    private Answer ask(HttpMethod method, String path) throws Exception {
        return client.request(method, port, "127.0.0.1", path)
                .compose(HttpClientRequest::send)
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                body ->
                                                        new Answer(
                                                                response.statusCode(),
                                                                header(response, "location"),
                                                                header(response, "content-type"),
                                                                body.toString())))
                .await(30, TimeUnit.SECONDS);
    }

    private static String header(HttpClientResponse response, String name) {
        return response.getHeader(name);
    }
}
