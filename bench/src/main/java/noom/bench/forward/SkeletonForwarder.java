// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;

/// What the SFU is built on, without the SFU: batches in, one message for each receiver out.
final class SkeletonForwarder implements PortForwarder {
    private final CountedPort counted;

    SkeletonForwarder(List<InetSocketAddress> receivers) {
        counted = new CountedPort((out, left) -> receiver(out, left, receivers));
    }

    private static UdpReceiver receiver(
            UdpPort out, LongConsumer left, List<InetSocketAddress> receivers) {
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
                left.accept(waiting);
                waiting = 0;
            }
        };
    }

    @Override
    public CountedPort counted() {
        return counted;
    }
}
