// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import noom.rtc.Demux;
import noom.rtc.IntakeLimit;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsMailbox;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceLite;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunResponder;
import noom.sfu.Router;
import noom.sfu.RouterMailbox;
import noom.sfu.WebRtcTransport;
import noom.sfu.audio.ActiveSpeaker;
import noom.sfu.udp.UdpReceiver;
import noom.sfu.udp.UdpStats;
import org.jspecify.annotations.Nullable;

/// One thread of media: the transports behind its port, and their routers.
///
/// A turn is what one wake-up brings: datagrams, a task, or a tick. At its end control packets
/// leave, and then everything that was sent in it goes to the kernel at once. What breaks in one
/// transport closes that one; the others do not notice.
///
/// Owner: the event loop of its port. Others come in by [#run] on that loop.
public final class MediaWorker implements UdpReceiver {
    /// How often [#tick] wants to be called.
    public static final long TICK_MILLIS = 10;

    private static final System.Logger LOG = System.getLogger("noom.sfu.worker");

    private final Out out;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Handshakes handshakes;
    private final Consumer<Runnable> loop;
    private final StunResponder stun;
    private final StunMessage message = new StunMessage();
    private final FromOthers others = new FromOthers();
    private final TransportTable<WebRtcTransport> table = new TransportTable<>(others);
    private final TransportDirectory directory;
    private final WorkerMailbox mailbox;
    private final Map<WebRtcTransport, Listener> transports = new LinkedHashMap<>();
    private final Set<Router> routers = new LinkedHashSet<>();
    private final List<WebRtcTransport> unflushed = new ArrayList<>();
    private long strangeDatagrams;
    private long handedDatagrams;
    private long brokenTransports;

    /// Where datagrams leave.
    public interface Out {
        /// Takes a copy of one.
        void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to);

        /// Lets all leave.
        void flush();
    }

    /// Where handshakes come from: [noom.rtc.dtls.DtlsServer#open].
    @FunctionalInterface
    public interface Handshakes {
        /// One that tells its news through the mailbox.
        DtlsEndpoint open(Fingerprint remote, DtlsMailbox owner, DtlsEndpoint.Sink sink);
    }

    /// What the owner of a transport hears of it, on the worker's loop.
    public interface Listener {
        /// Something about its connection.
        void onEvent(TransportEvent event);

        /// A fault of ours has closed it.
        void onBroken();
    }

    /// One that is alone behind its port.
    ///
    /// @param loop runs a task on the loop that this worker belongs to
    /// @param nanoTime a clock of any origin that does not go back
    public MediaWorker(
            Out out,
            Consumer<Runnable> loop,
            LongSupplier nanoTime,
            RandomGenerator random,
            Handshakes handshakes) {
        this(out, loop, nanoTime, random, handshakes, new TransportDirectory());
    }

    /// One of several.
    ///
    /// @param nanoTime the same clock for all of them
    /// @param directory of all of them
    public MediaWorker(
            Out out,
            Consumer<Runnable> loop,
            LongSupplier nanoTime,
            RandomGenerator random,
            Handshakes handshakes,
            TransportDirectory directory) {
        this.out = out;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.random = random;
        this.handshakes = handshakes;
        this.directory = directory;
        mailbox = new WorkerMailbox(loop, others);
        stun = new StunResponder(nanoTime.getAsLong());
    }

    /// The time of this worker.
    public long nowNanos() {
        return nanoTime.getAsLong();
    }

    /// A meeting's media begins.
    ///
    /// @param speakers hears who has the floor
    public Router openRouter(ActiveSpeaker.Sink speakers) {
        var router = new Router(random, speakers);
        routers.add(router);
        return router;
    }

    /// A meeting's media ends; its transports must have been closed.
    public void close(Router router) {
        routers.remove(router);
    }

    /// A peer may connect from now on, and send as much as is usual.
    ///
    /// @param credentials those that it was told
    public WebRtcTransport openTransport(
            Router router, IceCredentials credentials, Listener listener) {
        return openTransport(router, credentials, IntakeLimit.STANDARD, listener);
    }

    /// A peer may connect from now on.
    ///
    /// @param credentials those that it was told
    /// @param limit for what it may send
    public WebRtcTransport openTransport(
            Router router, IceCredentials credentials, IntakeLimit limit, Listener listener) {
        var sink = new FromTransport(listener);
        var transport = new WebRtcTransport(router, credentials, this::openDtls, limit, sink);
        sink.transport = transport;
        transports.put(transport, listener);
        table.add(credentials.ufrag(), transport);
        return transport;
    }

    /// The peer is told new credentials. Nothing happens if it is closed.
    public void restartIce(WebRtcTransport transport, IceCredentials credentials) {
        if (transports.containsKey(transport)) {
            table.add(credentials.ufrag(), transport);
            transport.restartIce(credentials);
        }
    }

    /// Ends a transport and everything that goes over it.
    public void close(WebRtcTransport transport) {
        if (transports.remove(transport) != null) {
            table.remove(transport);
            transport.close();
        }
    }

    /// Runs a task as a turn of this worker. On its loop.
    public void run(Runnable task) {
        try {
            task.run();
        } finally {
            onTurnEnd();
        }
    }

    /// A handshake has a thread of its own, whose news are turns of this worker.
    private DtlsEndpoint openDtls(Fingerprint remote, DtlsEndpoint.Sink sink) {
        return handshakes.open(remote, this::tellFromHandshake, sink);
    }

    private void tellFromHandshake(Runnable task) {
        try {
            loop.accept(() -> run(task));
        } catch (RejectedExecutionException _) {
            // The loop has ended: a mailbox drops what comes then, and never throws.
        }
    }

    @Override
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        var transport = table.find(datagram, from);
        if (transport == null) {
            onStranger(datagram, from);
        } else {
            receive(transport, datagram, from);
        }
    }

    private void receive(WebRtcTransport to, ByteBuffer datagram, InetSocketAddress from) {
        try {
            to.receive(datagram, from, nanoTime.getAsLong());
        } catch (RuntimeException | AssertionError e) {
            giveUp(to, e);
        }
    }

    /// Somebody asks for its address, or what came is another worker's, or nobody's.
    private void onStranger(ByteBuffer datagram, InetSocketAddress from) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if (Demux.of(bytes, 0, bytes.length) != Demux.STUN) {
            handOver(directory.find(from), bytes, from);
        } else if (!message.wrap(bytes)) {
            strangeDatagrams++;
        } else {
            var ufrag = IceLite.ufragOf(message);
            if (ufrag == null) {
                answer(bytes, from);
            } else {
                handOver(directory.find(ufrag), bytes, from);
            }
        }
    }

    private void answer(byte[] bytes, InetSocketAddress from) {
        byte[] answer = stun.answer(bytes, from, nanoTime.getAsLong());
        if (answer == null) {
            strangeDatagrams++;
        } else {
            out.send(answer, 0, answer.length, from);
        }
    }

    /// Once at most: who does not know what was handed to it does not hand it on.
    private void handOver(@Nullable WorkerMailbox owner, byte[] bytes, InetSocketAddress from) {
        if (owner == null || owner == mailbox) {
            strangeDatagrams++;
        } else if (owner.offer(bytes, from)) {
            handedDatagrams++;
        }
    }

    /// Lets time pass. On its loop, every [#TICK_MILLIS].
    public void tick() {
        long now = nanoTime.getAsLong();
        for (var router : routers) {
            if (now >= router.nextDeadlineNanos()) {
                advance(router, now);
            }
        }
        for (var transport : List.copyOf(transports.keySet())) {
            if (now >= transport.nextDeadlineNanos()) {
                guard(transport, () -> transport.advance(now));
            }
        }
        onTurnEnd();
    }

    private static void advance(Router router, long now) {
        try {
            router.advance(now);
        } catch (RuntimeException | AssertionError e) {
            LOG.log(System.Logger.Level.ERROR, "a router failed in a turn", e);
        }
    }

    @Override
    public void onTurnEnd() {
        for (int i = 0; i < unflushed.size(); i++) { // a farewell of one may be another's news
            var transport = unflushed.get(i);
            guard(transport, transport::flush);
        }
        unflushed.clear();
        out.flush();
    }

    private void guard(WebRtcTransport transport, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            giveUp(transport, e);
        }
    }

    private void giveUp(WebRtcTransport transport, Throwable cause) {
        brokenTransports++;
        LOG.log(System.Logger.Level.ERROR, "a transport is closed by a fault of ours", cause);
        var listener = transports.get(transport);
        close(transport);
        if (listener != null) {
            listener.onBroken();
        }
    }

    /// Datagrams that were nobody's.
    public long strangeDatagrams() {
        return strangeDatagrams;
    }

    /// Transports that a fault of ours has closed.
    public long brokenTransports() {
        return brokenTransports;
    }

    /// Tasks of other workers that a fault of ours has ended.
    public long failedTasks() {
        return mailbox.stats().failed();
    }

    /// Where other workers reach this one.
    public RouterMailbox mailbox() {
        return mailbox;
    }

    WorkerReport report(UdpStats udp) {
        return new WorkerReport(
                transports.size(),
                routers.size(),
                strangeDatagrams,
                handedDatagrams,
                brokenTransports,
                mailbox.stats(),
                udp);
    }

    /// All transports, in the order they were opened.
    public List<WebRtcTransport> transports() {
        return new ArrayList<>(transports.keySet());
    }

    /// What the other workers behind the port must know, and what they have for this one.
    private final class FromOthers implements TransportTable.Listener, WorkerMailbox.Receiver {
        @Override
        public void onAdded(String ufrag) {
            directory.add(ufrag, mailbox);
        }

        @Override
        public void onRemoved(String ufrag) {
            directory.remove(ufrag, mailbox);
        }

        @Override
        public void onBound(InetSocketAddress address) {
            var before = directory.bind(address, mailbox);
            if (before != null && before != mailbox) {
                before.tellTaken(address);
            }
        }

        @Override
        public void onUnbound(InetSocketAddress address) {
            directory.unbind(address, mailbox);
        }

        @Override
        public long nowNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public void onDatagram(byte[] datagram, InetSocketAddress from) {
            var bytes = ByteBuffer.wrap(datagram);
            var transport = table.find(bytes, from);
            if (transport == null) {
                strangeDatagrams++;
            } else {
                receive(transport, bytes, from);
            }
        }

        /// It may have been proved here once more since that was told.
        @Override
        public void onAddressTaken(InetSocketAddress address) {
            if (directory.find(address) != mailbox) {
                table.forget(address);
            }
        }

        @Override
        public void onTurnEnd() {
            MediaWorker.this.onTurnEnd();
        }
    }

    private final class FromTransport implements WebRtcTransport.Sink {
        private final Listener listener;
        private @Nullable WebRtcTransport transport;

        FromTransport(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void transmit(ByteBuffer datagram, InetSocketAddress to) {
            int offset = datagram.arrayOffset() + datagram.position();
            out.send(datagram.array(), offset, datagram.remaining(), to);
        }

        @Override
        public void onControlWaiting() {
            if (transport != null) {
                unflushed.add(transport);
            }
        }

        @Override
        public void onEvent(TransportEvent event) {
            if (transport != null) {
                switch (event) {
                    case TransportEvent.PathFound(InetSocketAddress remote) ->
                            table.bind(remote, transport);
                    case TransportEvent.PathLost(InetSocketAddress remote) ->
                            table.unbind(remote, transport);
                    case TransportEvent.IceStateChanged _,
                            TransportEvent.PathSelected _,
                            TransportEvent.DtlsConnected _,
                            TransportEvent.DtlsFailed _,
                            TransportEvent.DtlsClosed _ -> {}
                }
            }
            listener.onEvent(event);
        }
    }
}
