// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import noom.socketio.DisconnectReason;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.OutputLimits;
import org.junit.jupiter.api.Test;

/// A client that opens a WebSocket and does not read, over real TCP: the bounds of what waits hold
/// although writes are gathered.
class SlowReaderTest {
    private static final int EVENT_BYTES = 1_000;

    private final CompletableFuture<noom.socketio.Socket> joined = new CompletableFuture<>();
    private final CompletableFuture<DisconnectReason> left = new CompletableFuture<>();

    private SocketIoServer server(long maxUnsentBytes) {
        var engine =
                EngineConfig.defaults()
                        .withPath("/socket.io/")
                        .with(
                                new OutputLimits(
                                        maxUnsentBytes, Integer.MAX_VALUE, Duration.ofDays(1)));
        var io = new SocketIoServer(SocketIoConfig.defaults().with(engine));
        io.onConnection(
                socket -> {
                    socket.onDisconnect(left::complete);
                    joined.complete(socket);
                });
        return io;
    }

    private static Socket connect(TestServer server) throws Exception {
        var tcp = new Socket();
        tcp.setReceiveBufferSize(8_192);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        var request =
                """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                Host: x\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """;
        tcp.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var in = tcp.getInputStream();
        for (var line = readLine(in); !line.isEmpty(); line = readLine(in)) {}
        // The frame `40`, masked with zeros.
        tcp.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'});
        return tcp;
    }

    @Test
    void who_never_reads_is_closed_when_too_much_waits() throws Exception {
        try (var server = TestServer.of(server(1_000_000));
                var _ = connect(server)) {
            var socket = joined.get(30, TimeUnit.SECONDS);
            int sent = 0;
            while (!left.isDone() && sent < 200_000) {
                socket.emit("m", "x".repeat(EVENT_BYTES));
                sent++;
            }

            assertThat(left.get(30, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_ERROR);
        }
    }

    @Test
    void who_reads_late_gets_everything_in_order() throws Exception {
        int events = 20_000;
        try (var server = TestServer.of(server(100_000_000));
                var tcp = connect(server)) {
            var socket = joined.get(30, TimeUnit.SECONDS);
            for (int i = 0; i < events; i++) {
                socket.emit("m", i, "x".repeat(EVENT_BYTES));
            }

            var in = tcp.getInputStream();
            int expected = 0;
            while (expected < events) {
                var frame = readFrame(in);
                if (frame.startsWith("42[\"m\"")) {
                    assertThat(frame).startsWith("42[\"m\"," + expected + ",");
                    expected++;
                }
            }
            assertThat(left).isNotDone();
        }
    }

    private static String readLine(InputStream in) throws Exception {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String readFrame(InputStream in) throws Exception {
        assertThat(in.read()).isEqualTo(0x81);
        int length = in.read();
        if (length == 126) {
            length = in.read() << 8 | in.read();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
