// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import noom.rtc.IntakeLimit;
import noom.rtc.ice.IceCredentials;
import noom.sfu.Producer;
import noom.sfu.Router;
import noom.sfu.WebRtcTransport;
import noom.sfu.audio.ActiveSpeaker;
import noom.sfu.worker.MediaWorker;
import noom.sfu.worker.TransportDirectory;

/// The server's workers: one, or two of which one has all who send and the other all who receive.
///
/// What one of two has for the other is done as soon as the turn has ended that it comes from, for
/// the rules are about what the server knows at each moment. To whose socket a datagram comes is a
/// matter of where it is from, as it is for the kernel, and not of whose it is.
///
/// Owner: the simulation.
final class SimWorkers {
    /// A link whose conditions change may let out at once what was sent in seconds; rules are about
    /// what then becomes of it, and the limit has tests of its own.
    private static final IntakeLimit ALL = new IntakeLimit(1_000_000, 1_000_000_000);

    private final List<MediaWorker> all = new ArrayList<>();
    private final List<Router> routers = new ArrayList<>();
    private final Map<WebRtcTransport, Integer> places = new HashMap<>();
    private final Map<String, Producer> mirrors = new HashMap<>();
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

    /// @param later runs what a handshake has to tell, if there is one worker
    SimWorkers(
            boolean areTwo,
            MediaWorker.Out out,
            Consumer<Runnable> later,
            LongSupplier nanoTime,
            RandomGenerator random,
            MediaWorker.Handshakes handshakes) {
        var directory = new TransportDirectory();
        Consumer<Runnable> loop = areTwo ? turns::add : later;
        for (int i = 0; i < (areTwo ? 2 : 1); i++) {
            all.add(new MediaWorker(out, loop, nanoTime, random, handshakes, directory));
        }
    }

    private MediaWorker home() {
        return all.getFirst();
    }

    private MediaWorker away() {
        return all.getLast();
    }

    /// The router of those who send.
    Router openRouter(ActiveSpeaker.Sink speakers) {
        for (var worker : all) {
            routers.add(worker.openRouter(worker == home() ? speakers : _ -> {}));
        }
        return routers.getFirst();
    }

    WebRtcTransport openTransport(IceCredentials credentials, ServerTransport end) {
        int place = end.peer.isSending ? 0 : all.size() - 1;
        var transport = all.get(place).openTransport(routers.get(place), credentials, ALL, end);
        places.put(transport, place);
        return transport;
    }

    void restartIce(WebRtcTransport transport, IceCredentials credentials) {
        all.get(places.get(transport)).restartIce(transport, credentials);
    }

    void close(WebRtcTransport transport) {
        all.get(places.remove(transport)).close(transport);
    }

    /// A track, as the router of who receives knows it.
    Producer seenFrom(WebRtcTransport receiver, Producer producer) {
        var router = routers.get(places.get(receiver));
        var mirror = router.mirror(producer.link(home().mailbox()), away().mailbox());
        mirrors.put(producer.id(), mirror);
        return mirror;
    }

    /// Who gets a track.
    int consumersOf(Producer producer) {
        var mirror = mirrors.getOrDefault(producer.id(), producer);
        return Inside.sizeOf(mirror, "consumers");
    }

    void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        all.get(from.getPort() % all.size()).onDatagram(datagram, from);
    }

    void onTurnEnd() {
        all.forEach(MediaWorker::onTurnEnd);
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    void tick() {
        all.forEach(MediaWorker::tick);
        onTurnEnd();
    }

    /// What signalling wants.
    void run(Runnable task) {
        try {
            task.run();
        } finally {
            onTurnEnd();
        }
    }

    List<WebRtcTransport> transports() {
        return all.stream().flatMap(worker -> worker.transports().stream()).toList();
    }

    /// Whatever failed by a fault of ours.
    long brokenTransports() {
        return all.stream().mapToLong(it -> it.brokenTransports() + it.failedTasks()).sum();
    }

    /// Tables that are empty when everyone has left.
    Map<String, Integer> tables() {
        var sizes = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < all.size(); i++) {
            var worker = all.get(i);
            sizes.put(i + " transports", Inside.sizeOf(worker, "transports"));
            sizes.put(i + " addresses", Inside.sizeOf(worker, "table", "byAddress"));
            sizes.put(i + " ufrags", Inside.sizeOf(worker, "table", "byUfrag"));
            sizes.put(i + " shared addresses", Inside.sizeOf(worker, "directory", "byAddress"));
            sizes.put(i + " shared ufrags", Inside.sizeOf(worker, "directory", "byUfrag"));
            sizes.put(i + " tasks", Inside.sizeOf(worker, "mailbox", "tasks"));
            sizes.put(i + " producers", Inside.sizeOf(routers.get(i), "producers"));
        }
        return sizes;
    }
}
