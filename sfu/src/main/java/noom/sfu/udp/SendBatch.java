// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// The datagrams of one turn, grouped by receiver into runs that the kernel cuts up.
///
/// A run goes to one address; all its datagrams have the size of the first, but the last may
/// be shorter, for that is what `UDP_SEGMENT` can say (udp(7)). What is sent to one address
/// stays in order; what goes to different ones may change places.
///
/// ```
/// to A: 1100 1100 1100 400 | 1100 90 | 160     three runs
/// ```
final class SendBatch {
    /// `UDP_MAX_SEGMENTS` of the kernel before 6.9, which has 128.
    static final int MAX_SEGMENTS = 64;

    /// The longest message that IPv4 can carry: 65,535 less both headers.
    static final int MAX_RUN_BYTES = 65_507;

    private static final int MAX_SPARE_RUNS = 1_024;

    private final ByteBufAllocator allocator;
    private final Sink sink;
    private int maxSegments;
    private int lastRunBytes;
    private final Map<InetSocketAddress, Run> open = new LinkedHashMap<>();
    private final ArrayDeque<Run> spare = new ArrayDeque<>();

    /// Takes runs as they are closed.
    interface Sink {
        /// Takes one run.
        ///
        /// @param datagrams given away: the sink releases it
        /// @param segmentBytes size of each datagram but the last
        /// @param count of datagrams, 1 or more
        void giveRun(ByteBuf datagrams, int segmentBytes, int count, InetSocketAddress to);
    }

    /// What goes to one address, as far as it is one run.
    private static final class Run {
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private int segmentBytes;
        private int count;
        private boolean endsShort;

        private void begin(ByteBuf buffer, int lengthBytes) {
            bytes = buffer;
            segmentBytes = lengthBytes;
            count = 0;
            endsShort = false;
        }

        private boolean takes(int lengthBytes, int maxSegments) {
            return !endsShort
                    && lengthBytes <= segmentBytes
                    && count < maxSegments
                    && bytes.readableBytes() + lengthBytes <= MAX_RUN_BYTES;
        }

        private void add(byte[] datagram, int offset, int lengthBytes) {
            bytes.writeBytes(datagram, offset, lengthBytes);
            count++;
            endsShort = lengthBytes < segmentBytes;
        }
    }

    /// @param maxSegments 1 where the kernel cannot cut, else at most [#MAX_SEGMENTS]
    SendBatch(ByteBufAllocator allocator, int maxSegments, Sink sink) {
        this.allocator = allocator;
        this.maxSegments = maxSegments;
        this.sink = sink;
    }

    /// Copies a datagram to the end of what goes to its receiver.
    ///
    /// @param lengthBytes 1 to [UdpPort#MAX_DATAGRAM_BYTES]
    void add(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
        var run = open.get(to);
        if (run == null) {
            run = spare.isEmpty() ? new Run() : spare.removeLast();
            open.put(to, run);
            run.begin(buffer(lengthBytes), lengthBytes);
        } else if (!run.takes(lengthBytes, maxSegments)) {
            give(run, to);
            run.begin(buffer(lengthBytes), lengthBytes);
        }
        run.add(bytes, offset, lengthBytes);
    }

    /// Closes all runs.
    void flush() {
        if (open.isEmpty()) {
            return;
        }
        for (var entry : open.entrySet()) {
            give(entry.getValue(), entry.getKey());
            if (spare.size() < MAX_SPARE_RUNS) {
                spare.add(entry.getValue());
            }
        }
        open.clear();
    }

    /// From the next run on each datagram is a run of its own: the kernel or its device cannot cut.
    void sendSingly() {
        maxSegments = 1;
    }

    /// Forgets what has not been flushed.
    void discard() {
        open.values().forEach(run -> run.bytes.release());
        open.clear();
    }

    /// As large as the last run was: those of one picture are alike, and growing means copying.
    private ByteBuf buffer(int firstBytes) {
        return allocator.directBuffer(Math.max(firstBytes, lastRunBytes), MAX_RUN_BYTES);
    }

    private void give(Run run, InetSocketAddress to) {
        lastRunBytes = run.bytes.readableBytes();
        sink.giveRun(run.bytes, run.segmentBytes, run.count, to);
    }
}
