// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which stream an SSRC is: a small open table, so that a look-up makes no garbage.
///
/// It never holds more than [#MAX_SSRCS]: a hostile sender chooses the numbers.
final class SsrcTable {
    static final int MAX_SSRCS = 128;

    private static final int SLOTS = 512;
    private static final long FREE = -1;

    private final long[] keys = new long[SLOTS];
    private final @Nullable Stream[] streams = new Stream[SLOTS];
    private int count;

    /// One stream of a producer.
    record Stream(Producer producer, int encodingIndex, boolean isRtx) {}

    SsrcTable() {
        Arrays.fill(keys, FREE);
    }

    @Nullable Stream find(long ssrc) {
        for (int slot = first(ssrc); keys[slot] != FREE; slot = (slot + 1) & (SLOTS - 1)) {
            if (keys[slot] == ssrc) {
                return streams[slot];
            }
        }
        return null;
    }

    /// Whether there was room.
    boolean put(long ssrc, Stream stream) {
        if (count == MAX_SSRCS) {
            return false;
        }
        int slot = first(ssrc);
        while (keys[slot] != FREE) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        keys[slot] = ssrc;
        streams[slot] = stream;
        count++;
        return true;
    }

    /// Forgets a producer's streams; the others are put anew, so that no chain breaks.
    void remove(Producer producer) {
        var oldKeys = keys.clone();
        var oldStreams = streams.clone();
        Arrays.fill(keys, FREE);
        Arrays.fill(streams, null);
        count = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            var stream = oldStreams[slot];
            if (stream != null && stream.producer != producer) {
                put(oldKeys[slot], stream);
            }
        }
    }

    private static int first(long ssrc) {
        return (int) ((ssrc * 0x9E37_79B9L) >>> 20) & (SLOTS - 1);
    }
}
