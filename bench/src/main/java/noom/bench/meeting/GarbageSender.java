// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends [Garbage] at a steady pace from many ports, on a thread of its own, until it is closed.
final class GarbageSender implements AutoCloseable {
    private static final int PORTS = 200;
    private static final long BURST_NANOS = Duration.ofMillis(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final InetSocketAddress to;
    private final int perSecond;
    private final Thread thread;

    private GarbageSender(InetSocketAddress to, int perSecond) throws IOException {
        this.to = to;
        this.perSecond = perSecond;
        for (int i = 0; i < PORTS; i++) {
            var channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(to.getAddress(), 0));
            channel.configureBlocking(false);
            channels.add(channel);
        }
        thread = Thread.ofPlatform().name("garbage").daemon().unstarted(this::run);
    }

    /// Begins.
    static GarbageSender start(InetSocketAddress to, int perSecond) {
        try {
            var sender = new GarbageSender(to, perSecond);
            sender.thread.start();
            return sender;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many have left.
    long sentCount() {
        return sent.get();
    }

    private void run() {
        var garbage = new Garbage(new SplittableRandom(1));
        long start = System.nanoTime();
        long tried = 0;
        try {
            while (!isClosed.get()) {
                double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
                // What a pause of this thread held up is made good for, to keep the pace.
                for (long due = (long) (seconds * perSecond); tried < due; tried++) {
                    var channel = channels.get((int) (tried % PORTS));
                    if (channel.send(garbage.next(), to) > 0) {
                        sent.incrementAndGet();
                    }
                }
                LockSupport.parkNanos(BURST_NANOS);
            }
            for (var channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        isClosed.set(true);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
