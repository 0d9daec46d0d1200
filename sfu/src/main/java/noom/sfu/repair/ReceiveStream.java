// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.util.Arrays;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpTimestamp;
import noom.rtc.rtp.SeqNo;

/// How one stream arrives: what was lost, jitter, bitrate by temporal layer, a score (RFC 3550
/// appendix A).
///
/// Owner: the producer's encoding. Packets that were sent again count as received, each number
/// once; only the stream's own packets count for jitter. Nothing is allocated for a packet.
public final class ReceiveStream {
    /// A jump ahead of this many packets or more is doubted (A.1).
    static final int MAX_DROPOUT = 3_000;

    /// A packet this far behind is doubted (A.1).
    static final int MAX_MISORDER = 1_500;

    /// The best score.
    public static final int MAX_SCORE = 10;

    private static final int WINDOW = 2_048;
    private static final int SEQ_MOD = 1 << 16;
    private static final int NO_SEQ = SEQ_MOD + 1;
    private static final int MAX_TEMPORAL_LAYERS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_LOST = 0x7F_FFFF;

    private final int clockRate;
    private final long[] receivedBits = new long[WINDOW / Long.SIZE];
    private final SlidingRate[] rates = new SlidingRate[MAX_TEMPORAL_LAYERS];
    private boolean isStarted;
    private long baseSeq;
    private long highestSeq;
    private int badSeq = NO_SEQ;
    private long receivedCount;
    private long expectedBefore;
    private long receivedBefore;
    private long transitTicks;
    private long newestTicks;
    private double jitterTicks;
    private long lastReportNtp;
    private long lastReportNanos;
    private double score = MAX_SCORE;

    /// What a packet turned out to be.
    public enum Arrival {
        /// The newest, or late for the first time.
        NEW,
        /// Here already.
        DUPLICATE,
        /// Too far from the others to be believed.
        DOUBTFUL,
        /// The sender began anew: nothing before this belongs to it.
        RESTARTED
    }

    /// For a clock of so many ticks per second.
    public ReceiveStream(int clockRate) {
        this.clockRate = clockRate;
        Arrays.setAll(rates, _ -> new SlidingRate());
    }

    /// A packet came, by itself or sent again (unwrapped, under its own number).
    public Arrival onPacket(RtpPacket packet, boolean isRepaired, int temporalId, long nowNanos) {
        var arrival = take(packet.seq(), isRepaired);
        if (arrival != Arrival.NEW && arrival != Arrival.RESTARTED) {
            return arrival;
        }
        receivedCount++;
        rates[temporalId & (MAX_TEMPORAL_LAYERS - 1)].add(packet.lengthBytes(), nowNanos);
        if (!isRepaired) {
            measureJitter(packet.timestampTicks(), nowNanos);
        }
        return arrival;
    }

    private Arrival take(int seq, boolean isRepaired) {
        if (!isStarted) {
            begin(seq);
            return Arrival.NEW;
        }
        int step = SeqNo.distance((int) highestSeq & 0xFFFF, seq);
        if (step > 0 && step < MAX_DROPOUT) {
            long next = highestSeq + step;
            for (long at = Math.max(highestSeq + 1, next - WINDOW + 1); at <= next; at++) {
                receivedBits[word(at)] &= ~(1L << (at & 63));
            }
            highestSeq = next;
            mark(next);
            badSeq = NO_SEQ;
            return Arrival.NEW;
        }
        long number = highestSeq + step;
        if (step <= 0 && -step < MAX_MISORDER) {
            boolean isNew = (receivedBits[word(number)] >>> (number & 63) & 1) == 0;
            mark(number);
            return isNew ? Arrival.NEW : Arrival.DUPLICATE;
        }
        if (seq == badSeq && !isRepaired) {
            begin(seq); // two in a row: the sender began anew
            return Arrival.RESTARTED;
        }
        badSeq = isRepaired ? badSeq : (seq + 1) & 0xFFFF;
        return Arrival.DOUBTFUL;
    }

    private void begin(int seq) {
        isStarted = true;
        baseSeq = seq;
        highestSeq = seq;
        badSeq = NO_SEQ;
        receivedCount = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        transitTicks = 0;
        Arrays.fill(receivedBits, 0);
        mark(highestSeq);
    }

    private void mark(long number) {
        receivedBits[word(number)] |= 1L << (number & 63);
    }

    private static int word(long number) {
        return (int) (number & (WINDOW - 1)) >>> 6;
    }

    /// A.8; packets of one picture have one timestamp, so only the first of each counts.
    private void measureJitter(long ticks, long nowNanos) {
        long arrivalTicks =
                nowNanos / NANOS_PER_SECOND * clockRate
                        + nowNanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
        long transit = (arrivalTicks - ticks) & 0xFFFF_FFFFL;
        if (transitTicks != 0 && RtpTimestamp.distanceTicks(newestTicks, ticks) > 0) {
            int change = Math.abs(RtpTimestamp.distanceTicks(transitTicks, transit));
            jitterTicks += (change - jitterTicks) / 16;
        }
        if (transitTicks == 0 || RtpTimestamp.distanceTicks(newestTicks, ticks) > 0) {
            transitTicks = transit;
            newestTicks = ticks;
        }
    }

    /// The sender reported.
    public void onSenderReport(long ntpTime, long nowNanos) {
        lastReportNtp = NtpTime.middle(ntpTime);
        lastReportNanos = nowNanos;
    }

    /// What to tell the sender; since the last report where that is asked for (A.3).
    public Rtcp.ReportBlock report(long ssrc, long nowNanos) {
        long expected = isStarted ? highestSeq - baseSeq + 1 : 0;
        long expectedNow = expected - expectedBefore;
        long receivedNow = receivedCount - receivedBefore;
        long lostNow = Math.max(0, expectedNow - receivedNow);
        expectedBefore = expected;
        receivedBefore = receivedCount;
        int fraction = expectedNow == 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        rate(expectedNow, lostNow);
        long delay = lastReportNtp == 0 ? 0 : NtpTime.delay(nowNanos - lastReportNanos);
        return new Rtcp.ReportBlock(
                ssrc,
                fraction,
                (int) Math.clamp(expected - receivedCount, -MAX_LOST - 1L, MAX_LOST),
                highestSeq & 0xFFFF_FFFFL,
                Math.round(jitterTicks),
                lastReportNtp,
                delay);
    }

    /// What was lost for good weighs heavily: a tenth lost is a picture that stands still.
    private void rate(long expected, long lost) {
        if (expected > 0) {
            double delivered = 1 - (double) lost / expected;
            score = (score + MAX_SCORE * Math.pow(delivered, 4)) / 2;
        }
    }

    /// How well it arrives, 0 to [#MAX_SCORE]; changes with each report.
    public int score() {
        return (int) Math.round(score);
    }

    /// Lost and not repaired, since the start; negative if packets came twice.
    public long lostCount() {
        return isStarted ? highestSeq - baseSeq + 1 - receivedCount : 0;
    }

    /// Interarrival jitter.
    public long jitterTicks() {
        return Math.round(jitterTicks);
    }

    /// Bits per second of the temporal layers up to this one.
    public long bitrateBps(int maxTemporalLayer, long nowNanos) {
        long sum = 0;
        for (int i = 0; i <= Math.min(maxTemporalLayer, MAX_TEMPORAL_LAYERS - 1); i++) {
            sum += rates[i].bitrateBps(nowNanos);
        }
        return sum;
    }
}
