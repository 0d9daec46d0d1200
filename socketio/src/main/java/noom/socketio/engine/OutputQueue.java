// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Packets that wait for the transport, within limits of bytes, number and time.
///
/// Owner: its session.
final class OutputQueue {
    private final OutputLimits limits;
    private final long stallNanos;
    private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>();
    private long waitingBytes;
    private long exemptBytes;
    private int exemptPackets;
    private long stallDeadlineNanos = Long.MAX_VALUE;

    OutputQueue(OutputLimits limits) {
        this.limits = limits;
        this.stallNanos = limits.stallTimeout().toNanos();
    }

    void add(EnginePacket packet, long nowNanos) {
        if (packets.isEmpty()) {
            stallDeadlineNanos = nowNanos + stallNanos;
        }
        packets.add(packet);
        waitingBytes += packet.sizeBytes();
    }

    /// Adds a packet that counts against no limit while it waits.
    void addExempt(EnginePacket packet, long nowNanos) {
        add(packet, nowNanos);
        exemptBytes += packet.sizeBytes();
        exemptPackets++;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    boolean isOverLimit() {
        return waitingBytes - exemptBytes > limits.maxUnsentBytes()
                || packets.size() - exemptPackets > limits.maxUnsentPackets();
    }

    boolean isWithin(long bytes, int count) {
        return waitingBytes <= bytes && packets.size() <= count;
    }

    /// When the client has taken nothing for too long.
    long stallDeadlineNanos() {
        return stallDeadlineNanos;
    }

    /// The oldest packet; the queue must not be empty.
    EnginePacket take(long nowNanos) {
        var packet = packets.remove();
        waitingBytes -= packet.sizeBytes();
        exemptBytes = Math.max(0, exemptBytes - packet.sizeBytes());
        exemptPackets = Math.max(0, exemptPackets - 1);
        stallDeadlineNanos = packets.isEmpty() ? Long.MAX_VALUE : nowNanos + stallNanos;
        return packet;
    }

    List<EnginePacket> takeAll() {
        var all = new ArrayList<>(packets);
        clear();
        return all;
    }

    void clear() {
        packets.clear();
        waitingBytes = 0;
        exemptBytes = 0;
        exemptPackets = 0;
        stallDeadlineNanos = Long.MAX_VALUE;
    }
}
