// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.InputLimits;
import noom.socketio.engine.Timings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// WebSocket messages in fragments of one byte that never end: what counts is what they pin, not
/// what they carry.
class FragmentFloodTest {
    private static final int SOCKETS = 200;
    private static final int FRAGMENTS = 5_000;

    /// What may change for a socket besides the message.
    private static final long SLACK_BYTES = 20_000;

    private static final int READ_TIMEOUT_MILLIS = 30_000;
    private static final byte[] FIRST = {0x01, (byte) 0x81, 0, 0, 0, 0, '4'};
    private static final byte[] NEXT = {0x00, (byte) 0x81, 0, 0, 0, 0, 'x'};
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};
    private static final int CLOSE_BYTE = 0x88;
    private static final int PONG_BYTE = 0x8A;

    /// Nobody pings: the next frame is the awaited one, however long the flood takes.
    private static final EngineConfig QUIET =
            EngineConfig.defaults()
                    .with(
                            new Timings(
                                    Duration.ofHours(1),
                                    Duration.ofHours(1),
                                    Duration.ofSeconds(10)));

    private final List<Socket> sockets = new ArrayList<>();
    private EngineHandler handler;
    private TestServer server;

    private void start(EngineConfig config) {
        var vertx = Vertx.vertx();
        handler = new EngineHandler(vertx, config, ConformanceServer::echo);
        server = TestServer.ofEngine(vertx, handler, EngineHandler.serverOptions(config));
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void without_a_limit_of_fragments_they_pin_about_what_they_carry() throws Exception {
        start(QUIET);
        connect();
        long before = heldBytes();

        flood(FRAGMENTS);
        for (var socket : sockets) { // answered when everything before it was read
            socket.getOutputStream().write(PING);
            assertThat(nextFrame(socket)).isEqualTo(PONG_BYTE);
        }

        assertThat(handler.sessionCount()).isEqualTo(SOCKETS);
        assertThat(heldBytes() - before).isLessThan(SOCKETS * (2L * FRAGMENTS + SLACK_BYTES));
    }

    @Test
    void over_the_limit_of_fragments_they_pin_nothing() throws Exception {
        var input = new InputLimits(1_000_000, 64, 64, EngineConfig.UNLIMITED_TIME);
        start(QUIET.with(input));
        connect();
        long before = heldBytes();

        flood(64);
        for (var socket : sockets) {
            socket.getOutputStream().write(NEXT);
            assertThat(nextFrame(socket)).isEqualTo(CLOSE_BYTE);
            socket.getOutputStream().write(CLOSE);
            assertThat(socket.getInputStream().read()).as("end of stream").isEqualTo(-1);
        }

        Eventually.await("all have gone", () -> handler.sessionCount() == 0);
        assertThat(heldBytes() - before).isLessThan(SOCKETS * SLACK_BYTES);
    }

    private void connect() throws IOException {
        var request =
                """
                GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                \r
                """;
        for (int i = 0; i < SOCKETS; i++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            sockets.add(socket);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var end = new StringBuilder();
            while (!end.toString().endsWith("\r\n\r\n")) {
                end.append((char) socket.getInputStream().read());
            }
            assertThat(nextFrame(socket)).as("the open packet").isEqualTo(0x81);
        }
    }

    private void flood(int fragments) throws IOException {
        var bytes = new byte[FIRST.length + (fragments - 1) * NEXT.length];
        System.arraycopy(FIRST, 0, bytes, 0, FIRST.length);
        for (int at = FIRST.length; at < bytes.length; at += NEXT.length) {
            System.arraycopy(NEXT, 0, bytes, at, NEXT.length);
        }
        for (var socket : sockets) {
            socket.getOutputStream().write(bytes);
        }
    }

    /// Reads one frame of less than 126 bytes.
    ///
    /// @return its first byte
    private static int nextFrame(Socket socket) throws IOException {
        var in = socket.getInputStream();
        int first = in.read();
        in.skipNBytes(in.read());
        return first;
    }

    private static long heldBytes() {
        var runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory()
                - runtime.freeMemory()
                + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
