// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import org.jspecify.annotations.Nullable;

/// The replay windows of at most [SrtpContext#MAX_SSRCS] streams, by SSRC.
///
/// Open addressing, so that looking up makes no object; never more than half full.
final class SsrcTable {
    private static final int FIRST_CAPACITY = 16;
    private static final int SCATTER = 0x9E37_79B9; // 2^32 divided by the golden ratio

    private int[] ssrcs = new int[FIRST_CAPACITY];
    private @Nullable ReplayWindow[] windows = new @Nullable ReplayWindow[FIRST_CAPACITY];
    private int count;

    @Nullable ReplayWindow find(int ssrc) {
        return windows[slotOf(ssrc)];
    }

    /// The index of a packet, as far as its sequence number tells.
    long indexOf(int ssrc, int seq) {
        var window = find(ssrc);
        return window == null ? seq : RolloverCounter.indexOf(seq, window.highestIndex());
    }

    /// Why a packet with this index cannot be taken; null if it can.
    @Nullable SrtpDrop findFault(int ssrc, long index) {
        if (index > RolloverCounter.MAX_INDEX) {
            return SrtpDrop.KEY_EXHAUSTED;
        }
        var window = find(ssrc);
        if (window == null) {
            return isFull() ? SrtpDrop.TOO_MANY_SSRCS : null;
        }
        return window.findFault(index);
    }

    /// Remembers an index in which [#findFault] found none.
    void mark(int ssrc, long index) {
        var window = find(ssrc);
        if (window == null) {
            add(ssrc, new ReplayWindow(index));
        } else {
            window.mark(index);
        }
    }

    boolean isFull() {
        return count == SrtpContext.MAX_SSRCS;
    }

    int count() {
        return count;
    }

    /// Adds a stream that is not there, to a table that is not full.
    void add(int ssrc, ReplayWindow window) {
        assert !isFull() && find(ssrc) == null : "full, or there";
        if (2 * (count + 1) > windows.length) {
            rebuild(2 * windows.length, null);
        }
        put(ssrc, window);
    }

    /// Forgets a stream; nothing happens if it is not there.
    void remove(int ssrc) {
        var gone = find(ssrc);
        if (gone != null) {
            rebuild(windows.length, gone);
        }
    }

    private void put(int ssrc, ReplayWindow window) {
        int slot = slotOf(ssrc);
        ssrcs[slot] = ssrc;
        windows[slot] = window;
        count++;
    }

    private void rebuild(int capacity, @Nullable ReplayWindow leftOut) {
        int[] oldSsrcs = ssrcs;
        @Nullable ReplayWindow[] oldWindows = windows;
        ssrcs = new int[capacity];
        windows = new @Nullable ReplayWindow[capacity];
        count = 0;
        for (int i = 0; i < oldWindows.length; i++) {
            var window = oldWindows[i];
            if (window != null && window != leftOut) {
                put(oldSsrcs[i], window);
            }
        }
    }

    /// Where this SSRC is, or the free slot where it would go.
    private int slotOf(int ssrc) {
        int mask = windows.length - 1;
        int slot = (ssrc * SCATTER) >>> 16 & mask;
        while (windows[slot] != null && ssrcs[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
