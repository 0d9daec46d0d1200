// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import noom.socketio.redis.OwnEntries.Own;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An entry that is read, however soon, is told to who waits for it, on the reader's thread and in
/// the order of the stream; one whose time is up is told once, and nothing stays behind.
class OwnEntriesRaceTest {
    @Test
    void who_waits_for_an_entry_is_told_once_by_the_reader() {
        Races.modelSideBySide(OneStream.class);
    }

    public static final class OneStream {
        private final Turns turns = new Turns();
        private final OwnEntries entries = new OwnEntries(turns);
        private final ConcurrentLinkedQueue<Own> stream = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Own> timers = new ConcurrentLinkedQueue<>();
        private final AtomicInteger told = new AtomicInteger();
        private final AtomicBoolean isWrong = new AtomicBoolean();
        private int sent; // by the loop
        private int lastRead = -1; // by the reader, who tells all but those whose time is up

        /// A turn of the loop.
        @Operation(nonParallelGroup = "loop")
        public void send() {
            var own = entries.expect();
            stream.add(own); // from here on it may be read
            var _ = own.read().whenComplete((id, _) -> tell(own, id));
            timers.add(own);
            sent++;
            turns.end();
        }

        private void tell(Own own, @Nullable String id) {
            told.incrementAndGet();
            if (id != null) {
                int number = Integer.parseInt(own.number());
                if (number <= lastRead || turns.current() <= own.turn()) {
                    isWrong.set(true);
                }
                lastRead = number;
            }
        }

        @Operation(nonParallelGroup = "reader")
        public void read() {
            var own = stream.poll();
            if (own != null) {
                entries.onRead(own.number(), own.number());
            }
        }

        @Operation
        public void timeOut() {
            var own = timers.poll();
            if (own != null) {
                own.read().cancel(false);
            }
        }

        @Validate
        public void eachWasToldOnce() {
            while (!stream.isEmpty()) {
                read();
            }
            if (isWrong.get() || told.get() != sent || entries.size() > 0) {
                throw new IllegalStateException(
                        told + " of " + sent + ", left " + entries.size() + ", wrong: " + isWrong);
            }
        }
    }
}
