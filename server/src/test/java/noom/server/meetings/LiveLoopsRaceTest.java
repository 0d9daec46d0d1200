// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class LiveLoopsRaceTest {
    @Test
    void a_loop_that_retired_is_never_handed_anything_and_there_are_never_two() {
        Races.model(OneMeeting.class);
    }

    /// Loops are mailboxes here; what their threads do is an operation.
    public static final class OneMeeting {
        private static final String KEY = "meeting";

        private final LiveLoops<String, ConcurrentLinkedQueue<String>> loops = new LiveLoops<>();
        private final ConcurrentLinkedQueue<ConcurrentLinkedQueue<String>> running =
                new ConcurrentLinkedQueue<>();
        private final AtomicInteger told = new AtomicInteger();
        private final AtomicInteger heard = new AtomicInteger();

        private ConcurrentLinkedQueue<String> start() {
            var mailbox = new ConcurrentLinkedQueue<String>();
            running.add(mailbox);
            return mailbox;
        }

        @Operation
        public void tell() {
            told.incrementAndGet();
            loops.hand(KEY, this::start, mailbox -> mailbox.add("message"));
        }

        /// One round of a loop: it hears all there is, and then retires if it may.
        @Operation
        public void run() {
            var mailbox = running.poll();
            if (mailbox == null) {
                return; // it runs already, or there is none
            }
            while (mailbox.poll() != null) {
                heard.incrementAndGet();
            }
            if (!loops.retire(KEY, ConcurrentLinkedQueue::isEmpty)) {
                running.add(mailbox);
            }
        }

        @Validate
        public void allIsHeardByOneLoop() {
            if (running.size() != loops.all().size() || running.size() > 1) {
                throw new IllegalStateException(running + " run, known " + loops.all());
            }
            run();
            if (told.get() != heard.get()) {
                throw new IllegalStateException(heard + " heard of " + told);
            }
        }
    }
}
