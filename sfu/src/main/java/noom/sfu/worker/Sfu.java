// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import noom.rtc.dtls.DtlsServer;
import noom.rtc.srtp.SrtpContext;
import noom.sfu.RouterMailbox;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;

/// Media on one UDP port, by one worker or more: each has a thread and a socket of its own.
///
/// A transport is on the worker that was asked to open it, and what it sends leaves by that one's
/// socket; what the kernel gives to another's is handed over (docs/adr/0012-media-workers.md).
///
/// Any thread may use this: what a worker is asked to do runs on its loop, and the answer is told
/// there too.
public final class Sfu {
    private final UdpLoops loops;
    private final List<Place> places;

    /// A worker behind its socket.
    private record Place(UdpPort port, MediaWorker worker) {}

    private Sfu(UdpLoops loops, List<Place> places) {
        this.loops = loops;
        this.places = List.copyOf(places);
    }

    /// Opens the port.
    ///
    /// @param address port 0 takes any that is free
    /// @param workers 1 or more; one where the kernel does not spread senders over sockets
    /// @return fails with what the system says if the address cannot be had
    public static CompletionStage<Sfu> start(
            InetSocketAddress address, int workers, DtlsServer dtls, SecureRandom random) {
        // Found and tried out now, as it takes longer than a thread of media may be kept.
        var _ = SrtpContext.aesGcm();
        return start(address, workers, dtls::open, random);
    }

    /// @param random may be used by all workers at once
    static CompletionStage<Sfu> start(
            InetSocketAddress address,
            int workers,
            MediaWorker.Handshakes handshakes,
            RandomGenerator random) {
        int count = UdpLoops.canShare() ? workers : 1;
        var loops = UdpLoops.start(count);
        var opening = new Opening(loops, handshakes, random);
        CompletionStage<UdpPort> opened = opening.open(address);
        for (int i = 1; i < count; i++) {
            opened = opened.thenCompose(port -> opening.open(port.localAddress()));
        }
        return opened.thenApply(_ -> new Sfu(loops, opening.places))
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                opening.places.forEach(place -> place.port.close());
                                var _ = loops.close();
                            }
                        });
    }

    /// The workers so far, one after the other.
    private static final class Opening {
        private final UdpLoops loops;
        private final MediaWorker.Handshakes handshakes;
        private final RandomGenerator random;
        private final TransportDirectory directory = new TransportDirectory();
        private final List<Place> places = new ArrayList<>();

        Opening(UdpLoops loops, MediaWorker.Handshakes handshakes, RandomGenerator random) {
            this.loops = loops;
            this.handshakes = handshakes;
            this.random = random;
        }

        CompletionStage<UdpPort> open(InetSocketAddress address) {
            var made = new CompletableFuture<MediaWorker>();
            return loops.open(
                            address,
                            port -> {
                                var worker = worker(port);
                                made.complete(worker);
                                return worker;
                            })
                    .thenApply(port -> begin(port, made.join()));
        }

        private MediaWorker worker(UdpPort port) {
            var out =
                    new MediaWorker.Out() {
                        @Override
                        public void send(
                                byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
                            port.send(bytes, offset, lengthBytes, to);
                        }

                        @Override
                        public void flush() {
                            port.flush();
                        }
                    };
            return new MediaWorker(
                    out, port::execute, System::nanoTime, random, handshakes, directory);
        }

        private UdpPort begin(UdpPort port, MediaWorker worker) {
            port.every(MediaWorker.TICK_MILLIS, worker::tick);
            places.add(new Place(port, worker));
            return port;
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return places.getFirst().port.localAddress();
    }

    /// How many workers there are, 1 or more.
    public int workerCount() {
        return places.size();
    }

    /// Where the routers of a worker are reached.
    public RouterMailbox mailbox(int workerIndex) {
        return places.get(workerIndex).worker.mailbox();
    }

    /// Has a worker do something.
    ///
    /// @param work runs on the worker's loop, and must not wait
    /// @return what it returned, or what it threw; completed on that loop
    public <T> CompletionStage<T> ask(int workerIndex, Function<MediaWorker, T> work) {
        return ask(places.get(workerIndex), work);
    }

    private static <T> CompletionStage<T> ask(Place place, Function<MediaWorker, T> work) {
        var answer = new CompletableFuture<T>();
        place.port.execute(
                () ->
                        place.worker.run(
                                () -> {
                                    try {
                                        answer.complete(work.apply(place.worker));
                                    } catch (RuntimeException e) {
                                        answer.completeExceptionally(e);
                                    }
                                }));
        return answer;
    }

    /// How its workers stand.
    public CompletionStage<List<WorkerReport>> report() {
        var reports =
                places.stream()
                        .map(
                                place ->
                                        ask(place, worker -> worker.report(place.port.stats()))
                                                .toCompletableFuture())
                        .toList();
        return CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new))
                .thenApply(_ -> reports.stream().map(CompletableFuture::join).toList());
    }

    /// Says goodbye to all peers and gives the port back.
    public CompletionStage<Void> close() {
        var closed = places.stream().map(place -> close(place).toCompletableFuture()).toList();
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new))
                .thenCompose(_ -> loops.close());
    }

    private static CompletionStage<Void> close(Place place) {
        return ask(
                        place,
                        worker -> {
                            worker.transports().forEach(worker::close);
                            return true;
                        })
                .thenCompose(_ -> place.port.close());
    }
}
