// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import noom.sfu.udp.MessageQueue.Message;

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

    /// Addresses remembered from turn to turn; anybody may make us answer to new ones.
    static final int MAX_ADDRESSES = 4_096;

    /// After so many turns all are forgotten, as some of them have left: seconds in a large
    /// meeting, minutes in a small one.
    static final int MAX_TURNS = 8_192;

    private final ByteBufAllocator allocator;
    private final Sink sink;
    private int maxSegments;
    private int lastRunBytes;
    private final Map<InetSocketAddress, Run> runs = new HashMap<>();
    private final List<Run> open = new ArrayList<>();
    private int waitingCount;
    private int turnCount;

    /// Takes runs as they are closed.
    interface Sink {
        /// Takes one run.
        ///
        /// @param run given away: the sink releases its datagrams
        void giveRun(Message run);
    }

    /// What goes to one address, as far as it is one run. Open while it has datagrams.
    private static final class Run {
        private final InetSocketAddress to;
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private int segmentBytes;
        private int count;
        private boolean endsShort;
        private boolean isSingle;

        private Run(InetSocketAddress to) {
            this.to = to;
        }

        private void begin(ByteBuf buffer, int lengthBytes) {
            bytes = buffer;
            segmentBytes = lengthBytes;
            count = 0;
            endsShort = false;
        }

        private boolean takes(int lengthBytes, int maxSegments) {
            return !endsShort
                    && !isSingle
                    && lengthBytes <= segmentBytes
                    && count < maxSegments
                    && bytes.readableBytes() + lengthBytes <= MAX_RUN_BYTES;
        }

        private ByteBuf take() {
            var taken = bytes;
            bytes = Unpooled.EMPTY_BUFFER;
            count = 0;
            return taken;
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
        var run = runs.get(to);
        if (run == null) {
            run = new Run(to);
            runs.put(to, run);
        }
        if (run.count == 0) {
            run.begin(buffer(lengthBytes), lengthBytes);
            open.add(run);
        } else if (!run.takes(lengthBytes, maxSegments)) {
            give(run);
            run.begin(buffer(lengthBytes), lengthBytes);
        }
        run.add(bytes, offset, lengthBytes);
        waitingCount++;
    }

    /// Datagrams since the last [#flush].
    int waitingCount() {
        return waitingCount;
    }

    /// Closes all runs.
    void flush() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).count > 0) { // 0 if there was no memory for the next run
                give(open.get(i));
            }
        }
        end();
    }

    private void end() {
        open.clear();
        waitingCount = 0;
        if (runs.size() > MAX_ADDRESSES || ++turnCount == MAX_TURNS) {
            runs.clear();
            turnCount = 0;
        }
    }

    /// From the next run on each datagram is a run of its own: the kernel or its device cannot cut.
    void sendSingly() {
        maxSegments = 1;
    }

    /// What goes to this address is not cut, until addresses are forgotten the next time.
    void sendSingly(InetSocketAddress to) {
        var run = runs.get(to);
        if (run != null) {
            run.isSingle = true;
        }
    }

    /// Forgets what has not been flushed.
    void discard() {
        open.forEach(run -> run.take().release());
        end();
    }

    /// Addresses remembered now.
    int addressCount() {
        return runs.size();
    }

    /// As large as the last run was: those of one picture are alike, and growing means copying.
    private ByteBuf buffer(int firstBytes) {
        return allocator.directBuffer(Math.max(firstBytes, lastRunBytes), MAX_RUN_BYTES);
    }

    private void give(Run run) {
        int count = run.count;
        var bytes = run.take();
        lastRunBytes = bytes.readableBytes();
        sink.giveRun(new Message(bytes, run.segmentBytes, count, run.to));
    }
}
