// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.util.EnumMap;
import java.util.Map;

/// Counters of one [PeerTransport], of whole datagrams as they were on the wire, without the
/// headers of UDP and IP.
///
/// Owner: that of the transport.
public final class TransportStats {
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private long receivedCount;
    private long receivedBytes;
    private long sentCount;
    private long sentBytes;

    TransportStats() {}

    /// Datagrams that came, dropped ones too.
    public long receivedCount() {
        return receivedCount;
    }

    /// Their bytes.
    public long receivedBytes() {
        return receivedBytes;
    }

    /// Datagrams sent.
    public long sentCount() {
        return sentCount;
    }

    /// Their bytes.
    public long sentBytes() {
        return sentBytes;
    }

    /// Datagrams that nothing was done with for this reason.
    public long droppedCount(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /// All reasons that there were, with their counts; a copy.
    public Map<DropReason, Long> dropped() {
        return Map.copyOf(dropped);
    }

    void onReceived(int bytes) {
        receivedCount++;
        receivedBytes += bytes;
    }

    void onSent(int bytes) {
        sentCount++;
        sentBytes += bytes;
    }

    void onDropped(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }
}
