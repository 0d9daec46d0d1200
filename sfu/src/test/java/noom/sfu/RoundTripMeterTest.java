// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RoundTripMeterTest {
    private static final long MILLI = 1_000_000L;
    private static final long SSRC = 0xFEDC_BA98L;

    /// One part in 65,536 of a second for each time that is rounded.
    private static final Offset<Long> ROUNDED = Offset.offset(2 * 15_260L);

    private final List<Rtcp> sent = new ArrayList<>();
    private final RoundTripMeter meter = new RoundTripMeter(SSRC, sent::add);

    /// A clock of any origin, negative ones among them.
    private long now = -3_333 * MILLI;

    /// As the owner does: it is called when it wants to be.
    private void pass(long millis) {
        long end = now + millis * MILLI;
        while (meter.nextDeadlineNanos() <= end) {
            now = Math.max(now, meter.nextDeadlineNanos());
            meter.advance(now);
        }
        now = end;
    }

    private long ask() {
        now += RoundTripMeter.INTERVAL_NANOS;
        meter.onPacket(now);
        pass(0);
        var report = (Rtcp.ExtendedReport) sent.getLast();
        assertThat(report.ssrc()).isEqualTo(SSRC);
        var time = (ReceiverReferenceTime) report.blocks().getFirst();
        return NtpTime.middle(time.ntpTime());
    }

    private void answer(long reference, long heldNanos) {
        meter.onAnswer(new Answer(SSRC, reference, NtpTime.delay(heldNanos)), now);
    }

    private void measure(long millis) {
        long reference = ask();
        pass(millis);
        answer(reference, 0);
    }

    @Test
    void it_asks_once_a_second_while_packets_come() {
        for (int i = 0; i < 299; i++) {
            meter.onPacket(now);
            pass(10);
        }

        assertThat(sent).hasSize(3);
    }

    @Test
    void who_is_silent_is_not_asked_and_costs_no_time() {
        assertThat(meter.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        meter.onPacket(now);
        pass(1);
        pass(10_000);
        assertThat(sent).hasSize(1);
        assertThat(meter.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);

        meter.onPacket(now);

        assertThat(meter.nextDeadlineNanos()).isEqualTo(now);
    }

    @Test
    void a_packet_right_after_an_asking_is_asked_about_a_second_later() {
        meter.onPacket(now);
        pass(0);
        long first = now;
        pass(1);
        meter.onPacket(now);

        assertThat(meter.nextDeadlineNanos()).isEqualTo(first + RoundTripMeter.INTERVAL_NANOS);
    }

    @Test
    void the_round_trip_is_what_is_left_without_the_time_that_the_peer_held_it() {
        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.UNKNOWN);
        long reference = ask();
        pass(640);
        answer(reference, 600 * MILLI);

        assertThat(meter.roundTripNanos()).isCloseTo(40 * MILLI, ROUNDED);
    }

    @Test
    void it_is_measured_over_the_turn_of_the_65_536_seconds() {
        now = (1L << 16) * 1_000 * MILLI - RoundTripMeter.INTERVAL_NANOS - 5 * MILLI;
        measure(40);

        assertThat(meter.roundTripNanos()).isEqualTo(40 * MILLI);
    }

    @Test
    void one_quick_answer_is_not_believed_two_are_and_a_slow_one_is_at_once() {
        measure(80);
        measure(30);
        assertThat(meter.roundTripNanos()).isEqualTo(80 * MILLI);
        measure(40);
        assertThat(meter.roundTripNanos()).isEqualTo(40 * MILLI);
        measure(200);
        assertThat(meter.roundTripNanos()).isEqualTo(200 * MILLI);
    }

    @Test
    void answers_to_others_to_nothing_and_from_the_future_are_none() {
        long reference = ask();
        pass(50);
        meter.onAnswer(new Answer(SSRC - 1, reference, 0), now);
        answer(reference + 1, 0);
        answer(reference - 1, 0);
        answer(0, 0);
        answer(NtpTime.middle(NtpTime.ofNanos(now + 1_000 * MILLI)), 0);

        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.UNKNOWN);
    }

    @Test
    void before_it_has_asked_nothing_is_an_answer() {
        answer(0, 0);
        answer(NtpTime.middle(NtpTime.ofNanos(now)), 0);

        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.UNKNOWN);
    }

    @Test
    void what_was_held_for_longer_than_since_the_asking_is_no_answer_but_for_rounding() {
        long reference = ask();
        pass(50);
        answer(reference, 52 * MILLI);
        meter.onAnswer(new Answer(SSRC, reference, 0xFFFF_FFFFL), now);
        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.UNKNOWN);

        answer(reference, 51 * MILLI);

        assertThat(meter.roundTripNanos()).isZero();
    }

    @Test
    void the_last_eight_may_be_answered_and_no_older_one() {
        long first = ask();
        long second = ask();
        for (int i = 2; i < RoundTripMeter.MAX_ASKED + 1; i++) {
            ask();
        }
        answer(first, 8_000 * MILLI);
        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.UNKNOWN);

        answer(second, 7_000 * MILLI);

        assertThat(meter.roundTripNanos()).isCloseTo(0, ROUNDED);
    }

    @Test
    void two_seconds_are_the_most() {
        measure(1_999);
        assertThat(meter.roundTripNanos()).isEqualTo(1_999 * MILLI);

        measure(5_000);

        assertThat(meter.roundTripNanos()).isEqualTo(RoundTripMeter.MAX_NANOS);
    }
}
