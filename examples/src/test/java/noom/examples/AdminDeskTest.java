// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AdminDeskTest {
    @TempDir Path folder;

    @RegisterExtension final RunningExample example = new RunningExample(this::start);

    private Future<HttpServer> start(Vertx vertx) throws Exception {
        var page = Files.createDirectory(folder.resolve("page"));
        Files.writeString(page.resolve("index.html"), "the page");
        Files.writeString(folder.resolve("secret"), "secret");
        return AdminDesk.start(vertx, Arguments.anyPort(), page, false);
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
        var alice = example.browser();
        var bob = example.browser();
        alice.ask("enter", "tea");

        bob.emit("say", "hot", "tea");

        assertThat(alice.event()).isEqualTo("[\"said\",\"hot\"]");
    }

    private String get(String path) throws Exception {
        var answer = example.get(path);
        return answer.status() + " " + answer.body();
    }
}
