// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// Whoever gives while the owner takes: all that was given runs, once, and nobody has to be woken
/// twice for it.
class WorkerMailboxRaceTest {
    @Test
    void what_is_given_runs_once_and_is_not_forgotten() {
        Races.model(TwoGiveOneTakes.class);
    }

    public static final class TwoGiveOneTakes implements WorkerMailbox.Receiver {
        private final AtomicInteger wakes = new AtomicInteger();
        private final AtomicInteger given = new AtomicInteger();
        private final AtomicInteger ran = new AtomicInteger();
        private volatile Runnable turn = () -> {};
        private final WorkerMailbox mailbox =
                new WorkerMailbox(
                        task -> {
                            turn = task;
                            wakes.incrementAndGet();
                        },
                        this);

        @Operation
        public void tell() {
            given.incrementAndGet();
            mailbox.tell(_ -> ran.incrementAndGet());
        }

        @Operation
        public void offer() {
            if (mailbox.offer(_ -> ran.incrementAndGet(), true)) {
                given.incrementAndGet();
            }
        }

        @Operation(nonParallelGroup = "owner")
        public void takeTurn() {
            int before = wakes.get();
            if (before > 0) {
                wakes.decrementAndGet();
                turn.run();
            }
        }

        /// The loop goes on until nobody wakes it any more.
        @Validate
        public void nothingWaitsForEver() {
            while (wakes.get() > 0) {
                takeTurn();
            }
            if (ran.get() != given.get() || mailbox.stats().waiting() != 0) {
                throw new IllegalStateException(
                        given + " given, " + ran + " ran, " + mailbox.stats());
            }
        }

        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public void onDatagram(byte[] datagram, InetSocketAddress from) {}

        @Override
        public void onAddressTaken(InetSocketAddress address) {}

        @Override
        public void onTurnEnd() {}
    }
}
