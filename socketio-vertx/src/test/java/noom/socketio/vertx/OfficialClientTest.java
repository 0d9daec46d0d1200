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
import noom.socketio.SocketIoServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The official npm client against a server on several event loops; every check of the script is a
/// test of its own. Needs Node and `npm ci` in this module's folder.
class OfficialClientTest {
    private static final int CHECKS = 17;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.of(scenarioServer());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static SocketIoServer scenarioServer() {
        var io = new SocketIoServer();
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

    @TestFactory
    Stream<DynamicTest> over_polling_only() throws Exception {
        return checks("polling");
    }

    @TestFactory
    Stream<DynamicTest> over_websocket_only() throws Exception {
        return checks("websocket");
    }

    @TestFactory
    Stream<DynamicTest> with_an_upgrade() throws Exception {
        return checks("upgrade");
    }

    private Stream<DynamicTest> checks(String mode) throws Exception {
        assertThat(Path.of("node_modules", "socket.io-client"))
                .as("run `npm ci` in the folder of this module")
                .exists();
        var output = Files.createTempFile("scenario", ".txt");
        var process =
                new ProcessBuilder("node", "src/test/client-scenario.mjs", server.url(), mode)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        Files.delete(output);

        var tests = new ArrayList<DynamicTest>();
        for (var line : lines) {
            var name = line.replaceFirst("^ok ", "").replaceFirst("^FAILED ", "");
            if (!line.equals("done")) {
                tests.add(DynamicTest.dynamicTest(name, () -> assertThat(line).startsWith("ok ")));
            }
        }
        tests.add(
                DynamicTest.dynamicTest(
                        "the script ran to its end",
                        () -> assertThat(lines).hasSize(CHECKS + 1).last().isEqualTo("done")));
        return tests.stream();
    }
}
