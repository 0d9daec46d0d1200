// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import noom.rtc.rtp.RtpPacket;

/// A track of somebody else as it arrives.
///
/// Owner: the loop of its line.
final class ReceivedStream {
    private final String trackKey;
    private final long ssrc;
    private final int markAt;
    private final Mark mark = new Mark();
    private final Window.Count count = new Window.Count();
    private long total;
    private long unreadable;

    /// @param trackKey whose it is, as [Stage] knows it
    /// @param markAt where the mark is within the payload
    ReceivedStream(String trackKey, long ssrc, int markAt) {
        this.trackKey = trackKey;
        this.ssrc = ssrc;
        this.markAt = markAt;
    }

    String trackKey() {
        return trackKey;
    }

    long ssrc() {
        return ssrc;
    }

    /// Packets since the beginning.
    long total() {
        return total;
    }

    /// Packets that were not what was sent.
    long unreadable() {
        return unreadable;
    }

    long in(Window window) {
        return count.in(window);
    }

    void onPacket(RtpPacket packet, Window window, long arrivalNanos) {
        int at = packet.payloadOffset() + markAt;
        if (!mark.read(packet.array(), at, packet.payloadBytes() - markAt)) {
            unreadable++;
            return;
        }
        total++;
        if (count.add(window, mark.sentNanos())) {
            window.delays().add(arrivalNanos - mark.sentNanos());
        }
    }
}
