// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

import java.nio.ByteBuffer;

/// Cuts what a server sends over one WebSocket into frames (RFC 6455 section 5.2), and copies
/// nothing: of each text it tells the length and the first two characters, which say what kind of
/// packet it is.
///
/// Takes whole, unmasked text frames only; servers of Socket.IO send small events so. Anything else
/// is unexpected, so that nothing is counted that was not understood.
final class FrameReader {
    private static final int WHOLE_TEXT = 0x81; // FIN and the opcode of text
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;

    private final Sink sink;
    private int headerBytes;
    private int headerLeft;
    private long payloadLeft;
    private long length;
    private int first;
    private int second;

    /// Hears what was read.
    interface Sink {
        /// A whole text frame.
        ///
        /// @param first the first byte, -1 if there is none
        /// @param second the second byte, -1 if there is none
        void onText(int first, int second, long lengthBytes);

        /// A frame of another kind; what follows it is not read right.
        void onUnexpected(int headerByte);
    }

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /// Takes all that is in the buffer.
    void receive(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (payloadLeft == 0) {
                readHeader(bytes.get() & 0xff);
            } else {
                readPayload(bytes);
            }
        }
    }

    private void readHeader(int value) {
        if (headerBytes == 0) {
            if (value != WHOLE_TEXT) {
                sink.onUnexpected(value);
            }
            headerBytes = 1;
        } else if (headerBytes == 1) {
            headerBytes = 2;
            switch (value) {
                case LENGTH_IN_2_BYTES -> headerLeft = 2;
                case LENGTH_IN_8_BYTES -> headerLeft = 8;
                default -> {
                    if (value > LENGTH_IN_8_BYTES) { // masked, which is for clients
                        sink.onUnexpected(value);
                    }
                    begin(value);
                }
            }
        } else {
            length = length << 8 | value;
            headerLeft--;
            if (headerLeft == 0) {
                begin(length);
            }
        }
    }

    private void begin(long lengthBytes) {
        length = lengthBytes;
        payloadLeft = lengthBytes;
        first = -1;
        second = -1;
        if (lengthBytes == 0) {
            end();
        }
    }

    private void readPayload(ByteBuffer bytes) {
        long done = length - payloadLeft;
        if (done == 0) {
            first = bytes.get(bytes.position()) & 0xff;
        }
        if (done <= 1 && done + bytes.remaining() > 1 && length > 1) {
            second = bytes.get(bytes.position() + 1 - (int) done) & 0xff;
        }
        int taken = (int) Math.min(payloadLeft, bytes.remaining());
        bytes.position(bytes.position() + taken);
        payloadLeft -= taken;
        if (payloadLeft == 0) {
            end();
        }
    }

    private void end() {
        long lengthBytes = length;
        headerBytes = 0;
        length = 0;
        sink.onText(first, second, lengthBytes);
    }
}
