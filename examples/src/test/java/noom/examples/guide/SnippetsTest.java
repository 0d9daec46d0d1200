// SPDX-License-Identifier: Apache-2.0
package noom.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import noom.examples.ScriptedBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the documents say in Java compiles, and what they say runs, runs.
class SnippetsTest {
    private static final List<String> DOCUMENTS =
            List.of(
                    "docs/socketio/guide.md",
                    "docs/socketio/from-node.md",
                    "docs/socketio/from-netty-socketio.md",
                    "socketio/README.md",
                    "socketio-vertx/README.md",
                    "socketio-redis/README.md");

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient clients = vertx.createWebSocketClient();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void every_snippet_compiles() throws Exception {
        var snippets = new ArrayList<Markdown.Snippet>();
        for (var document : DOCUMENTS) {
            snippets.addAll(Markdown.read(document).snippets());
        }

        assertThat(SnippetCompiler.compile(snippets).errors()).isEmpty();
        assertThat(snippets).hasSizeGreaterThan(30);
    }

    @Test
    void a_broken_snippet_is_told_with_its_line() {
        var document =
                """
                # A document

                ```java
                io.emit("fine");
                io.emitt("broken");
                ```

                ```java
                import java.util.concurrent.atomic.AtomicLong;

                final class Alone {
                    AtomicLong count = "no number";
                }
                ```

                ```java
                void main() {
                    nobody();
                }
                ```
                """;

        var errors = SnippetCompiler.compile(Markdown.of("doc.md", document).snippets()).errors();

        assertThat(errors.stream().map(error -> error.replaceAll("(?s): .*", "")))
                .containsExactlyInAnyOrder("doc.md:5", "doc.md:12", "doc.md:18");
    }

    @Test
    void deprecated_and_unchecked_code_is_an_error_too() {
        var document =
                """
                ```java
                List names = List.of(new Integer(7));
                ```
                """;

        assertThat(SnippetCompiler.compile(Markdown.of("doc.md", document).snippets()).errors())
                .isNotEmpty();
    }

    /// With another port than the one in the text, which may be taken.
    @Test
    void the_first_program_of_the_guide_echoes() throws Exception {
        int port = freePort();
        var program = only("docs/socketio/guide.md", "void main(");
        var elsewhere =
                new Markdown.Snippet(
                        program.file(),
                        program.firstLine(),
                        program.code().replace("3000", String.valueOf(port)));
        var outcome = SnippetCompiler.compile(List.of(elsewhere));
        var type = outcome.loader().loadClass(outcome.classes().get(elsewhere));
        var main = type.getDeclaredMethod("main");
        main.setAccessible(true);

        main.invoke(instance(type));

        var browser = new ScriptedBrowser(clients, port);
        assertThat(browser.ask("echo", "hello")).isEqualTo("[\"hello\"]");
    }

    @Test
    void the_test_of_the_guide_passes() throws Exception {
        var snippet = only("docs/socketio/guide.md", "@Test");
        var outcome = SnippetCompiler.compile(List.of(snippet));
        var type = outcome.loader().loadClass(outcome.classes().get(snippet));
        var test = instance(type);
        var tests =
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .toList();

        assertThat(tests).isNotEmpty();
        for (Method method : tests) {
            method.setAccessible(true);
            method.invoke(test);
        }
    }

    private static Markdown.Snippet only(String document, String text) throws IOException {
        var fitting =
                Markdown.read(document).snippets().stream()
                        .filter(snippet -> snippet.code().contains(text))
                        .toList();
        assertThat(fitting).hasSize(1);
        return fitting.getFirst();
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
