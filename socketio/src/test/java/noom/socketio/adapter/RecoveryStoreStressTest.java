// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Real threads: what is kept of a socket has the order in which it was written, and a secret works
/// for one only.
class RecoveryStoreStressTest {
    private static final int THREADS = 4;
    private static final int EVENTS = 2_000;
    private static final int ROUNDS = 200;
    private static final RecoverySettings ROOMY =
            RecoverySettings.ON.withLimits(THREADS * EVENTS + 1, 1 << 30, 1L << 40);

    private static StoredSession session(String sid) {
        return new StoredSession(sid, "secret", List.of(sid), null);
    }

    private static void together(Runnable... tasks) throws InterruptedException {
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var task : tasks) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            start.await();
                                        } catch (InterruptedException e) {
                                            throw new AssertionError(e);
                                        }
                                        task.run();
                                    }));
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }
    }

    @Test
    void what_is_missed_has_the_order_of_writing() throws Exception {
        var store = new RecoveryStore(ROOMY);
        var written = new ConcurrentLinkedQueue<String>();
        store.inTurn(
                log -> {
                    log.open("a");
                    log.add("start", List.of("start"), List.of("a"), Selection.ALL);
                });
        var writers =
                IntStream.range(0, THREADS)
                        .<Runnable>mapToObj(
                                writer ->
                                        () -> {
                                            for (int i = 0; i < EVENTS; i++) {
                                                write(store, writer + "-" + i, written);
                                            }
                                        });
        Runnable loser = () -> store.persist(session("a"), 0);

        together(
                java.util.stream.Stream.concat(writers, java.util.stream.Stream.of(loser))
                        .toArray(Runnable[]::new));

        assertThat(store.claim("secret", "start", 1).join()).isPresent();
        var missed = store.missed(session("a"), "start").join().orElseThrow();
        assertThat(missed).extracting(data -> data.getLast()).containsExactlyElementsOf(written);
    }

    private static void write(
            RecoveryStore store, String offset, ConcurrentLinkedQueue<String> written) {
        store.inTurn(
                log -> {
                    log.add(offset, List.of("event", offset), List.of("a"), Selection.ALL);
                    written.add(offset);
                });
    }

    @Test
    void of_all_who_know_the_secret_one_gets_the_session() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var store = new RecoveryStore(ROOMY);
            store.inTurn(log -> log.open("a"));
            store.persist(session("a"), 0);
            var claims = new AtomicInteger();
            Runnable claimer =
                    () ->
                            store.claim("secret", "start", 1)
                                    .join()
                                    .ifPresent(_ -> claims.incrementAndGet());

            together(claimer, claimer, claimer);

            assertThat(claims).hasValue(1);
        }
    }
}
