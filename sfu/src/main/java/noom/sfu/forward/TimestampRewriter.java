// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.rtp.RtpTimestamp;
import org.jspecify.annotations.Nullable;

/// Makes one time line of the timestamps of several encodings.
///
/// Owner: the consumer. The first encoding that is used keeps its timestamps and is the
/// reference; every other is moved by the difference that both encodings' sender reports
/// show. Timestamps that go out never go back when the source changes: a receiver would
/// freeze.
public final class TimestampRewriter {
    /// What came of a wish to change the source.
    public enum Alignment {
        /// Done.
        TAKEN,
        /// There is no sender report of one of them yet.
        UNKNOWN,
        /// The new source lies too far behind what was sent.
        TOO_FAR
    }

    /// A picture's time at 30 pictures a second: what a source that lies behind is moved to
    /// after the last.
    static final int STEP_MILLIS = 33;

    /// A source that had to be moved by more is refused: sound and picture would drift apart.
    static final int MAX_MOVE_MILLIS = 75;

    private static final long MASK = 0xFFFF_FFFFL;

    private final int clockRate;
    private @Nullable SenderClock reference;
    private @Nullable SenderClock current;
    private long offsetTicks;
    private long newestOut;

    /// For clocks of so many ticks per second.
    public TimestampRewriter(int clockRate) {
        this.clockRate = clockRate;
    }

    /// Goes over to another source, or goes on with the same.
    ///
    /// @param ticks of its first packet
    /// @param isForced takes it even if it is too far behind
    public Alignment switchTo(SenderClock source, long ticks, boolean isForced) {
        var first = reference;
        if (first == null) {
            reference = source;
            current = source;
            newestOut = ticks;
            return Alignment.TAKEN;
        }
        if (source == current) {
            goOn(ticks);
            return Alignment.TAKEN;
        }
        if (!first.isKnown() || !source.isKnown()) {
            return Alignment.UNKNOWN;
        }
        long aligned = source == first ? ticks : first.ticksAt(source.ntpOf(ticks));
        long out = aligned;
        if (!isAfterNewest(aligned)) {
            out = step();
            int moved = RtpTimestamp.distanceTicks(aligned, out);
            if (moved > MAX_MOVE_MILLIS * (clockRate / 1_000) && !isForced) {
                return Alignment.TOO_FAR;
            }
        }
        take(ticks, out);
        current = source;
        return Alignment.TAKEN;
    }

    /// After a pause the source may begin with a picture that is no newer than the last sent,
    /// as a late one is; and a sender that began anew counts from anywhere.
    private void goOn(long ticks) {
        if (!isAfterNewest(peek(ticks))) {
            take(ticks, step());
        }
    }

    private boolean isAfterNewest(long out) {
        return RtpTimestamp.distanceTicks(newestOut, out) > 0;
    }

    private long step() {
        return (newestOut + (long) STEP_MILLIS * clockRate / 1_000) & MASK;
    }

    private void take(long ticks, long out) {
        offsetTicks = (ticks - out) & MASK;
        newestOut = out;
    }

    /// The timestamp that goes out.
    public long rewrite(long ticks) {
        long out = peek(ticks);
        if (isAfterNewest(out)) {
            newestOut = out;
        }
        return out;
    }

    /// The timestamp that goes out for a packet that is not a new one.
    public long peek(long ticks) {
        return (ticks - offsetTicks) & MASK;
    }
}
