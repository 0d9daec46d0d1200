// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.RecoverySettings;
import noom.testkit.CuttableLine;
import org.junit.jupiter.api.Test;

/// The official client on one server, over a line that breaks again and again: it is recovered each
/// time, and hears everything once and in order. Needs Node and `npm ci` in this module's folder.
class OfficialRecoveryTest {
    private static final int CUTS = 20;

    private final SocketIoServer io =
            new SocketIoServer(SocketIoConfig.defaults().with(RecoverySettings.ON));
    private final List<String> steps = new ArrayList<>();
    private int sent;

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            io.emit("step", sent++);
        }
    }

    /// Reads on until this line.
    private void awaitLine(BufferedReader lines, String awaited) throws Exception {
        for (var line = lines.readLine(); !awaited.equals(line); line = lines.readLine()) {
            assertThat(line).as("before '%s'", awaited).startsWith("step ");
            steps.add(line);
        }
    }

    @Test
    void a_client_whose_line_is_cut_twenty_times_is_recovered_each_time() throws Exception {
        var random = new SplittableRandom(16);
        try (var server = TestServer.of(io);
                var line = CuttableLine.to(server.port())) {
            var process =
                    new ProcessBuilder(
                                    "node",
                                    "src/test/recovery-scenario.mjs",
                                    "http://127.0.0.1:" + line.port())
                            .redirectErrorStream(true)
                            .start();
            try (var lines = process.inputReader()) {
                awaitLine(lines, "connected false");
                for (int cut = 0; cut < CUTS; cut++) {
                    send(1);
                    awaitLine(lines, "step " + (sent - 1)); // else it has no offset to come with
                    steps.add("step " + (sent - 1));
                    send(random.nextInt(5));
                    line.cut();
                    send(random.nextInt(10));
                    awaitLine(lines, "disconnected");
                    Eventually.await("the socket has gone", () -> io.sockets().isEmpty());
                    send(random.nextInt(10));
                    line.lead(server.port());
                    send(random.nextInt(10));
                    awaitLine(lines, "connected true");
                }
                io.emit("done");
                awaitLine(lines, "done");
            } finally {
                process.destroyForcibly();
            }
        }

        assertThat(steps)
                .isEqualTo(IntStream.range(0, sent).mapToObj(number -> "step " + number).toList());
    }
}
