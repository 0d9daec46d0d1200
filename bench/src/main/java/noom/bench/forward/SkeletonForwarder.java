// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;

/// What the SFU is built on, without the SFU: batches in, one message for each receiver out.
final class SkeletonForwarder implements Forwarder {
    private final UdpLoops loops = UdpLoops.start(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong threadId = new AtomicLong();
    private final UdpPort port;

    SkeletonForwarder(List<InetSocketAddress> receivers) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = loops.open(anyPort, out -> receiver(out, receivers)).toCompletableFuture().join();
    }

    private UdpReceiver receiver(UdpPort out, List<InetSocketAddress> receivers) {
        threadId.set(Thread.currentThread().threadId());
        var fanOut = new FanOut();
        return new UdpReceiver() {
            private long waiting;

            @Override
            public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
                fanOut.forward(
                        datagram.array(),
                        datagram.arrayOffset(),
                        datagram.remaining(),
                        (bytes, count, to) -> out.send(bytes, 0, count, receivers.get(to)));
                waiting += FanOut.RECEIVERS;
            }

            @Override
            public void onTurnEnd() {
                out.flush();
                sent.setOpaque(sent.getPlain() + waiting);
                waiting = 0;
            }
        };
    }

    @Override
    public InetSocketAddress address() {
        return port.localAddress();
    }

    @Override
    public long threadId() {
        return threadId.get();
    }

    @Override
    public long sentCount() {
        return sent.getOpaque();
    }

    @Override
    public void close() {
        port.close().toCompletableFuture().join();
        loops.close().toCompletableFuture().join();
    }
}
