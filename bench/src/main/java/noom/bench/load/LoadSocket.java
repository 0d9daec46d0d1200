// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// One client: asks for a WebSocket, joins the main namespace, answers pings, counts events.
///
/// `UPGRADING → JOINING → OPEN`, from each of them `LOST`.
final class LoadSocket implements FrameReader.Sink {
    private static final byte[] JOIN = masked("40");
    private static final byte[] PONG = masked("3");
    private static final String HEADER_END = "\r\n\r\n";

    private final SocketChannel channel;
    private final Tally tally;
    private final Consumer<LoadSocket> onOpen;
    private final FrameReader frames = new FrameReader(this);
    private State state = State.UPGRADING;
    private String header = "";

    private enum State {
        UPGRADING,
        JOINING,
        OPEN,
        LOST
    }

    /// @param onOpen called once it is in the main namespace, or lost before that
    LoadSocket(SocketChannel channel, Tally tally, Consumer<LoadSocket> onOpen) {
        this.channel = channel;
        this.tally = tally;
        this.onOpen = onOpen;
    }

    /// Once the connection is there.
    void upgrade(int port) {
        // The key is the RFC's own; which one it is does not matter to a server.
        write(
                ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:"
                                + port
                                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /// Reads what there is.
    ///
    /// @param buffer shared by all clients; overwritten
    void read(ByteBuffer buffer) {
        try {
            buffer.clear();
            int count = channel.read(buffer);
            if (count < 0) {
                lose();
                return;
            }
            receive(buffer.flip());
        } catch (IOException _) {
            lose();
        }
    }

    private void receive(ByteBuffer bytes) {
        while (state == State.UPGRADING && bytes.hasRemaining()) {
            header += (char) bytes.get();
            if (header.endsWith(HEADER_END)) {
                if (!header.startsWith("HTTP/1.1 101 ")) {
                    lose();
                    return;
                }
                header = "";
                state = State.JOINING;
            }
        }
        if (state != State.LOST) {
            frames.receive(bytes);
        }
    }

    @Override
    public void onText(int first, int second, long lengthBytes) {
        switch (first) {
            case '2' -> write(PONG);
            case '0' -> write(JOIN);
            case '4' -> onMessage(second, lengthBytes);
            default -> lose();
        }
    }

    private void onMessage(int type, long lengthBytes) {
        if (type == '2' && state == State.OPEN) {
            tally.onEvent(lengthBytes);
        } else if (type == '0' && state == State.JOINING) {
            state = State.OPEN;
            tally.onOpen();
            onOpen.accept(this);
        } else {
            lose();
        }
    }

    @Override
    public void onUnexpected(int headerByte) {
        lose();
    }

    /// Closes it, as a failure.
    void lose() {
        if (state == State.LOST) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.LOST;
        tally.onLost(wasOpen);
        close();
        if (!wasOpen) {
            onOpen.accept(this);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }

    /// What is written is so short and so rare that it always fits into the socket's buffer.
    private void write(byte[] bytes) {
        try {
            if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
                lose();
            }
        } catch (IOException _) {
            lose();
        }
    }

    /// A text frame as a client must send it; a mask of zeros leaves the text as it is.
    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }
}
