// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.util.stream.LongStream;

/// How long events took from the call to their reader.
///
/// @param count of them
record Delays(int count, double p50Millis, double p99Millis, double maxMillis) {
    static Delays of(LongStream nanos) {
        var sorted = nanos.sorted().toArray();
        return new Delays(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? 0 : sorted[Math.max(0, index)] / 1e6;
    }

    @Override
    public String toString() {
        return "p50 %.2f ms, p99 %.2f ms, max %.2f ms (%,d events)"
                .formatted(p50Millis, p99Millis, maxMillis, count);
    }
}
