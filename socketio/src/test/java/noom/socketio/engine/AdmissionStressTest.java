// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Admission with real threads: no limit is ever exceeded, and nothing is left when all have gone.
class AdmissionStressTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 200_000;
    private static final int SOURCES = 3;
    private static final int MAX_ALL = 2;
    private static final int MAX_PER_SOURCE = 1;

    private final Admission admission =
            new Admission(
                    new AdmissionLimits(
                            MAX_ALL,
                            MAX_PER_SOURCE,
                            new HandshakeRate(1e9, 1_000_000),
                            HandshakeRate.UNLIMITED));
    private final AtomicInteger[] inside = new AtomicInteger[SOURCES];
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger tooMany = new AtomicInteger();

    @Test
    void no_limit_is_exceeded_by_threads_that_race() throws InterruptedException {
        for (int i = 0; i < SOURCES; i++) {
            inside[i] = new AtomicInteger();
        }
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var random = new SplittableRandom(i);
            threads.add(Thread.ofPlatform().start(() -> comeAndGo(random, start)));
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(tooMany).hasValue(0);
        assertThat(admission.sessionCount()).isZero();
        admission.admit("last", Long.MAX_VALUE / 2);
        assertThat(admission.sourceCount()).isEqualTo(1);
    }

    private void comeAndGo(SplittableRandom random, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int round = 0; round < ROUNDS; round++) {
            int source = random.nextInt(SOURCES);
            if (admission.admit("s" + source, round).isEmpty()) {
                boolean over = all.incrementAndGet() > MAX_ALL;
                over |= inside[source].incrementAndGet() > MAX_PER_SOURCE;
                tooMany.addAndGet(over ? 1 : 0);
                inside[source].decrementAndGet();
                all.decrementAndGet();
                admission.release("s" + source, round);
            }
        }
    }
}
