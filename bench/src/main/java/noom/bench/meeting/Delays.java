// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

/// How many packets took how long, to 10 µs; what took more than 200 ms is counted as that.
///
/// Owner: whoever created it.
final class Delays {
    static final long RESOLUTION_NANOS = 10_000;
    static final int BUCKETS = 20_000;

    private final long[] counts = new long[BUCKETS];
    private long count;

    void add(long nanos) {
        counts[Math.clamp(nanos / RESOLUTION_NANOS, 0, BUCKETS - 1)]++;
        count++;
    }

    long count() {
        return count;
    }

    /// That many of a hundred took no longer; in milliseconds, rounded up to the resolution. 0 if
    /// there are none at all.
    double percentileMillis(double percent) {
        long rank = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS && count > 0; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return (i + 1) * RESOLUTION_NANOS / 1e6;
            }
        }
        return 0;
    }
}
