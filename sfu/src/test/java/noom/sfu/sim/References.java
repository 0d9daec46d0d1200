// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Block;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import org.jspecify.annotations.Nullable;

/// Times that one end of a transport has told the other, which answers the newest, and once.
final class References {
    private long ssrc;
    private long reference;
    private long toldNanos = -1;

    /// Keeps what a report tells.
    void take(Rtcp.ExtendedReport report, long nowNanos) {
        for (var block : report.blocks()) {
            if (block instanceof ReceiverReferenceTime(long ntpTime)) {
                ssrc = report.ssrc();
                reference = NtpTime.middle(ntpTime);
                toldNanos = nowNanos;
            }
        }
    }

    /// The answer that is true now, or null if there is nothing to be answered.
    @Nullable Block answer(long nowNanos) {
        if (toldNanos < 0) {
            return null;
        }
        long delay = NtpTime.delay(nowNanos - toldNanos);
        toldNanos = -1;
        return new DelaySinceLast(List.of(new Answer(ssrc, reference, delay)));
    }
}
