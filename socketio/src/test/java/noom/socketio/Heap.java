// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// What is really held: heap in use after full collections.
final class Heap {
    private static final int MIN_COLLECTIONS = 2;
    private static final int MAX_COLLECTIONS = 10;
    private static final long STEADY_BYTES = 256 << 10;

    private Heap() {}

    /// Bytes in use, once a collection changes little.
    static long usedBytes() {
        var runtime = Runtime.getRuntime();
        long before = Long.MAX_VALUE;
        for (int i = 0; i < MAX_COLLECTIONS; i++) {
            System.gc();
            long now = runtime.totalMemory() - runtime.freeMemory();
            if (i >= MIN_COLLECTIONS && before - now < STEADY_BYTES) {
                return now;
            }
            before = now;
        }
        return before;
    }
}
