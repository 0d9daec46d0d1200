// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;

/// Our UDP port with a loop of its own, and the count of what left by it.
///
/// Any thread may ask; only the loop counts.
final class CountedPort implements AutoCloseable {
    private final UdpLoops loops = UdpLoops.start(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong threadId = new AtomicLong();
    private final UdpPort port;

    /// Makes what is behind a port; called once, on the loop.
    @FunctionalInterface
    interface Program {
        /// Puts it behind the port.
        ///
        /// @param left is told how many packets have left, on the loop
        UdpReceiver open(UdpPort port, LongConsumer left);
    }

    CountedPort(Program program) {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port =
                loops.open(
                                anyPort,
                                opened -> {
                                    threadId.set(Thread.currentThread().threadId());
                                    return program.open(opened, this::count);
                                })
                        .toCompletableFuture()
                        .join();
    }

    private void count(long packets) {
        sent.setOpaque(sent.getPlain() + packets);
    }

    UdpPort port() {
        return port;
    }

    long threadId() {
        return threadId.get();
    }

    long sentCount() {
        return sent.getOpaque();
    }

    @Override
    public void close() {
        port.close().toCompletableFuture().join();
        loops.close().toCompletableFuture().join();
    }
}
