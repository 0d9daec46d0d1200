// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// Datagrams that leave as one message, so that they come as one, as by a network card: on the
/// loopback device the server would else be at work on the first while the second is written.
///
/// ```
/// takes, add, add, add, send, ...
/// ```
///
/// Owner: the loop of the channel.
final class Burst {
    /// `UDP_MAX_SEGMENTS` of the kernel before 6.9.
    static final int MAX_DATAGRAMS = 64;

    /// The longest message that IPv4 can carry: 65,535 less both headers.
    static final int MAX_BYTES = 65_507;

    private final DatagramChannel channel;
    private final int descriptor;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_BYTES);
    private final long[] sentNanos = new long[MAX_DATAGRAMS];
    private int count;
    private int segmentBytes;

    Burst(DatagramChannel channel) {
        this.channel = channel;
        descriptor = UdpOptions.descriptor(channel);
    }

    /// Whether a datagram of this length can leave with what is there.
    boolean takes(int lengthBytes) {
        boolean hasRoom = count < MAX_DATAGRAMS && lengthBytes <= bytes.remaining();
        return count == 0 || (lengthBytes == segmentBytes && hasRoom);
    }

    /// Adds one that is taken.
    void add(byte[] datagram, int lengthBytes, long nowNanos) {
        bytes.put(datagram, 0, lengthBytes);
        sentNanos[count++] = nowNanos;
        segmentBytes = lengthBytes;
    }

    /// Counts those that left of what was there, which begins anew.
    void send(Window.Count left, Window window) {
        if (count > 0 && isWritten()) {
            for (int i = 0; i < count; i++) {
                left.add(window, sentNanos[i]);
            }
        }
        bytes.clear();
        count = 0;
    }

    private boolean isWritten() {
        int lengthBytes = bytes.flip().limit();
        if (count > 1) {
            UdpOptions.cut(descriptor, segmentBytes);
        }
        try {
            return channel.write(bytes) == lengthBytes;
        } catch (IOException _) {
            return false; // the server's port is closed
        } finally {
            if (count > 1) {
                UdpOptions.cut(descriptor, UdpOptions.WHOLE); // checks may be longer than media
            }
        }
    }
}
