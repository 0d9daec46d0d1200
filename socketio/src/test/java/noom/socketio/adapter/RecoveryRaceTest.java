// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import noom.socketio.protocol.Packet;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// The turns of [RecoveryStore] under an [InMemoryAdapter]: what is written to a socket, what is
/// kept for it, and the offsets have one order.
class RecoveryRaceTest {
    @Test
    void writing_losing_and_coming_back_have_one_order() {
        Races.model(OneSocket.class);
    }

    public static final class OneSocket {
        private static final StoredSession SESSION =
                new StoredSession("a", "secret", List.of("a"), null);

        private final Written written = new Written();
        private final InMemoryAdapter adapter = new InMemoryAdapter(written);
        private final SessionStore store = adapter.sessions();

        public OneSocket() {
            adapter.open("a");
            broadcast();
        }

        @Operation
        public void broadcast() {
            var packet = new Packet.Event("/", List.of("event"), Packet.NO_ACK);
            adapter.broadcast(packet, Selection.ALL, BroadcastFlags.NONE);
        }

        @Operation
        public String written() {
            return String.join(" ", written.offsets);
        }

        @Operation
        public void lose() {
            store.persist(SESSION, 0);
        }

        @Operation
        public boolean claim() {
            return store.claim("secret", "0", 1).join().isPresent();
        }

        @Operation
        public String missed() {
            return store.missed(SESSION, "0").join().map(List::toString).orElse("unknown");
        }
    }

    /// A server with one socket.
    private static final class Written implements LocalSockets {
        private final List<String> offsets = new CopyOnWriteArrayList<>();

        @Override
        public Set<String> ids() {
            return Set.of("a");
        }

        @Override
        public RecoverySettings recovery() {
            return RecoverySettings.ON;
        }

        @Override
        public void check(Packet.Event packet) {}

        @Override
        public void deliver(
                Collection<String> ids, Packet.Event packet, BroadcastFlags flags, String offset) {
            offsets.add(offset);
        }

        @Override
        public List<CompletableFuture<List<Object>>> request(
                Collection<String> ids, Packet.Event packet, BroadcastFlags flags) {
            return List.of();
        }

        @Override
        public List<SocketDetails> describe(Collection<String> socketIds) {
            return List.of();
        }

        @Override
        public void disconnect(Collection<String> socketIds, boolean close) {}

        @Override
        public void onServerSideEvent(List<Object> data, Consumer<Object> answer) {}
    }
}
