// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import noom.bench.run.BenchException;
import noom.bench.run.ProcessCost;

/// A server with people: two loops, one for all lines that send and one for all that receive.
///
/// Owner: whoever runs a measurement; what people need of it any thread may ask.
final class Stage implements AutoCloseable {
    private static final int JOINING_AT_ONCE = 8;
    private static final Duration FLOW_LIMIT = Duration.ofSeconds(40);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration BEFORE = Duration.ofMillis(100);

    /// What is still under way after this is lost.
    private static final Duration DRAIN = Duration.ofMillis(700);

    /// Threads of the server that forward are named so.
    private static final String MEDIA_THREAD = "media";

    private static final double GOLDEN = 0.618_033_988_75;

    private final MediaLoop senders = MediaLoop.start("senders");
    private final MediaLoop receivers = MediaLoop.start("receivers");
    private final DirectWay direct = DirectWay.open(senders, receivers);
    private final SecureRandom random = new SecureRandom();
    private final OwnCertificate certificate = OwnCertificate.generate(random);
    private final HttpClient http =
            HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private final ExecutorService joining =
            Executors.newFixedThreadPool(JOINING_AT_ONCE, Thread.ofVirtual().factory());
    private final AtomicInteger sources = new AtomicInteger();
    private final AtomicInteger ssrcs = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();
    private final Map<String, Track> tracks = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> capabilities = new ConcurrentHashMap<>();
    private final Queue<BenchException> troubles = new ConcurrentLinkedQueue<>();
    private final ServerProcess server;

    private record Track(Line line, MediaSource source) {}

    /// What one stream came to.
    private record Received(String trackKey, long count) {}

    private record Usage(
            long nanos,
            double server,
            Map<String, Proc.ThreadTime> threads,
            double clients,
            Proc.Drops drops) {}

    private Stage(ServerProcess server) {
        this.server = server;
    }

    static Stage open(String... javaOptions) {
        return open(List.of(javaOptions), List.of());
    }

    /// @param serverOptions on the server's own command line
    static Stage open(List<String> javaOptions, List<String> serverOptions) {
        return new Stage(ServerProcess.start(javaOptions, serverOptions));
    }

    ServerProcess server() {
        return server;
    }

    int port() {
        return server.port();
    }

    HttpClient http() {
        return http;
    }

    /// Clients give way to the server wherever both want the processor.
    void yieldToServer() {
        for (var loop : List.of(senders, receivers)) {
            if (!loop.ask(Modesty::ofThisThread).join()) {
                throw new BenchException("the kernel has no idle policy for the clients.");
            }
        }
    }

    MediaLoop senders() {
        return senders;
    }

    MediaLoop receivers() {
        return receivers;
    }

    OwnCertificate certificate() {
        return certificate;
    }

    RandomGenerator random() {
        return random;
    }

    /// The address of somebody new: everybody comes from elsewhere, as far as limits are concerned.
    String nextSource() {
        int number = sources.getAndIncrement();
        return "10.%d.%d.%d".formatted(number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
    }

    long nextSsrc() {
        return ssrcs.incrementAndGet();
    }

    /// What the router gives, which is what all receivers can take.
    JsonObject capabilities(Signalling signalling) {
        return capabilities.computeIfAbsent(
                "all",
                _ ->
                        signalling
                                .ask("media:capabilities", new JsonObject())
                                .getJsonObject("rtpCapabilities"));
    }

    /// When a track begins: spread evenly, so that not all pictures come at once.
    long firstNanos(TrackShape shape) {
        double part = starts.getAndIncrement() * GOLDEN % 1;
        return System.nanoTime() + (long) (part * shape.periodNanos());
    }

    void learn(String trackKey, Line line, MediaSource source) {
        tracks.put(trackKey, new Track(line, source));
    }

    void forget(String trackKey) {
        tracks.remove(trackKey);
    }

    /// Something went wrong where nobody waits.
    void onTrouble(BenchException trouble) {
        troubles.add(trouble);
    }

    /// Makes a meeting.
    String meeting() {
        return server.meeting(nextSource());
    }

    /// A meeting with one who sends and so many who receive; media flows when this returns.
    List<Peer> audience(int receiverCount, TrackShape... shapes) {
        String meeting = meeting();
        var work = new ArrayList<Callable<Peer>>();
        work.add(() -> Peer.join(this, meeting, "Publisher").publish(shapes));
        for (int i = 0; i < receiverCount; i++) {
            String name = "Receiver " + i;
            work.add(() -> Peer.join(this, meeting, name).watch());
        }
        var peers = all(work);
        awaitFlow(peers, receiverCount * shapes.length);
        return peers;
    }

    /// A meeting in which each sends and receives.
    List<Peer> call(int peerCount, TrackShape... shapes) {
        String meeting = meeting();
        var work = new ArrayList<Callable<Peer>>();
        for (int i = 0; i < peerCount; i++) {
            String name = "Peer " + i;
            work.add(() -> Peer.join(this, meeting, name).watch().publish(shapes));
        }
        var peers = all(work);
        awaitFlow(peers, peerCount * (peerCount - 1) * shapes.length);
        return peers;
    }

    /// Does something with several at once.
    <T> List<T> all(List<Callable<T>> work) {
        try {
            var done = new ArrayList<T>();
            for (var each : joining.invokeAll(work)) {
                done.add(each.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchException trouble
                    ? trouble
                    : new IllegalStateException(e.getCause());
        }
    }

    /// All of them go.
    void leave(List<Peer> peers) {
        var work = new ArrayList<Callable<Boolean>>();
        for (var peer : peers) {
            work.add(
                    () -> {
                        peer.leave();
                        return true;
                    });
        }
        all(work);
    }

    /// Waits until something has come of so many streams.
    void awaitFlow(List<Peer> peers, int streamCount) {
        long limit = System.nanoTime() + FLOW_LIMIT.toNanos();
        long flowing = 0;
        while (System.nanoTime() < limit) {
            checkTrouble();
            flowing =
                    receivers
                            .ask(
                                    () ->
                                            peers.stream()
                                                    .flatMap(peer -> peer.streams().stream())
                                                    .filter(stream -> stream.total() > 0)
                                                    .count())
                            .join();
            if (flowing == streamCount) {
                return;
            }
            pause(LOOK_AGAIN);
        }
        throw new BenchException("only " + flowing + " of " + streamCount + " streams flow.");
    }

    void checkTrouble() {
        var trouble = troubles.poll();
        if (trouble != null) {
            throw trouble;
        }
    }

    /// Counts what these receive.
    Figures measure(List<Peer> peers, Duration length) {
        long from = System.nanoTime() + BEFORE.toNanos();
        long to = from + length.toNanos();
        var out = new Window(from, to);
        var in = new Window(from, to);
        senders.count(out);
        receivers.count(in);
        pauseUntil(from);
        var before = usage();
        pauseUntil(to);
        var after = usage();
        pause(DRAIN);
        checkTrouble();
        var sent = senders.ask(() -> sentIn(out)).join();
        var received = receivers.ask(() -> receivedIn(in, peers)).join();
        var ways = receivers.ask(direct::delays).join();
        return figures(length, sent, received, in.delays(), ways, cost(before, after));
    }

    private record Cost(Figures.Cores cores, Proc.Drops drops) {}

    private Figures figures(
            Duration length,
            Map<String, Long> sent,
            List<Received> received,
            Delays delays,
            Delays ways,
            Cost cost) {
        long expected = 0;
        long delivered = 0;
        double worst = 0;
        for (var stream : received) {
            long whole = sent.getOrDefault(stream.trackKey, 0L);
            expected += whole;
            delivered += stream.count;
            worst = Math.max(worst, whole == 0 ? 1 : (double) (whole - stream.count) / whole);
        }
        return new Figures(
                length.toNanos() / 1e9,
                received.size(),
                sent.values().stream().mapToLong(Long::longValue).sum(),
                expected,
                delivered,
                worst,
                delays,
                ways,
                cost.cores,
                cost.drops);
    }

    private Map<String, Long> sentIn(Window window) {
        var sent = new HashMap<String, Long>();
        tracks.forEach((key, track) -> sent.put(key, track.line.sentIn(window, track.source)));
        return sent;
    }

    private static List<Received> receivedIn(Window window, List<Peer> peers) {
        return peers.stream()
                .flatMap(peer -> peer.streams().stream())
                .map(stream -> new Received(stream.trackKey(), stream.in(window)))
                .toList();
    }

    private Usage usage() {
        var server = ProcessCost.cpu(this.server.pid());
        var clients = ProcessCost.cpu(ProcessHandle.current().pid());
        return new Usage(
                System.nanoTime(),
                server.userSeconds() + server.systemSeconds(),
                Proc.threads(this.server.pid()),
                clients.userSeconds() + clients.systemSeconds(),
                Proc.drops(port()));
    }

    private static Cost cost(Usage before, Usage after) {
        double seconds = (after.nanos - before.nanos) / 1e9;
        var media = Proc.busiest(MEDIA_THREAD, before.threads, after.threads);
        var cores =
                new Figures.Cores(
                        (after.server - before.server) / seconds,
                        new Proc.ThreadTime(media.name(), media.seconds() / seconds),
                        (after.clients - before.clients) / seconds);
        return new Cost(cores, after.drops.minus(before.drops));
    }

    static void pause(Duration duration) {
        pauseUntil(System.nanoTime() + duration.toNanos());
    }

    private static void pauseUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        joining.shutdownNow();
        http.shutdownNow();
        senders.close();
        receivers.close();
        server.close();
    }
}
