// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// What this server appended to the stream and has not read there yet.
///
/// Memory order: an entry is put here before it is sent, so the reader finds it however soon it
/// comes. The reader then waits for the turn in which it was sent: by its end, whoever waits for
/// the entry has said so, and is told on the reader's thread, in the order of the stream. An
/// entry leaves when its future completes, also if its time was up; what comes late finds none.
final class OwnEntries {
    private final Turns turns;
    private final Map<String, Own> byNumber = new ConcurrentHashMap<>();
    private long count;

    /// An entry on its way.
    ///
    /// @param number by which it is known when it comes
    /// @param read completed with its id in the stream; whoever waits no longer may complete it
    /// @param turn of the loop in which it was sent
    record Own(String number, CompletableFuture<String> read, long turn) {}

    /// @param turns of the loop that sends
    OwnEntries(Turns turns) {
        this.turns = turns;
    }

    /// Expects an entry that is sent next; on the loop.
    Own expect() {
        var number = String.valueOf(count++);
        var own = new Own(number, new CompletableFuture<>(), turns.current());
        byNumber.put(number, own);
        var _ = own.read.whenComplete((_, _) -> byNumber.remove(number));
        return own;
    }

    /// An entry came; on the thread that reads the stream.
    void onRead(String number, String id) {
        var own = byNumber.get(number);
        if (own != null) {
            turns.awaitEnd(own.turn);
            own.read.complete(id);
        }
    }

    /// Entries that somebody waits for.
    int size() {
        return byNumber.size();
    }
}
