// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The same limit for each source, for a bounded number of sources.
///
/// Shared by web loops: one short lock around everything. When too many sources are known the one
/// not seen for longest is forgotten, which can only be to its advantage.
public final class SourceLimit {
    private static final int MAX_SOURCES = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final double perSecond;
    private final int burst;
    private final Map<String, TokenBucket> buckets;

    /// @param perSecond steady rate per source, more than 0
    /// @param burst permitted to a source at once, at least 1
    public SourceLimit(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true);
    }

    /// Whether this source may once more.
    public boolean tryTake(String source, long nowNanos) {
        lock.lock();
        try {
            var bucket = buckets.get(source);
            if (bucket == null) {
                if (buckets.size() >= MAX_SOURCES) {
                    buckets.remove(buckets.keySet().iterator().next());
                }
                bucket = new TokenBucket(perSecond, burst, nowNanos);
                buckets.put(source, bucket);
            }
            return bucket.tryTake(nowNanos);
        } finally {
            lock.unlock();
        }
    }
}
