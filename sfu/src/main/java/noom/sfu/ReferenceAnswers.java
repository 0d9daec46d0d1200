// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;

/// Answers a peer that tells us its time, so that it can measure the round trip to us
/// (RFC 3611 §4.5).
///
/// Owner: the transport's incoming streams. However often it tells, it is answered once in
/// [#INTERVAL_NANOS], for [#MAX_SSRCS] of its SSRCs, which are forgotten then; a browser has one.
final class ReferenceAnswers {
    /// The time between two answers.
    static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /// Most SSRCs in one answer.
    static final int MAX_SSRCS = 8;

    private final long localSsrc;
    private final IncomingStreams.Sink sink;
    private final long[] ssrcs = new long[MAX_SSRCS];
    private final long[] references = new long[MAX_SSRCS];
    private final long[] cameNanos = new long[MAX_SSRCS];
    private int count;
    private boolean hasAnswered;
    private long answeredNanos;

    /// @param localSsrc who answers
    ReferenceAnswers(long localSsrc, IncomingStreams.Sink sink) {
        this.localSsrc = localSsrc;
        this.sink = sink;
    }

    /// The peer told its time; the last that an SSRC told is answered.
    void onReference(long ssrc, long ntpTime, long nowNanos) {
        int slot = 0;
        while (slot < count && ssrcs[slot] != ssrc) {
            slot++;
        }
        if (slot < MAX_SSRCS) {
            count = Math.max(count, slot + 1);
            ssrcs[slot] = ssrc;
            references[slot] = NtpTime.middle(ntpTime);
            cameNanos[slot] = nowNanos;
        }
    }

    /// Answers if it is due.
    void advance(long nowNanos) {
        if (nowNanos >= nextDeadlineNanos()) {
            var answers = new ArrayList<Rtcp.ExtendedReport.Answer>(count);
            for (int i = 0; i < count; i++) {
                long delay = NtpTime.delay(nowNanos - cameNanos[i]);
                answers.add(new Rtcp.ExtendedReport.Answer(ssrcs[i], references[i], delay));
            }
            count = 0;
            hasAnswered = true;
            answeredNanos = nowNanos;
            var block = new Rtcp.ExtendedReport.DelaySinceLast(answers);
            sink.onRtcp(new Rtcp.ExtendedReport(localSsrc, List.of(block)));
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    long nextDeadlineNanos() {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        long first = cameNanos[0];
        return hasAnswered ? Math.max(first, answeredNanos + INTERVAL_NANOS) : first;
    }
}
