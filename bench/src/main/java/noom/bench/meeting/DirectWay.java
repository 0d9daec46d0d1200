// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/// Datagrams from the loop of senders straight to that of receivers, which do the same work as for
/// media meanwhile: what is left of a delay when there is no server.
///
/// Owner: the one loop for sending, the other for receiving.
final class DirectWay implements MediaLoop.Reader {
    private static final long PERIOD_NANOS = Duration.ofMillis(7).toNanos();
    private static final int BYTES = 1_100;

    private final MediaLoop senders;
    private final MediaLoop receivers;
    private final DatagramChannel from;
    private final DatagramChannel to;
    private final int descriptor;
    private final Mark mark = new Mark();
    private final ByteBuffer out = ByteBuffer.allocate(BYTES);
    private Delays delays = new Delays();
    private Window window = Window.none();
    private long number;

    private DirectWay(MediaLoop senders, MediaLoop receivers) throws IOException {
        this.senders = senders;
        this.receivers = receivers;
        to = DatagramChannel.open(StandardProtocolFamily.INET);
        to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        to.configureBlocking(false);
        descriptor = UdpOptions.descriptor(to);
        from = DatagramChannel.open(StandardProtocolFamily.INET);
        from.configureBlocking(false);
        from.connect(to.getLocalAddress());
    }

    static DirectWay open(MediaLoop senders, MediaLoop receivers) {
        try {
            var way = new DirectWay(senders, receivers);
            receivers.execute(
                    () -> {
                        receivers.register(way.to, way);
                        receivers.reader().watch(way.descriptor);
                    });
            senders.execute(way::send);
            return way;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send() {
        long nowNanos = System.nanoTime();
        Mark.write(out.array(), 0, number++, nowNanos);
        try {
            from.write(out.clear());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        senders.at(nowNanos + PERIOD_NANOS, this::send);
    }

    @Override
    public void onReadable() {
        var reader = receivers.reader();
        while (reader.read(descriptor) != 0) {
            if (mark.read(reader.bytes(), 0, BYTES)) {
                add(mark.sentNanos(), reader.arrivalNanos());
            }
        }
    }

    private void add(long sentNanos, long arrivalNanos) {
        var now = receivers.window();
        if (window != now) {
            window = now;
            delays = new Delays();
        }
        if (window.holds(sentNanos)) {
            delays.add(arrivalNanos - sentNanos);
        }
    }

    /// Of the last window. On the loop of receivers.
    Delays delays() {
        return delays;
    }
}
