// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.time.Duration;
import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;

/// Measures the round trip to a peer that sends: tells it our time now and then, and it says how
/// long it held that before it answered (RFC 3611 §4.4 and §4.5).
///
/// Owner: the transport's incoming streams. The peer may lie, and harms nobody but itself: the
/// figure only tells when to ask it again for its own packets, and is never above [#MAX_NANOS].
final class RoundTripMeter {
    /// The time between two askings.
    static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /// So many askings may still be answered. A browser answers with its next report, at most a
    /// few seconds later, and the newest asking only.
    static final int MAX_ASKED = 8;

    /// What took longer is not told apart: by then nobody waits for what is sent again.
    static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();

    /// Two clocks differ by so much within the time that an answer is held.
    static final long TOLERANCE_NANOS = Duration.ofMillis(1).toNanos();

    static final long UNKNOWN = -1;

    private final long localSsrc;
    private final IncomingStreams.Sink sink;
    private final long[] askedNanos = new long[MAX_ASKED];
    private int askedCount;
    private long dueNanos = Long.MAX_VALUE;
    private long newestNanos = UNKNOWN;
    private long roundTripNanos = UNKNOWN;

    /// @param localSsrc who asks
    RoundTripMeter(long localSsrc, IncomingStreams.Sink sink) {
        this.localSsrc = localSsrc;
        this.sink = sink;
    }

    /// Something came from the peer, so that it is worth asking; who is silent is left alone.
    void onPacket(long nowNanos) {
        if (dueNanos == Long.MAX_VALUE) {
            dueNanos = nowNanos;
            if (askedCount > 0) {
                long last = askedNanos[(askedCount - 1) % MAX_ASKED];
                dueNanos = Math.max(nowNanos, last + INTERVAL_NANOS);
            }
        }
    }

    /// Asks if it is due.
    void advance(long nowNanos) {
        if (nowNanos >= dueNanos) {
            dueNanos = Long.MAX_VALUE;
            askedNanos[askedCount++ % MAX_ASKED] = nowNanos;
            var time = new Rtcp.ExtendedReport.ReceiverReferenceTime(NtpTime.ofNanos(nowNanos));
            sink.onRtcp(new Rtcp.ExtendedReport(localSsrc, List.of(time)));
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    long nextDeadlineNanos() {
        return dueNanos;
    }

    /// The peer answers somebody. What we have not asked, or too long ago, is no answer, nor is
    /// what was held for longer than since we asked.
    ///
    /// The larger of the last two is taken. Asking again too early makes a peer send twice on a
    /// way that may be full, so that a single quick answer is not believed; a mean would go on for
    /// many seconds after the network has changed.
    void onAnswer(Rtcp.ExtendedReport.Answer answer, long nowNanos) {
        int slot = answer.ssrc() == localSsrc ? slotOf(answer.lastReference()) : -1;
        if (slot < 0) {
            return;
        }
        long nanos = nowNanos - askedNanos[slot] - NtpTime.nanosOf(answer.delay());
        if (nanos >= -TOLERANCE_NANOS) {
            long before = newestNanos;
            newestNanos = Math.clamp(nanos, 0, MAX_NANOS);
            roundTripNanos = Math.max(before, newestNanos);
        }
    }

    private int slotOf(long reference) {
        for (int i = 0; i < Math.min(askedCount, MAX_ASKED); i++) {
            if (NtpTime.middle(NtpTime.ofNanos(askedNanos[i])) == reference) {
                return i;
            }
        }
        return -1;
    }

    /// As measured; [#UNKNOWN] before.
    long roundTripNanos() {
        return roundTripNanos;
    }
}
