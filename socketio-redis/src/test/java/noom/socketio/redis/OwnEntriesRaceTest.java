// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import noom.socketio.redis.OwnEntries.Own;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// An entry that is read, however soon, is told to who waits for it, on the reader's thread and in
/// the order of the stream; one whose time is up is told once, and nothing stays behind.
class OwnEntriesRaceTest {
    @Test
    void who_waits_for_an_entry_is_told_once_by_the_reader() {
        Races.model(OneStream.class);
    }

    public static final class OneStream {
        private static final String UP = "time is up";

        private final Turns turns = new Turns();
        private final OwnEntries entries = new OwnEntries(turns);
        private final ConcurrentLinkedQueue<Own> stream = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Own> timers = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        private final List<String> read = new ArrayList<>(); // of the reader

        /// A turn of the loop.
        @Operation(nonParallelGroup = "loop")
        public void send() {
            var own = entries.expect();
            stream.add(own); // from here on it may be read
            var _ =
                    own.read()
                            .whenComplete(
                                    (id, _) -> told.add(own.number() + (id == null ? UP : "")));
            timers.add(own);
            turns.end();
        }

        @Operation(nonParallelGroup = "reader")
        public void read() {
            var own = stream.poll();
            if (own != null) {
                entries.onRead(own.number(), "id of " + own.number());
                read.add(own.number());
                if (turns.current() <= own.turn() && !own.read().isCancelled()) {
                    told.add("before it was known who waits");
                }
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
            var each = told.stream().map(text -> text.replace(UP, "")).sorted().toList();
            var inOrder = told.stream().filter(text -> !text.endsWith(UP)).toList();
            var expected = read.stream().filter(inOrder::contains).toList();
            if (!each.equals(read.stream().sorted().toList())
                    || !inOrder.equals(expected)
                    || entries.size() > 0) {
                throw new IllegalStateException(told + " of " + read + ", left " + entries.size());
            }
        }
    }
}
