// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Real sockets on loopback, once in each way in which the system is asked.
@ParameterizedClass
@EnumSource
class UdpPortTest {
    private static final int LIMIT_SECONDS = 30;
    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final UdpLoops loops;
    private final List<DatagramSocket> peers = new ArrayList<>();

    UdpPortTest(UdpLoops.Kind kind) {
        loops = UdpLoops.start(2, kind);
    }

    @AfterEach
    void close() throws Exception {
        peers.forEach(DatagramSocket::close);
        loops.close().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void what_comes_is_told_and_what_is_sent_meanwhile_leaves() throws Exception {
        var port = open(Echo::new);
        var peer = peer();

        tell(peer, port, "hello");

        assertThat(hear(peer)).isEqualTo("hello");
    }

    @Test
    void its_thread_is_let_in_at_once_where_the_kernel_can() throws Exception {
        var slice = new LinkedBlockingQueue<Long>();

        open(
                out -> {
                    slice.add(ShortSlice.ofThisThread());
                    return new Echo(out);
                });

        long nanos = slice.take();
        if (ShortSliceTest.hasSlices()) {
            assertThat(nanos).isEqualTo(ShortSlice.NANOS);
        } else {
            assertThat(nanos).isNotEqualTo(ShortSlice.NANOS);
        }
    }

    @Test
    void a_run_arrives_as_the_datagrams_it_was_made_of() throws Exception {
        var port = open(out -> new Multiplier(out, 150));
        var peer = peer();

        tell(peer, port, "x".repeat(1_000));

        for (int i = 0; i < 150; i++) {
            assertThat(hear(peer)).startsWith(i + " ").hasSize(1_010);
        }
        assertThat(statsOf(port).sentDatagrams()).isEqualTo(150);
        assertThat(statsOf(port).failedRuns()).isZero();
    }

    @Test
    void a_datagram_at_the_limit_is_taken_and_one_past_it_is_not() throws Exception {
        var port = open(Echo::new);
        var peer = peer();

        tell(peer, port, "y".repeat(UdpPort.MAX_DATAGRAM_BYTES + 1));
        tell(peer, port, "x".repeat(UdpPort.MAX_DATAGRAM_BYTES));

        assertThat(hear(peer)).isEqualTo("x".repeat(UdpPort.MAX_DATAGRAM_BYTES));
        assertThat(statsOf(port).oversizedDatagrams()).isEqualTo(1);
        assertThat(statsOf(port).receivedDatagrams()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_sent_is_counted_and_what_follows_leaves() throws Exception {
        var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var port =
                open(
                        out ->
                                new Multiplier(
                                        2,
                                        (bytes, from) -> {
                                            out.send(bytes, 0, bytes.length, nowhere);
                                            out.send(bytes, 0, bytes.length, from);
                                        }));
        var peer = peer();

        tell(peer, port, "x");
        assertThat(hear(peer)).startsWith("0 ");
        assertThat(hear(peer)).startsWith("1 ");
        tell(peer, port, "x");
        hear(peer);
        hear(peer);

        assertThat(statsOf(port).failedRuns()).isPositive();
        assertThat(statsOf(port).sentDatagrams()).isEqualTo(8);
    }

    @Test
    void what_is_no_datagram_is_not_sent() throws Exception {
        var port = open(Echo::new);
        var bytes = new byte[UdpPort.MAX_DATAGRAM_BYTES + 1];

        for (int lengthBytes : new int[] {0, bytes.length}) {
            assertThatThrownBy(() -> port.send(bytes, 0, lengthBytes, ANY_PORT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void several_share_a_port_number_and_each_sender_stays_with_one() throws Exception {
        var heardBy = new LinkedBlockingQueue<Integer>();
        var first = open(ANY_PORT, _ -> new Teller(heardBy, 1));
        var second = open(first.localAddress(), _ -> new Teller(heardBy, 2));
        assertThat(second.localAddress()).isEqualTo(first.localAddress());
        var owners = new ArrayList<Integer>();

        for (int i = 0; i < 64; i++) {
            var peer = peer();
            tell(peer, first, "a");
            owners.add(next(heardBy));
            tell(peer, first, "b");
            assertThat(next(heardBy)).isEqualTo(owners.getLast());
        }

        assertThat(owners).contains(1, 2);
    }

    @Test
    void a_receiver_that_fails_on_one_datagram_gets_the_next() throws Exception {
        var port = open(out -> new Fussy(new Echo(out)));
        var peer = peer();

        tell(peer, port, "bad");
        tell(peer, port, "good");

        assertThat(hear(peer)).isEqualTo("good");
    }

    @Test
    void what_runs_again_and_again_goes_on_after_a_failure() throws Exception {
        var runs = new LinkedBlockingQueue<Integer>();
        var port = open(Echo::new);

        port.every(
                1,
                () -> {
                    runs.add(1);
                    throw new IllegalStateException("as the test wants it");
                });

        for (int i = 0; i < 3; i++) {
            assertThat(next(runs)).isEqualTo(1);
        }
    }

    @Test
    void an_address_of_others_is_refused() {
        var elsewhere = new InetSocketAddress("192.0.2.1", 0);

        assertThatThrownBy(() -> open(elsewhere, Echo::new))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_closed_one_gives_its_number_back() throws Exception {
        var port = open(Echo::new);
        var address = port.localAddress();

        port.close().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);

        // The platform's selector lets go of a socket only when it wakes up again.
        assertThat(canBind(address)).isTrue();
    }

    private static boolean canBind(InetSocketAddress address) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < deadline) {
            try (var again = new DatagramSocket(address)) {
                return again.isBound();
            } catch (SocketException _) {
                Thread.onSpinWait();
            }
        }
        return false;
    }

    private UdpPort open(Function<UdpPort, UdpReceiver> receiver) throws Exception {
        return open(ANY_PORT, receiver);
    }

    private UdpPort open(InetSocketAddress address, Function<UdpPort, UdpReceiver> receiver)
            throws Exception {
        return loops.open(address, receiver)
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private DatagramSocket peer() throws IOException {
        var peer = new DatagramSocket(ANY_PORT);
        peer.setSoTimeout(LIMIT_SECONDS * 1_000);
        peer.setReceiveBufferSize(1 << 20);
        peers.add(peer);
        return peer;
    }

    private static void tell(DatagramSocket peer, UdpPort port, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        peer.send(new DatagramPacket(bytes, bytes.length, port.localAddress()));
    }

    private static String hear(DatagramSocket peer) throws IOException {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        peer.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static int next(BlockingQueue<Integer> queue) throws InterruptedException {
        Integer next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static UdpStats statsOf(UdpPort port) throws Exception {
        return CompletableFuture.supplyAsync(port::stats, port::execute)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /// Sends back what came.
    private record Echo(UdpPort port) implements UdpReceiver {
        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
            port.send(datagram.array(), datagram.arrayOffset(), datagram.remaining(), from);
        }

        @Override
        public void onTurnEnd() {}
    }

    /// Sends back many for one, each ten bytes longer and numbered.
    private record Multiplier(int times, BiConsumer<byte[], InetSocketAddress> out)
            implements UdpReceiver {
        Multiplier(UdpPort port, int times) {
            this(times, (bytes, to) -> port.send(bytes, 0, bytes.length, to));
        }

        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
            var bytes = new byte[datagram.remaining() + 10];
            for (int i = 0; i < times; i++) {
                var head = (i + " ").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(head, 0, bytes, 0, head.length);
                out.accept(bytes, from);
            }
        }

        @Override
        public void onTurnEnd() {}
    }

    /// Tells who it is whenever something comes.
    private record Teller(BlockingQueue<Integer> queue, int number) implements UdpReceiver {
        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
            queue.add(number);
        }

        @Override
        public void onTurnEnd() {}
    }

    /// Fails on what begins with b.
    private record Fussy(UdpReceiver next) implements UdpReceiver {
        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
            if (datagram.get(0) == 'b') {
                throw new IllegalStateException("as the test wants it");
            }
            next.onDatagram(datagram, from);
        }

        @Override
        public void onTurnEnd() {}
    }
}
