// SPDX-License-Identifier: Apache-2.0
package noom.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables for who comes from another server: every Java name in them is there, and no name of
/// the official server is left out.
class MigrationTablesTest {
    private static final String FROM_NODE = "docs/socketio/from-node.md";
    private static final String FROM_NETTY = "docs/socketio/from-netty-socketio.md";
    private static final String OFFICIAL = "socketio-redis/node_modules/";

    private static final List<String> PACKAGES =
            List.of(
                    "noom.socketio.",
                    "noom.socketio.adapter.",
                    "noom.socketio.admin.",
                    "noom.socketio.engine.",
                    "noom.socketio.msgpack.",
                    "noom.socketio.protocol.",
                    "noom.socketio.redis.",
                    "noom.socketio.vertx.",
                    "io.vertx.core.",
                    "io.vertx.core.http.");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern MEMBER =
            Pattern.compile("(?m)^    (?:readonly |get )?([a-z]\\w*)\\??[(<:]");

    @Test
    void every_java_name_of_the_tables_is_there() throws Exception {
        for (var file : List.of(FROM_NODE, FROM_NETTY)) {
            var document = Markdown.read(file);

            assertThat(unknownNames(document)).isEmpty();
            assertThat(document.rows()).hasSizeGreaterThan(50);
        }
    }

    @Test
    void a_name_that_is_not_there_is_told_with_its_line() {
        var document =
                Markdown.of(
                        "doc.md",
                        """
                        | there | here | what differs |
                        | --- | --- | --- |
                        | `a()` | `Socket.join`, `Middleware.Next`, `Middleware.Next.proceed` | |
                        | `b()` | `Socket.joins` | |
                        | `c()` | `Sockets` | |
                        | `d()` | `socket.join("a")` | |
                        | `e()` | – | |
                        | `f()` | | |
                        | `g()` | `RecoverySettings.ON`, `DisconnectReason.PING_TIMEOUT` | |
                        | `h()` | `Socket.membership` | |
                        """);

        assertThat(unknownNames(document))
                .containsExactly(
                        "doc.md:4: Socket.joins",
                        "doc.md:5: Sockets",
                        "doc.md:6: socket.join(\"a\")",
                        "doc.md:8: names nothing, say –",
                        "doc.md:10: Socket.membership");
    }

    @Test
    void no_public_name_of_the_official_server_is_left_out() throws IOException {
        var rows = Markdown.read(FROM_NODE).rows();
        var types = OFFICIAL + "socket.io/dist/";
        var servers = new ArrayList<String>();
        for (var file : List.of("index", "namespace", "parent-namespace")) {
            servers.addAll(members(types + file + ".d.ts", "export declare class"));
        }
        servers.addAll(members(types + "broadcast-operator.d.ts", "class BroadcastOperator"));

        assertThat(leftOut(rows, servers, "io", "nsp")).isEmpty();
        assertThat(leftOut(rows, members(types + "socket.d.ts", "class Socket<"), "socket"))
                .isEmpty();
        assertThat(
                        leftOut(
                                rows,
                                members(types + "broadcast-operator.d.ts", "class RemoteSocket<"),
                                "remote"))
                .isEmpty();
    }

    @Test
    void no_option_of_the_official_server_is_left_out() throws IOException {
        var options = new TreeSet<String>();
        var engine = OFFICIAL + "engine.io/build/server.d.ts";
        options.addAll(members(engine, "export interface ServerOptions"));
        options.addAll(members(engine, "export interface AttachOptions"));
        options.addAll(members(OFFICIAL + "socket.io/dist/index.d.ts", "interface ServerOptions"));
        var named = new TreeSet<String>();
        Markdown.read(FROM_NODE).rows().forEach(row -> named.addAll(codes(row.cells().getFirst())));

        assertThat(options).hasSizeGreaterThan(20);
        options.removeAll(named);
        assertThat(options).isEmpty();
    }

    @Test
    void a_name_that_no_row_has_is_left_out() {
        var rows = Markdown.of("doc.md", "| a | b |\n| - | - |\n| `io.to(room)` | x |\n").rows();

        assertThat(leftOut(rows, List.of("to", "in"), "io")).containsExactly("in");
        assertThat(leftOut(rows, List.of("to"), "socket")).containsExactly("to");
    }

    /// Names of members that no code in a first cell has behind one of these receivers.
    private static Set<String> leftOut(
            List<Markdown.Row> rows, List<String> members, String... receivers) {
        assertThat(members).isNotEmpty();
        var missing = new TreeSet<>(members);
        for (var row : rows) {
            for (var code : codes(row.cells().getFirst())) {
                for (var receiver : receivers) {
                    missing.removeIf(name -> code.matches(receiver + "\\." + name + "\\b.*"));
                }
            }
        }
        return missing;
    }

    /// The public members in each block of a type file that begins with this.
    private static List<String> members(String file, String beginning) throws IOException {
        var text = Files.readString(Markdown.ROOT.resolve(file));
        var block =
                Pattern.compile("(?ms)^[^\\n]*" + Pattern.quote(beginning) + ".*?^}").matcher(text);
        return block.results()
                .flatMap(found -> MEMBER.matcher(found.group()).results())
                .map(found -> found.group(1))
                .filter(name -> !name.equals("constructor"))
                .distinct()
                .toList();
    }

    private static List<String> unknownNames(Markdown document) {
        var unknown = new ArrayList<String>();
        for (var row : document.rows()) {
            if (row.cells().getFirst().matches("(?!`).*")) {
                continue; // a table of words, not of names
            }
            var cell = row.cells().get(1);
            var names = codes(cell);
            if (names.isEmpty() && !cell.equals("–")) {
                unknown.add(row.file() + ":" + row.line() + ": names nothing, say –");
            }
            names.stream()
                    .filter(name -> !isThere(name))
                    .forEach(name -> unknown.add(row.file() + ":" + row.line() + ": " + name));
        }
        return unknown;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /// Whether a name is a public type, or a public member of one.
    private static boolean isThere(String name) {
        if (!name.matches("[A-Z]\\w*(\\.\\w+)*")) {
            return false;
        }
        int dot = name.lastIndexOf('.');
        return type(name).isPresent()
                || (dot > 0
                        && type(name.substring(0, dot))
                                .filter(type -> has(type, name.substring(dot + 1)))
                                .isPresent());
    }

    private static boolean has(Class<?> type, String member) {
        return Stream.of(type.getMethods(), type.getFields())
                .flatMap(Arrays::<Member>stream)
                .anyMatch(found -> found.getName().equals(member));
    }

    private static Optional<Class<?>> type(String name) {
        for (var prefix : PACKAGES) {
            try {
                Class<?> found = Class.forName(prefix + name.replace('.', '$'));
                return Optional.<Class<?>>of(found)
                        .filter(type -> Modifier.isPublic(type.getModifiers()));
            } catch (ClassNotFoundException _) {
                // then in the next package
            }
        }
        return Optional.empty();
    }
}
