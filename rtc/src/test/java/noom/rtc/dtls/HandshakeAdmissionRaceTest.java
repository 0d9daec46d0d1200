// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// Whoever enters, leaves or gives up: none starts twice, none waits beside a free place, and
/// never do more run than may.
class HandshakeAdmissionRaceTest {
    @Test
    void places_are_given_as_if_one_came_after_the_other() {
        Races.model(OnePlaceAndOneChair.class);
    }

    @Test
    void no_more_run_than_may_and_each_is_started_once() {
        Races.model(ComingAndGoing.class);
    }

    public static final class OnePlaceAndOneChair {
        private final HandshakeAdmission admission = new HandshakeAdmission(1, 1);

        @Operation
        public boolean enter() {
            return admission.enter(() -> {});
        }

        @Operation
        public int counts() {
            return admission.runningCount();
        }

        @Operation
        public long refusals() {
            return admission.refusedCount();
        }
    }

    public static final class ComingAndGoing {
        private final HandshakeAdmission admission = new HandshakeAdmission(1, 2);
        private final List<AtomicInteger> starts =
                IntStream.range(0, 32).mapToObj(_ -> new AtomicInteger()).toList();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger overfull = new AtomicInteger();

        /// Comes, and leaves at once if it was let in at once.
        @Operation
        public void comeAndGo() {
            var start = start();
            if (admission.enter(start)) {
                leaveAll();
            }
        }

        @Operation
        public void comeAndGiveUp() {
            var start = start();
            admission.enter(start);
            admission.abandon(start);
            leaveAll();
        }

        private Runnable start() {
            var mine = starts.get(next.getAndIncrement());
            return () -> {
                mine.incrementAndGet();
                if (running.incrementAndGet() > 1) {
                    overfull.incrementAndGet();
                }
            };
        }

        /// One leaves for each that has been started.
        private void leaveAll() {
            while (true) {
                int now = running.get();
                if (now <= 0) {
                    return;
                }
                if (running.compareAndSet(now, now - 1)) {
                    admission.leave();
                }
            }
        }

        @Validate
        public void allIsWell() {
            leaveAll();
            boolean isTwice = starts.stream().anyMatch(count -> count.get() > 1);
            if (isTwice
                    || overfull.get() > 0
                    || admission.runningCount() != 0
                    || admission.waitingCount() != 0) {
                throw new IllegalStateException("twice, too many, or one waits for ever");
            }
        }
    }
}
