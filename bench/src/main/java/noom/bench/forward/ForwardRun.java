// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import noom.rtc.srtp.SrtpContext;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;

/// One forwarder in a process of its own, which tells what a packet costs as often as it is asked.
///
/// Receivers are sockets that nobody reads, with the smallest buffer there is: the kernel brings
/// each packet as far as the socket and drops it there, all on the forwarder's account. The next
/// burst is sent when the last one has left, so that nothing is lost on the way in and a burst is
/// what it is meant to be.
public final class ForwardRun implements AutoCloseable {
    private static final long STALL_NANOS = 10_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UdpLoops loops = UdpLoops.start(1);
    private final List<DatagramSocket> sockets;
    private final Forwarder forwarder;
    private final Sender sender;
    private final int burst;

    /// @param burst packets that come in at once
    ForwardRun(Forwarder.Kind kind, int burst) throws Exception {
        this.burst = burst;
        sockets = unread();
        forwarder =
                kind.start(
                        sockets.stream()
                                .map(s -> (InetSocketAddress) s.getLocalSocketAddress())
                                .toList());
        sender = Sender.open(loops, forwarder.address());
        forwarder.meet(sender.port.localAddress());
    }

    /// What it came to.
    ///
    /// @param nanos processor time of the forwarder's thread for each packet that left
    /// @param bytes that it allocated for each
    record Cost(double nanos, double bytes) {
        static Cost of(JsonObject json) {
            return new Cost(json.getDouble("nanos"), json.getDouble("bytes"));
        }

        JsonObject toJson() {
            return JsonObject.of("at", "cost", "nanos", nanos, "bytes", bytes);
        }
    }

    /// Forwards as many packets as each line of its input says, and tells what they cost.
    ///
    /// @param args kind, packets of a burst
    public static void main(String[] args) throws Exception {
        var commands = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
        try (var run = new ForwardRun(Forwarder.Kind.valueOf(args[0]), Integer.parseInt(args[1]))) {
            for (var line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(run.measure(Long.parseLong(line)).toJson());
            }
        }
    }

    /// @param packets that leave, all receivers together
    Cost measure(long packets) {
        long id = forwarder.threadId();
        long sentBefore = forwarder.sentCount();
        long cpuBefore = threads.getThreadCpuTime(id);
        long bytesBefore = threads.getThreadAllocatedBytes(id);
        drive(packets);
        double sent = forwarder.sentCount() - sentBefore;
        return new Cost(
                (threads.getThreadCpuTime(id) - cpuBefore) / sent,
                (threads.getThreadAllocatedBytes(id) - bytesBefore) / sent);
    }

    @Override
    public void close() {
        forwarder.close();
        loops.close().toCompletableFuture().join();
        sockets.forEach(DatagramSocket::close);
    }

    private static List<DatagramSocket> unread() throws SocketException {
        var sockets = new ArrayList<DatagramSocket>();
        for (int i = 0; i < FanOut.RECEIVERS; i++) {
            var socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setReceiveBufferSize(1);
            sockets.add(socket);
        }
        return sockets;
    }

    private void drive(long packets) {
        long target = forwarder.sentCount();
        long end = target + packets;
        while (target < end) {
            target += (long) burst * FanOut.RECEIVERS;
            sender.send(burst);
            long deadline = System.nanoTime() + STALL_NANOS;
            while (forwarder.sentCount() < target) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "stuck at " + forwarder.sentCount() + " of " + target);
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    /// Sends a burst as one message, so that it arrives as one.
    private static final class Sender implements UdpReceiver {
        private final UdpPort port;
        private final InetSocketAddress to;
        private final FanOut.Source source = new FanOut.Source();
        private final byte[] packet = new byte[SrtpContext.MAX_PACKET_BYTES];

        Sender(UdpPort port, InetSocketAddress to) {
            this.port = port;
            this.to = to;
        }

        static Sender open(UdpLoops loops, InetSocketAddress to) {
            var made = new CompletableFuture<Sender>();
            var opened =
                    loops.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            port -> {
                                var sender = new Sender(port, to);
                                made.complete(sender);
                                return sender;
                            });
            opened.toCompletableFuture().join();
            return made.join();
        }

        void send(int burst) {
            port.execute(
                    () -> {
                        for (int i = 0; i < burst; i++) {
                            int bytes = source.next(packet, i == 0, i == burst - 1);
                            port.send(packet, 0, bytes, to);
                        }
                        port.flush();
                    });
        }

        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {}

        @Override
        public void onTurnEnd() {}
    }
}
