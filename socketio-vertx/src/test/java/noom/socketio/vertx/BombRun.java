// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import com.sun.management.ThreadMXBean;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.Compression;

/// Zeros that are small on the wire and large after inflating, sent to a server that takes a
/// million bytes at most: what it answers, and what its event loops allocated for it.
///
/// Run without arguments for the figures, printed as text.
final class BombRun implements AutoCloseable {
    static final int MAX_PAYLOAD_BYTES = 1_000_000;
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    private final TestServer server;

    /// What came of one bomb.
    ///
    /// @param answer the close code, or the status
    /// @param sentBytes as they travel
    /// @param zeros what they would become
    /// @param allocatedBytes by the event loops, from before the bomb to after the answer
    record Result(String name, int answer, long sentBytes, long zeros, long allocatedBytes) {
        @Override
        public String toString() {
            return "%s: %,d bytes sent that would become %,d; answer %d; %,d bytes allocated"
                    .formatted(name, sentBytes, zeros, answer, allocatedBytes);
        }
    }

    /// @param vertxInflates whether the HTTP server inflates bodies, before this library sees them
    BombRun(boolean vertxInflates) {
        var defaults = SocketIoConfig.defaults();
        var io = new SocketIoServer(defaults.with(defaults.engine().with(Compression.ALL)));
        var vertx = Vertx.vertx();
        server =
                TestServer.of(
                        vertx,
                        new SocketIoHandler(vertx, io, ClientBundle.none()),
                        SocketIoHandler.serverOptions(io.config())
                                .setDecompressionSupported(vertxInflates));
    }

    Result message(int zeros) throws IOException {
        var bomb = deflated(zeros);
        try (var client = new RawWebSocket(server, OFFER)) {
            client.write("40");
            client.readMessage();
            long before = allocatedBytes();
            client.write(COMPRESSED_TEXT, bomb);
            var closing = client.readMessage().payload();
            int code = ByteBuffer.wrap(closing).getShort();
            return new Result("message", code, bomb.length, zeros, allocatedBytes() - before);
        }
    }

    Result body(int zeros) throws Exception {
        var bomb = gzipped(zeros);
        try (var client = new WireClient(server, "/socket.io/")) {
            var query = client.openPolling();
            long before = allocatedBytes();
            var body = HttpRequest.BodyPublishers.ofByteArray(bomb);
            int status = client.send("POST", query, body, "content-encoding", "gzip").statusCode();
            return new Result("body", status, bomb.length, zeros, allocatedBytes() - before);
        }
    }

    /// By all event loops of this process so far.
    private static long allocatedBytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("vert.x-eventloop")) {
                bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return bytes;
    }

    private static byte[] deflated(int zeros) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[zeros]);
        var bytes = new byte[zeros / 500 + 1_000];
        int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(bytes, length - 4); // RFC 7692 section 7.2.1
    }

    private static byte[] gzipped(int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.close();
    }

    /// Prints the figures; the exit code is 1 if an answer was not the documented one.
    public static void main(String[] args) throws Exception {
        boolean isFine = true;
        try (var plain = new BombRun(false);
                var inflating = new BombRun(true)) {
            plain.message(MAX_PAYLOAD_BYTES + 1); // for the classes to be loaded
            plain.body(MAX_PAYLOAD_BYTES + 1);
            inflating.body(MAX_PAYLOAD_BYTES + 1);
            for (int zeros : new int[] {1 << 20, 100 << 20}) {
                var message = plain.message(zeros);
                var refused = plain.body(zeros);
                var inflated = inflating.body(zeros);
                System.out.println("WebSocket " + message);
                System.out.println("POST " + refused);
                System.out.println("POST, inflated by the HTTP server: " + inflated);
                isFine &= message.answer() == 1009;
                isFine &= refused.answer() == 415 && inflated.answer() == 413;
            }
        }
        System.exit(isFine ? 0 : 1);
    }
}
