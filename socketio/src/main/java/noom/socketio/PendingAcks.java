// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import noom.socketio.AckFailedException.Cause;
import org.jspecify.annotations.Nullable;

/// Answers that one socket owes, each with its own deadline.
///
/// Futures are completed on the given executor, never on the loop, and never on the handler thread
/// of the socket either: a handler may wait for one.
///
/// Owner: the web loop of its membership.
final class PendingAcks {
    private final int maxPending;
    private final Executor callbacks;
    private final TreeMap<Long, Pending> byId = new TreeMap<>();
    private final TreeSet<Pending> byDeadline =
            new TreeSet<>(
                    Comparator.comparingLong(Pending::deadlineNanos)
                            .thenComparingLong(Pending::id));

    private record Pending(long id, long deadlineNanos, CompletableFuture<AckArguments> future) {}

    PendingAcks(int maxPending, Executor callbacks) {
        this.maxPending = maxPending;
        this.callbacks = callbacks;
    }

    /// Waits for one more answer; the oldest fails if there are too many.
    ///
    /// @param id that no other answer of this socket is waited for by
    void add(long id, CompletableFuture<AckArguments> future, long deadlineNanos) {
        if (byId.size() >= maxPending) {
            var oldest = byId.pollFirstEntry().getValue();
            byDeadline.remove(oldest);
            fail(oldest, Cause.TOO_MANY_PENDING);
        }
        var pending = new Pending(id, deadlineNanos, future);
        byId.put(pending.id, pending);
        byDeadline.add(pending);
    }

    /// An answer came; unknown ids are ignored.
    void complete(long id, List<@Nullable Object> data) {
        var pending = byId.remove(id);
        if (pending != null) {
            byDeadline.remove(pending);
            callbacks.execute(() -> pending.future.complete(new AckArguments(data)));
        }
    }

    void failAll() {
        byId.values().forEach(pending -> fail(pending, Cause.DISCONNECTED));
        byId.clear();
        byDeadline.clear();
    }

    long nextDeadlineNanos() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineNanos;
    }

    void advance(long nowNanos) {
        for (Iterator<Pending> due = byDeadline.iterator(); due.hasNext(); ) {
            var pending = due.next();
            if (pending.deadlineNanos > nowNanos) {
                return;
            }
            due.remove();
            byId.remove(pending.id);
            fail(pending, Cause.TIMEOUT);
        }
    }

    private void fail(Pending pending, Cause cause) {
        callbacks.execute(
                () -> pending.future.completeExceptionally(new AckFailedException(cause)));
    }
}
