// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.rtp.RtpTimestamp;

/// How the clock of one encoding goes with the sender's wall clock, by its last sender report
/// (RFC 3550 §6.4.1).
///
/// Owner: the producer. Encodings of one track have timestamps of different random origin;
/// their reports are the only thing that ties them together.
public final class SenderClock {
    private static final int FRACTION_BITS = 32;
    private static final double NTP_PER_SECOND = 1L << FRACTION_BITS;

    private final int clockRate;
    private boolean isKnown;
    private long reportNtp;
    private long reportTicks;

    /// For a clock of so many ticks per second.
    public SenderClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /// Takes a report.
    public void onSenderReport(long ntpTime, long rtpTicks) {
        isKnown = true;
        reportNtp = ntpTime;
        reportTicks = rtpTicks;
    }

    /// Whether a report has come.
    public boolean isKnown() {
        return isKnown;
    }

    /// The wall clock in the last report.
    public long reportNtp() {
        return reportNtp;
    }

    /// The timestamp in it.
    public long reportTicks() {
        return reportTicks;
    }

    /// The sender's wall clock at a timestamp within 2^31 ticks of the report.
    public long ntpOf(long ticks) {
        double seconds = (double) RtpTimestamp.distanceTicks(reportTicks, ticks) / clockRate;
        return reportNtp + Math.round(seconds * NTP_PER_SECOND);
    }

    /// The timestamp at a time of the sender's wall clock.
    public long ticksAt(long ntpTime) {
        double seconds = (double) (ntpTime - reportNtp) / NTP_PER_SECOND;
        return (reportTicks + Math.round(seconds * clockRate)) & 0xFFFF_FFFFL;
    }
}
