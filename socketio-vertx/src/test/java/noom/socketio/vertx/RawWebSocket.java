// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A WebSocket byte by byte, with a small receive buffer and only what it is told to read.
final class RawWebSocket implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int PONG = 0x8A;

    private final Socket tcp = new Socket();
    private final InputStream in;
    private final StringBuilder answer = new StringBuilder();

    /// One frame as it came.
    static final class Frame {
        private final int head;
        private final byte[] payload;

        private Frame(int head, byte[] payload) {
            this.head = head;
            this.payload = payload;
        }

        /// The first byte: final, extension bits, opcode.
        int head() {
            return head;
        }

        byte[] payload() {
            return payload;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /// @param headers further lines of the handshake, each ending with CR LF
    RawWebSocket(TestServer server, String headers) throws IOException {
        tcp.setReceiveBufferSize(8_192);
        tcp.setSoTimeout(TIMEOUT_MILLIS);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        in = tcp.getInputStream();
        var request =
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + headers
                        + "\r\n";
        tcp.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            answer.append(line).append('\n');
        }
    }

    /// By which the server knows this connection.
    int localPort() {
        return tcp.getLocalPort();
    }

    /// The status line and the headers of the handshake's answer.
    String answer() {
        return answer.toString();
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    Frame read() throws IOException {
        int head = in.read();
        int length = in.read();
        if (length == 126) {
            length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF;
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
        }
        return new Frame(head, in.readNBytes(length));
    }

    /// The next frame that is no ping, no pong and no open packet; answers the server's pings.
    Frame readMessage() throws IOException {
        var frame = read();
        while (frame.head() == PONG || frame.text().equals("2") || frame.text().startsWith("0{")) {
            if (frame.text().equals("2")) {
                write("3");
            }
            frame = read();
        }
        return frame;
    }

    /// Writes a frame masked with zeros.
    ///
    /// @param head the first byte
    void write(int head, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(14 + payload.length).put((byte) head);
        if (payload.length <= 125) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) 0xFE).putShort((short) payload.length);
        } else {
            frame.put((byte) 0xFF).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        tcp.getOutputStream().write(frame.array(), 0, frame.position());
    }

    void write(String text) throws IOException {
        write(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
