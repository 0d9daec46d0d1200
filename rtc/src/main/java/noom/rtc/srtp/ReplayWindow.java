// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which of the latest [#PACKETS] indices of one SSRC were there (RFC 3711 §3.3.2).
///
/// A ring of bits: index `i` has bit `i` modulo the size, and whatever the highest index passes by
/// is cleared. Ask with [#findFault], and [#mark] only what has been authenticated.
final class ReplayWindow {
    /// Indices told apart, the highest one included.
    static final int PACKETS = 1_024;

    private static final int WORD_BITS = 64;

    private final long[] seen = new long[PACKETS / WORD_BITS];
    private long highestIndex;

    /// Begins with an index that was there.
    ReplayWindow(long firstIndex) {
        highestIndex = firstIndex;
        set(firstIndex);
    }

    long highestIndex() {
        return highestIndex;
    }

    /// Null if the index is new and not too old to know.
    @Nullable SrtpDrop findFault(long index) {
        if (index > highestIndex) {
            return null;
        }
        if (index <= highestIndex - PACKETS) {
            return SrtpDrop.TOO_OLD;
        }
        return (seen[wordOf(index)] >>> index & 1) == 0 ? null : SrtpDrop.REPLAYED;
    }

    /// Remembers an index in which [#findFault] found none.
    void mark(long index) {
        assert findFault(index) == null : "not asked before";
        if (index - highestIndex >= PACKETS) {
            Arrays.fill(seen, 0);
        } else {
            for (long passed = highestIndex + 1; passed < index; passed++) {
                seen[wordOf(passed)] &= ~(1L << passed);
            }
        }
        highestIndex = Math.max(highestIndex, index);
        set(index);
    }

    private void set(long index) {
        seen[wordOf(index)] |= 1L << index;
    }

    private static int wordOf(long index) {
        return (int) (index % PACKETS) / WORD_BITS;
    }
}
