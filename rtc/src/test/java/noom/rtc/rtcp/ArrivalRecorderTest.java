// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import noom.rtc.rtp.Rollover;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class ArrivalRecorderTest {
    private static final long MILLI = 1_000_000L;
    private static final long TICK = TransportFeedback.TICK_NANOS;

    private final ArrivalRecorder recorder = new ArrivalRecorder();

    private static List<String> arrivals(TransportFeedback feedback) {
        var arrivals = new ArrayList<String>();
        feedback.forEachArrival(
                (seq, ticks) ->
                        arrivals.add(
                                seq
                                        + "@"
                                        + (ticks
                                                + (long) feedback.reference()
                                                        * TransportFeedback.TICKS_PER_REFERENCE)));
        return arrivals;
    }

    @Test
    void there_is_nothing_to_tell_before_the_first_packet() {
        assertThat(recorder.next()).isNull();
        assertThat(recorder.pendingCount()).isZero();
    }

    @Test
    void tells_what_arrived_and_what_was_lost() {
        recorder.onPacket(10, 0);
        recorder.onPacket(11, 5 * TICK);
        recorder.onPacket(14, 300 * TICK);
        assertThat(recorder.pendingCount()).isEqualTo(5);

        var feedback = recorder.next();

        assertThat(feedback.baseSeq()).isEqualTo(10);
        assertThat(feedback.statusCount()).isEqualTo(5);
        assertThat(feedback.hasArrived(2)).isFalse();
        assertThat(arrivals(feedback)).containsExactly("10@0", "11@5", "14@300");
        assertThat(recorder.next()).isNull();
        assertThat(recorder.pendingCount()).isZero();
    }

    @Test
    void begins_where_the_last_one_ended_so_that_losses_between_are_told() {
        recorder.onPacket(1, 0);
        assertThat(recorder.next().baseSeq()).isOne();
        recorder.onPacket(5, 64 * MILLI);

        var feedback = recorder.next();

        assertThat(feedback.baseSeq()).isEqualTo(2);
        assertThat(feedback.statusCount()).isEqualTo(4);
        assertThat(feedback.feedbackCount()).isOne();
        assertThat(feedback.reference()).isOne();
        assertThat(arrivals(feedback)).containsExactly("5@256");
    }

    @Test
    void goes_on_past_the_last_sequence_number() {
        recorder.onPacket(65_534, 0);
        recorder.onPacket(1, TICK);

        var feedback = recorder.next();

        assertThat(feedback.baseSeq()).isEqualTo(65_534);
        assertThat(feedback.statusCount()).isEqualTo(4);
        assertThat(arrivals(feedback)).containsExactly("65534@0", "1@1");
    }

    @Test
    void its_own_number_wraps_at_eight_bits() {
        for (int i = 0; i < 256; i++) {
            recorder.onPacket(i, i * MILLI);
            assertThat(recorder.next().feedbackCount()).isEqualTo(i);
        }
        recorder.onPacket(256, 256 * MILLI);
        assertThat(recorder.next().feedbackCount()).isZero();
    }

    @Test
    void the_reference_time_wraps_at_24_bits_of_64_milliseconds() {
        long wrapNanos = (64 * MILLI) << 24;

        recorder.onPacket(1, wrapNanos - 1);
        assertThat(recorder.next().reference()).isEqualTo(0xFFFFFF);
        recorder.onPacket(2, wrapNanos);
        assertThat(recorder.next().reference()).isZero();
    }

    @Test
    void a_clock_may_begin_below_zero() {
        recorder.onPacket(1, -1);
        recorder.onPacket(2, 0);

        var feedback = recorder.next();

        assertThat(feedback.reference()).isEqualTo(0xFFFFFF);
        assertThat(feedback.deltaTicks(0)).isEqualTo(255);
        assertThat(feedback.deltaTicks(1)).isEqualTo(1);
    }

    @Test
    void reordering_is_a_negative_delta() {
        recorder.onPacket(1, 0);
        recorder.onPacket(3, 10 * TICK);
        recorder.onPacket(2, 20 * TICK);

        assertThat(arrivals(recorder.next())).containsExactly("1@0", "2@20", "3@10");
    }

    @Test
    void of_two_with_one_number_the_first_counts() {
        recorder.onPacket(1, 0);
        recorder.onPacket(1, 9 * TICK);

        assertThat(arrivals(recorder.next())).containsExactly("1@0");
    }

    @Test
    void a_late_packet_is_told_with_what_was_told_after_it() {
        recorder.onPacket(1, 0);
        recorder.onPacket(3, TICK);
        recorder.next();
        recorder.onPacket(2, 400 * MILLI);

        assertThat(arrivals(recorder.next())).containsExactly("2@1600", "3@1");
    }

    @Test
    void a_packet_that_left_before_the_first_is_told() {
        recorder.onPacket(0, 0);
        recorder.onPacket(65_535, TICK);

        assertThat(arrivals(recorder.next())).containsExactly("65535@1", "0@0");
    }

    @Test
    void a_packet_beyond_the_history_is_forgotten() {
        recorder.onPacket(1, 0);
        recorder.onPacket(3, TICK);
        recorder.next();

        recorder.onPacket(2, ArrivalRecorder.HISTORY_NANOS + 2 * TICK);
        assertThat(recorder.next()).isNull();

        recorder.onPacket(2, ArrivalRecorder.HISTORY_NANOS + TICK);
        assertThat(recorder.next()).isNotNull();
    }

    @Test
    void a_packet_too_many_numbers_back_is_forgotten() {
        recorder.onPacket(2_000, 0);
        recorder.next();

        recorder.onPacket(2_000 - ArrivalRecorder.MAX_LATE_COUNT, 0);
        assertThat(recorder.next()).isNull();
        recorder.onPacket(2_001 - ArrivalRecorder.MAX_LATE_COUNT, 0);
        assertThat(recorder.next()).isNotNull();
    }

    @Test
    void a_jump_beyond_memory_begins_anew() {
        recorder.onPacket(1, 0);
        recorder.onPacket(1 + ArrivalRecorder.SLOTS, TICK);

        var feedback = recorder.next();

        assertThat(feedback.baseSeq()).isEqualTo(1 + ArrivalRecorder.SLOTS);
        assertThat(feedback.statusCount()).isOne();
        assertThat(recorder.next()).isNull();
    }

    @Test
    void the_longest_jump_that_is_remembered_is_told_as_losses() {
        recorder.onPacket(1, 0);
        recorder.onPacket(ArrivalRecorder.SLOTS, TICK);

        var feedback = recorder.next();

        assertThat(feedback.statusCount()).isEqualTo(ArrivalRecorder.SLOTS);
        assertThat(feedback.arrivedCount()).isEqualTo(2);
    }

    @Test
    void who_never_asks_loses_the_oldest() {
        for (int i = 0; i < 3 * ArrivalRecorder.SLOTS; i++) {
            recorder.onPacket(i & 0xFFFF, i * TICK);
        }

        assertThat(recorder.pendingCount()).isEqualTo(ArrivalRecorder.SLOTS);
        assertThat(recorder.next().baseSeq()).isEqualTo(2 * ArrivalRecorder.SLOTS);
    }

    @Test
    void a_pause_of_more_than_eight_seconds_ends_a_feedback() {
        recorder.onPacket(1, 0);
        recorder.onPacket(2, 32_767 * TICK);
        recorder.onPacket(3, (32_767 + 32_768) * TICK);

        assertThat(arrivals(recorder.next())).containsExactly("1@0", "2@32767");
        assertThat(arrivals(recorder.next())).containsExactly("3@65535");
        assertThat(recorder.next()).isNull();
    }

    @Test
    void no_feedback_is_larger_than_1200_bytes() {
        // The worst: every arrival after a run of losses, with a delta of two bytes.
        var writer = new CompoundWriter();
        var out = new byte[2_000];
        for (int i = 0; i < 400; i++) {
            recorder.onPacket(i * 20, i * (300 * TICK));
        }

        int told = 0;
        for (var next = recorder.next(); next != null; next = recorder.next()) {
            writer.begin(out, 0, CompoundWriter.DEFAULT_LIMIT_BYTES);
            assertThat(writer.add(new Rtcp.Arrivals(1, 2, next))).isTrue();
            told += next.arrivedCount();
        }
        assertThat(told).isEqualTo(400);
    }

    @Test
    void every_packet_is_told_once_or_more_with_its_time() {
        Property.forAll(
                random -> {
                    var subject = new ArrivalRecorder();
                    var sent = new TreeMap<Integer, Long>();
                    var told = new HashMap<Long, Long>();
                    var seqs = Rollover.ofSeq();
                    var references = Rollover.ofBits(TransportFeedback.REFERENCE_BITS);
                    int first = random.between(0, 65_536);
                    long now = 0;
                    seqs.unwrap(first);
                    for (int i = 0; i < random.length() * 3; i++) {
                        now += random.between(0, 2_000) * 10_000L;
                        int seq = first + Math.max(0, i - (random.coin() ? 0 : 3));
                        if (random.between(0, 10) > 0) {
                            subject.onPacket(seq & 0xFFFF, now);
                            sent.putIfAbsent(seq, Math.floorDiv(now, TICK));
                        }
                        if (random.between(0, 10) == 0) {
                            tell(subject, seqs, references, told);
                        }
                    }
                    tell(subject, seqs, references, told);

                    sent.forEach((seq, ticks) -> assertThat(told).containsEntry((long) seq, ticks));
                    assertThat(told).hasSameSizeAs(sent);
                });
    }

    private static void tell(
            ArrivalRecorder recorder, Rollover seqs, Rollover references, Map<Long, Long> told) {
        for (var next = recorder.next(); next != null; next = recorder.next()) {
            long reference = references.unwrap(next.reference());
            next.forEachArrival(
                    (seq, ticks) ->
                            told.put(
                                    seqs.unwrap(seq),
                                    ticks + reference * TransportFeedback.TICKS_PER_REFERENCE));
        }
    }
}
