// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import noom.rtc.dtls.DtlsServer;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;

/// Media on one UDP port, on a thread of its own.
///
/// Any thread may use it: what it is asked to do runs on the worker's loop, and the answer is told
/// there too.
public final class Sfu {
    private final UdpLoops loops;
    private final UdpPort port;
    private final MediaWorker worker;

    private Sfu(UdpLoops loops, UdpPort port, MediaWorker worker) {
        this.loops = loops;
        this.port = port;
        this.worker = worker;
    }

    /// Opens the port.
    ///
    /// @param address port 0 takes any that is free
    /// @param random unpredictable; used on the worker's loop only
    /// @return fails with what the system says if the address cannot be had
    public static CompletionStage<Sfu> start(
            InetSocketAddress address, DtlsServer dtls, RandomGenerator random) {
        var loops = UdpLoops.start(1);
        var made = new CompletableFuture<MediaWorker>();
        return loops.open(
                        address,
                        port -> {
                            var worker = worker(port, dtls, random);
                            made.complete(worker);
                            return worker;
                        })
                .thenApply(port -> begin(loops, port, made.join()))
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                var _ = loops.close();
                            }
                        });
    }

    private static MediaWorker worker(UdpPort port, DtlsServer dtls, RandomGenerator random) {
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
        return new MediaWorker(out, port::execute, System::nanoTime, random, dtls::open);
    }

    private static Sfu begin(UdpLoops loops, UdpPort port, MediaWorker worker) {
        port.every(MediaWorker.TICK_MILLIS, worker::tick);
        return new Sfu(loops, port, worker);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return port.localAddress();
    }

    /// Has the worker do something.
    ///
    /// @param work runs on the worker's loop, and must not wait
    /// @return what it returned, or what it threw; completed on that loop
    public <T> CompletionStage<T> ask(Function<MediaWorker, T> work) {
        var answer = new CompletableFuture<T>();
        port.execute(
                () ->
                        worker.run(
                                () -> {
                                    try {
                                        answer.complete(work.apply(worker));
                                    } catch (RuntimeException e) {
                                        answer.completeExceptionally(e);
                                    }
                                }));
        return answer;
    }

    /// How it stands.
    public CompletionStage<WorkerReport> report() {
        return ask(worker -> worker.report(port.stats()));
    }

    /// Says goodbye to all peers and gives the port back.
    public CompletionStage<Void> close() {
        return ask(worker -> {
                    worker.transports().forEach(worker::close);
                    return true;
                })
                .thenCompose(_ -> port.close())
                .thenCompose(_ -> loops.close());
    }
}
