// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sessions in this server's memory. Shared by all threads.
///
/// Memory order: everything that reads or changes the log does so in a turn, which is `compute` on
/// the only key of a map, so turns run one at a time and each sees all that came before. Choosing
/// the receivers of an event, keeping it for them and posting it to their loops is one turn;
/// therefore what is kept of a socket and what is written to it have the same order, and an event
/// falls either before a socket was lost or after. A turn takes no other turn; it reads the rooms,
/// whose changes take none.
final class RecoveryStore implements SessionStore {
    private static final String KEY = "log";

    private final ConcurrentHashMap<String, RecoveryLog> turns = new ConcurrentHashMap<>();
    private final RecoverySettings settings;

    RecoveryStore(RecoverySettings settings) {
        this.settings = settings;
    }

    void inTurn(Consumer<RecoveryLog> action) {
        turns.compute(
                KEY,
                (_, log) -> {
                    var mine = log == null ? new RecoveryLog(settings) : log;
                    action.accept(mine);
                    return mine;
                });
    }

    @Override
    public void persist(StoredSession session, long nowNanos) {
        inTurn(log -> log.persist(session, nowNanos));
    }

    @Override
    public CompletableFuture<Optional<StoredSession>> claim(
            String pid, String offset, long nowNanos) {
        var claimed = new CompletableFuture<Optional<StoredSession>>();
        inTurn(log -> claimed.complete(log.claim(pid, nowNanos)));
        return claimed;
    }

    @Override
    public CompletableFuture<Optional<List<List<@Nullable Object>>>> missed(
            StoredSession session, String offset) {
        var missed = new CompletableFuture<Optional<List<List<@Nullable Object>>>>();
        inTurn(log -> missed.complete(log.missed(session, offset)));
        return missed;
    }
}
