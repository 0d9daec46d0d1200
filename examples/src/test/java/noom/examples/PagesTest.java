// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PagesTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(
                    vertx -> {
                        var values =
                                Map.<String, Supplier<String>>of(
                                        "title", () -> "<b>\"Tom & 'Al'\"</b>$1");
                        return vertx.createHttpServer()
                                .requestHandler(new Pages("public-chat", values))
                                .listen(0, "127.0.0.1");
                    });

    @Test
    void renders_the_home_page_and_escapes_what_it_puts_in() throws Exception {
        var home = example.get("/");

        assertThat(home.status()).isEqualTo(200);
        assertThat(home.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(home.body())
                .contains("<h1>&lt;b&gt;&quot;Tom &amp; &#39;Al&#39;&quot;&lt;/b&gt;$1</h1>")
                .doesNotContain("{{");
    }

    @Test
    void serves_the_programs_own_files_and_the_shared_look() throws Exception {
        assertThat(example.get("/public/app.js").type()).startsWith("text/javascript");
        assertThat(example.get("/public/app.js").body()).contains("WebSocket");
        assertThat(example.get("/public/style.css").type()).startsWith("text/css");
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
            var answer = example.get(path);

            assertThat(answer.status()).as(path).isEqualTo(302);
            assertThat(answer.location()).isEqualTo("/");
        }
    }

    @Test
    void only_get_is_allowed() throws Exception {
        assertThat(example.ask(HttpMethod.POST, "/", "").status()).isEqualTo(405);
    }
}
