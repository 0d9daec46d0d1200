// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.Compression;
import noom.socketio.msgpack.MessagePackParser;
import noom.socketio.protocol.Parser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// The official npm clients, the newest and one of 4.0, against a server on one event loop and on
/// several, with MessagePack, and compressed; every check of the script is a test of its own. Needs
/// Node and `npm ci` in this module's folder.
class OfficialClientTest {
    private static final int CHECKS = 18;

    private static final String NEWEST = "socket.io-client";
    private static final String OLDEST = "socket.io-client-4.0";
    private static final String MESSAGE_PACK = "socket.io-msgpack-parser";

    static SocketIoServer scenarioServer(Parser parser, Compression compression) {
        var defaults = SocketIoConfig.defaults();
        var engine = defaults.engine().with(compression);
        var io = new SocketIoServer(defaults.with(engine).with(parser));
        io.onConnection(
                socket -> {
                    socket.on("echo", event -> socket.emit("echo-back", event.values().toArray()));
                    socket.on("echo-ack", event -> event.ack(event.values().toArray()));
                    socket.on(
                            "ask-me",
                            event -> {
                                var answer =
                                        socket.emitWithAck(
                                                Duration.ofSeconds(20), "question", event.get(0));
                                socket.emit("answered", answer.join().get(0));
                            });
                    socket.on(
                            "join",
                            event -> {
                                socket.join(event.string(0));
                                event.ack();
                            });
                    socket.on(
                            "to-room",
                            event -> socket.to(event.string(0)).emit("room", event.string(1)));
                    socket.on(
                            "count-ten",
                            event -> {
                                for (int i = 0; i < 10; i++) {
                                    socket.emit("count", event.integer(0) + i);
                                }
                            });
                    socket.on("kick-me", event -> socket.disconnect(event.bool(0)));
                    socket.onDisconnecting(
                            reason ->
                                    socket.rooms()
                                            .forEach(
                                                    room ->
                                                            socket.to(room)
                                                                    .emit("bye", reason.text())));
                });
        io.of("/custom").onConnection(socket -> socket.emit("auth", socket.handshake().auth()));
        io.of("/locked")
                .use(
                        (socket, next) -> {
                            if ("open".equals(socket.handshake().auth().get("key"))) {
                                next.proceed();
                            } else {
                                next.refuse("not you", Map.of("code", 7));
                            }
                        });
        return io;
    }

    /// A client on a server; the parser is the default without a name.
    private record Pair(String client, String parser, Compression compression, int loops) {
        Pair(String client, String parser, int loops) {
            this(client, parser, Compression.NONE, loops);
        }

        String name(String mode) {
            return client + " " + mode + " " + parser + ", loops: " + loops;
        }
    }

    @TestFactory
    Stream<DynamicTest> newest_client_on_several_loops() throws Exception {
        return checks(new Pair(NEWEST, "", TestServer.LOOPS));
    }

    @TestFactory
    Stream<DynamicTest> newest_client_on_one_loop() throws Exception {
        return checks(new Pair(NEWEST, "", 1));
    }

    @TestFactory
    Stream<DynamicTest> oldest_client_on_several_loops() throws Exception {
        return checks(new Pair(OLDEST, "", TestServer.LOOPS));
    }

    @TestFactory
    Stream<DynamicTest> oldest_client_on_one_loop() throws Exception {
        return checks(new Pair(OLDEST, "", 1));
    }

    @TestFactory
    Stream<DynamicTest> newest_client_with_message_pack() throws Exception {
        return checks(new Pair(NEWEST, MESSAGE_PACK, TestServer.LOOPS));
    }

    @TestFactory
    Stream<DynamicTest> newest_client_with_message_pack_on_one_loop() throws Exception {
        return checks(new Pair(NEWEST, MESSAGE_PACK, 1));
    }

    @TestFactory
    Stream<DynamicTest> newest_client_with_everything_compressed() throws Exception {
        return checks(new Pair(NEWEST, "", new Compression(true, true, 0), TestServer.LOOPS));
    }

    @TestFactory
    Stream<DynamicTest> newest_client_with_compressed_message_pack() throws Exception {
        return checks(
                new Pair(NEWEST, MESSAGE_PACK, new Compression(true, true, 0), TestServer.LOOPS));
    }

    private static Stream<DynamicTest> checks(Pair pair) throws Exception {
        var parser = pair.parser.isEmpty() ? Parser.JSON : MessagePackParser.INSTANCE;
        var tests = new ArrayList<DynamicTest>();
        try (var server =
                TestServer.of(
                        scenarioServer(parser, pair.compression),
                        ClientBundle.none(),
                        pair.loops)) {
            for (var mode : List.of("polling", "websocket", "upgrade")) {
                var lines = run(server, mode, pair);
                for (var line : lines) {
                    var name = line.replaceFirst("^(ok|FAILED) ", "");
                    tests.add(test(pair.name(mode) + ": " + name, () -> assertPassed(line)));
                }
                tests.add(
                        test(
                                pair.name(mode) + ": the script ran to its end",
                                () -> assertThat(lines).hasSize(CHECKS + 1).endsWith("done")));
            }
        }
        return tests.stream();
    }

    private static DynamicTest test(String name, Executable check) {
        return DynamicTest.dynamicTest(name, check);
    }

    private static void assertPassed(String line) {
        assertThat(line).matches("ok .*|done");
    }

    private static List<String> run(TestServer server, String mode, Pair pair) throws Exception {
        assertThat(Path.of("node_modules", pair.client))
                .as("run `npm ci` in the folder of this module")
                .exists();
        var output = Files.createTempFile("scenario", ".txt");
        var process =
                new ProcessBuilder(
                                "node",
                                "src/test/client-scenario.mjs",
                                server.url(),
                                mode,
                                pair.client,
                                pair.parser)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return lines;
    }
}
