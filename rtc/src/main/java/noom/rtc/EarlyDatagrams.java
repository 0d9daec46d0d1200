// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The peer's first flight, if it is faster than signalling: a browser sends it as soon as ICE has
/// a path, and again every 100 ms or so.
///
/// Owner: that of its transport.
final class EarlyDatagrams {
    /// A ClientHello is two datagrams; this is the first four of them.
    static final int MAX_DATAGRAMS = 8;

    private final List<ByteBuffer> kept = new ArrayList<>(2);

    /// Keeps a copy; false if there is no room.
    boolean keep(ByteBuffer datagram) {
        if (kept.size() == MAX_DATAGRAMS) {
            return false;
        }
        var copy = ByteBuffer.allocate(datagram.remaining());
        kept.add(copy.put(datagram.duplicate()).flip());
        return true;
    }

    /// All, in order; they are no longer kept.
    List<ByteBuffer> take() {
        var taken = List.copyOf(kept);
        kept.clear();
        return taken;
    }
}
