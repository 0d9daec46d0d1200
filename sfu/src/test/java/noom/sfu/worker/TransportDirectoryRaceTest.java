// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// Two workers whose transports prove the same address: in the end one of them has it, and the
/// other one knows.
class TransportDirectoryRaceTest {
    @Test
    void an_address_has_one_owner_whoever_proves_it_when() {
        Races.model(OneAddress.class);
    }

    /// As workers do it, each on its own thread; what they tell each other is read at the end.
    public static final class OneAddress {
        private static final InetSocketAddress ADDRESS = new ScriptedPage(5_000).address;

        private final TransportDirectory directory = new TransportDirectory();
        private final Side ada = new Side();
        private final Side bob = new Side();

        private final class Side implements WorkerMailbox.Receiver {
            private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
            private final WorkerMailbox mailbox = new WorkerMailbox(turns::add, this);
            private boolean hasIt;

            private void bind() {
                hasIt = true;
                var before = directory.bind(ADDRESS, mailbox);
                if (before != null && before != mailbox) {
                    before.tellTaken(ADDRESS);
                }
            }

            private void unbind() {
                if (hasIt) {
                    hasIt = false;
                    directory.unbind(ADDRESS, mailbox);
                }
            }

            private void hear() {
                for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
                    turn.run();
                }
            }

            @Override
            public void onAddressTaken(InetSocketAddress address) {
                if (directory.find(address) != mailbox) {
                    hasIt = false;
                }
            }

            @Override
            public long nowNanos() {
                return 0;
            }

            @Override
            public void onDatagram(byte[] datagram, InetSocketAddress from) {}

            @Override
            public void onTurnEnd() {}
        }

        @Operation(nonParallelGroup = "ada")
        public void adaBinds() {
            ada.bind();
        }

        @Operation(nonParallelGroup = "ada")
        public void adaUnbinds() {
            ada.unbind();
        }

        @Operation(nonParallelGroup = "bob")
        public void bobBinds() {
            bob.bind();
        }

        @Operation(nonParallelGroup = "bob")
        public void bobUnbinds() {
            bob.unbind();
        }

        @Validate
        public void theDirectoryKnowsWhoHasIt() {
            ada.hear();
            bob.hear();
            var owner = directory.find(ADDRESS);
            boolean isRight =
                    (owner == ada.mailbox) == ada.hasIt && (owner == bob.mailbox) == bob.hasIt;
            if (!isRight) {
                throw new IllegalStateException(
                        "the directory does not know: " + ada.hasIt + " " + bob.hasIt);
            }
        }
    }
}
