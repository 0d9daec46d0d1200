// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// Sessions in memory: a few, all of one lifetime, so the oldest ends first.
///
/// Memory order: one atomic value; a map in it is never changed.
final class RememberedSessions implements AdminSessions {
    private final long lifetimeNanos;
    private final int maxSessions;
    private final AtomicReference<Map<String, Long>> endsNanos = new AtomicReference<>(Map.of());

    RememberedSessions(Duration lifetime, int maxSessions) {
        if (!lifetime.isPositive() || maxSessions < 1) {
            throw new IllegalArgumentException("lifetime and number must be positive");
        }
        this.lifetimeNanos = lifetime.toNanos();
        this.maxSessions = maxSessions;
    }

    @Override
    public CompletionStage<Boolean> isKnown(String sessionId, long nowNanos) {
        var endNanos = endsNanos.get().get(sessionId);
        return CompletableFuture.completedFuture(endNanos != null && nowNanos < endNanos);
    }

    @Override
    public void keep(String sessionId, long nowNanos) {
        endsNanos.updateAndGet(
                before -> {
                    var after = new LinkedHashMap<>(before);
                    after.values().removeIf(endNanos -> endNanos <= nowNanos);
                    while (after.size() >= maxSessions) {
                        after.pollFirstEntry();
                    }
                    after.put(sessionId, nowNanos + lifetimeNanos);
                    return after;
                });
    }
}
