// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections that have joined no namespace yet; the oldest makes room when there are too many.
///
/// Shared by the web loops. Memory order: a connection has left when it is taken out of `byAge`,
/// which succeeds for one caller only, and that one lowers the count. Whoever raises the count over
/// the limit takes the first out, so the count is over the limit only while an `add` runs.
final class Unconnected {
    private final int max;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentSkipListMap<Long, Connection> byAge = new ConcurrentSkipListMap<>();

    Unconnected(int max) {
        this.max = max;
    }

    void add(Connection connection) {
        byAge.put(connection.number(), connection);
        if (count.incrementAndGet() > max) {
            var oldest = byAge.pollFirstEntry();
            if (oldest != null) {
                count.decrementAndGet();
                var evicted = oldest.getValue();
                evicted.host().loop().execute(evicted::evict);
            }
        }
    }

    /// It has joined, or ended; nothing happens if it left before.
    void remove(Connection connection) {
        if (byAge.remove(connection.number()) != null) {
            count.decrementAndGet();
        }
    }

    int count() {
        return count.get();
    }
}
