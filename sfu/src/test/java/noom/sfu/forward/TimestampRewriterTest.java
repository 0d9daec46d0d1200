// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.rtp.RtpTimestamp;
import noom.sfu.forward.TimestampRewriter.Alignment;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class TimestampRewriterTest {
    private static final int RATE = 90_000;
    private static final long NTP_SECOND = 1L << 32;
    private static final long NOON = 0xE000_0000L << 32;

    private final TimestampRewriter timestamps = new TimestampRewriter(RATE);

    /// A clock that shows `ticks` at noon.
    private static SenderClock clock(long ticks) {
        var clock = new SenderClock(RATE);
        clock.onSenderReport(NOON, ticks);
        return clock;
    }

    @Test
    void a_clock_goes_both_ways() {
        var clock = clock(0xFFFF_FFF0L);

        assertThat(clock.ntpOf((0xFFFF_FFF0L + RATE) & 0xFFFF_FFFFL)).isEqualTo(NOON + NTP_SECOND);
        assertThat(clock.ticksAt(NOON + NTP_SECOND)).isEqualTo(RATE - 16);
        assertThat(clock.ticksAt(NOON - NTP_SECOND)).isEqualTo(0xFFFF_FFF0L - RATE);
        assertThat(new SenderClock(RATE).isKnown()).isFalse();
    }

    @Test
    void the_first_source_keeps_its_timestamps() {
        assertThat(timestamps.switchTo(new SenderClock(RATE), 5_000, false))
                .isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(5_000)).isEqualTo(5_000);
        assertThat(timestamps.rewrite(8_000)).isEqualTo(8_000);
    }

    @Test
    void another_source_is_moved_by_what_the_reports_say() {
        var low = clock(1_000);
        var high = clock(700_000);
        timestamps.switchTo(low, 1_000, false);
        timestamps.rewrite(1_000);

        assertThat(timestamps.switchTo(high, 703_000, false)).isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(703_000)).isEqualTo(4_000);

        assertThat(timestamps.switchTo(low, 9_000, false)).isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(9_000)).isEqualTo(9_000);
    }

    @Test
    void without_both_reports_nothing_is_known() {
        var low = new SenderClock(RATE);
        var high = clock(700_000);
        timestamps.switchTo(low, 1_000, false);

        assertThat(timestamps.switchTo(high, 703_000, true)).isEqualTo(Alignment.UNKNOWN);
        assertThat(timestamps.rewrite(2_000)).isEqualTo(2_000);
        low.onSenderReport(NOON, 1_000);
        assertThat(timestamps.switchTo(high, 703_000, false)).isEqualTo(Alignment.TAKEN);
    }

    @Test
    void a_source_that_lies_behind_goes_on_33_ms_after_the_last() {
        var low = clock(0);
        var high = clock(0);
        timestamps.switchTo(low, 0, false);
        timestamps.rewrite(10_000);

        assertThat(timestamps.switchTo(high, 10_000, false)).isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(10_000)).isEqualTo(10_000 + 2_970);
        assertThat(timestamps.rewrite(13_000)).isEqualTo(13_000 + 2_970);
    }

    @Test
    void a_move_of_75_ms_is_made_and_one_tick_more_is_refused_until_forced() {
        int limit = 75 * 90;
        var low = clock(0);
        timestamps.switchTo(low, 0, false);
        timestamps.rewrite(100_000);
        long last = 100_000 + 2_970;

        assertThat(timestamps.switchTo(clock(0), last - limit - 1, false))
                .isEqualTo(Alignment.TOO_FAR);
        assertThat(timestamps.rewrite(100_001)).isEqualTo(100_001);
        assertThat(timestamps.switchTo(clock(0), last - limit + 1, false))
                .isEqualTo(Alignment.TAKEN);

        long behind = 50_000;
        assertThat(timestamps.switchTo(low, behind, false)).isEqualTo(Alignment.TOO_FAR);
        assertThat(timestamps.switchTo(low, behind, true)).isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(behind)).isGreaterThan(last);
    }

    @Test
    void the_same_source_goes_on_as_before() {
        var low = clock(0);
        var high = clock(500_000);
        timestamps.switchTo(low, 0, false);
        timestamps.switchTo(high, 500_900, false);

        assertThat(timestamps.switchTo(high, 500_900 + 90_000, false)).isEqualTo(Alignment.TAKEN);
        assertThat(timestamps.rewrite(500_900 + 90_000)).isEqualTo(90_900);
        assertThat(timestamps.peek(500_900)).isEqualTo(900);
    }

    @Test
    void a_source_that_begins_again_with_an_old_picture_goes_on_after_the_last() {
        var low = clock(0);
        timestamps.switchTo(low, 90_000, false);
        timestamps.rewrite(90_000);

        assertThat(timestamps.switchTo(low, 87_000, false)).isEqualTo(Alignment.TAKEN);

        assertThat(timestamps.rewrite(87_000)).isEqualTo(90_000 + 2_970);
        assertThat(timestamps.rewrite(90_000)).isEqualTo(93_000 + 2_970);
    }

    @Test
    void pictures_of_any_sources_in_any_order_of_switching_never_go_back() {
        Property.forAll(
                random -> {
                    var rewriter = new TimestampRewriter(RATE);
                    var bases = new long[3];
                    var clocks = new SenderClock[3];
                    for (int i = 0; i < 3; i++) {
                        bases[i] = random.random().nextLong() & 0xFFFF_FFFFL;
                        clocks[i] = clock(bases[i]);
                    }
                    int current = random.between(0, 3);
                    long time = 0;
                    assertThat(rewriter.switchTo(clocks[current], bases[current], false))
                            .isEqualTo(Alignment.TAKEN);
                    long last = rewriter.rewrite(bases[current]);
                    for (int i = random.length(); i > 0; i--) {
                        time += random.between(1, 9_000);
                        clocks[current].onSenderReport(
                                NOON + Math.round((double) time / RATE * NTP_SECOND),
                                (bases[current] + time) & 0xFFFF_FFFFL);
                        if (random.between(0, 4) == 0) {
                            current = (current + random.between(1, 3)) % 3;
                            time -= random.between(0, 3_000); // its encoder may lag
                            long first = (bases[current] + time) & 0xFFFF_FFFFL;
                            assertThat(rewriter.switchTo(clocks[current], first, true))
                                    .isEqualTo(Alignment.TAKEN);
                        }
                        long out = rewriter.rewrite((bases[current] + time) & 0xFFFF_FFFFL);
                        assertThat(RtpTimestamp.distanceTicks(last, out)).isPositive();
                        last = out;
                    }
                });
    }
}
