// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// What the owner puts in comes out in order, and once it has closed the inbox nobody waits.
class DatagramInboxRaceTest {
    @Test
    void datagrams_come_out_as_they_went_in_until_it_is_closed() {
        Races.model(OneOwnerAndOneThread.class);
    }

    @Test
    void a_full_inbox_can_be_closed_too() throws InterruptedException {
        var inbox = new DatagramInbox(1);
        assertThat(inbox.offer(new byte[] {1})).isTrue();
        assertThat(inbox.offer(new byte[] {2})).isFalse();

        inbox.close();

        assertThat(inbox.take(0)).isNull();
        assertThat(inbox.offer(new byte[] {3})).isFalse();
        assertThat(inbox.isClosed()).isTrue();
    }

    /// Only what never waits: a thread that waits for ever is what would be found at the end.
    public static final class OneOwnerAndOneThread {
        private final DatagramInbox inbox = new DatagramInbox(16);
        private final AtomicInteger offered = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();

        @Operation(nonParallelGroup = "owner")
        public void offer() {
            if (inbox.offer(new byte[] {1})) {
                offered.incrementAndGet();
            }
        }

        @Operation(nonParallelGroup = "owner", runOnce = true)
        public void close() {
            inbox.close();
        }

        /// Takes only what there must be.
        @Operation(nonParallelGroup = "thread")
        public void take() throws InterruptedException {
            if (offered.get() > taken.get() && inbox.take(0) != null) {
                taken.incrementAndGet();
            }
        }

        @Validate
        public void nobodyWaitsForAClosedOne() throws InterruptedException {
            inbox.close();
            if (inbox.take(0) != null || taken.get() > offered.get()) {
                throw new IllegalStateException("something comes out of a closed inbox");
            }
        }
    }
}
