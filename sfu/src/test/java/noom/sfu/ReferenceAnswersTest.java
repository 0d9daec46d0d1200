// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.Answer;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import org.junit.jupiter.api.Test;

class ReferenceAnswersTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long SSRC = 77;
    private static final long THEIR_TIME = 0xE123_4567_89AB_CDEFL;
    private static final long THEIR_MIDDLE = 0x4567_89ABL;

    private final List<Rtcp> sent = new ArrayList<>();
    private final ReferenceAnswers answers = new ReferenceAnswers(SSRC, sent::add);
    private long now = -5 * SECOND;

    private void pass(long millis) {
        for (long i = 0; i < millis; i++) {
            now += MILLI;
            answers.advance(now);
        }
    }

    private List<Answer> last() {
        var report = (Rtcp.ExtendedReport) sent.getLast();
        assertThat(report.ssrc()).isEqualTo(SSRC);
        return ((DelaySinceLast) report.blocks().getFirst()).answers();
    }

    @Test
    void a_time_is_answered_soon_with_how_long_it_was_here() {
        answers.onReference(5, THEIR_TIME, now);
        assertThat(answers.nextDeadlineNanos()).isEqualTo(now);
        now += 250 * MILLI;
        answers.advance(now);

        assertThat(last()).containsExactly(new Answer(5, THEIR_MIDDLE, 1 << 14));
        assertThat(answers.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothing_is_answered_twice() {
        answers.onReference(5, THEIR_TIME, now);
        pass(3_000);

        assertThat(sent).hasSize(1);
    }

    @Test
    void the_next_answer_is_a_second_later_and_tells_of_the_newest_time() {
        answers.onReference(5, 1, now);
        answers.advance(now);
        long first = now;
        pass(1);
        answers.onReference(5, 2, now);
        assertThat(answers.nextDeadlineNanos()).isEqualTo(first + ReferenceAnswers.INTERVAL_NANOS);
        pass(500);
        answers.onReference(5, THEIR_TIME, now);
        pass(498);
        assertThat(sent).hasSize(1);
        pass(1);

        assertThat(last()).containsExactly(new Answer(5, THEIR_MIDDLE, NtpTime.delay(499 * MILLI)));
    }

    @Test
    void who_tells_three_thousand_times_a_second_is_answered_once_a_second() {
        for (int i = 0; i < 5_000; i++) {
            for (int n = 0; n < 3; n++) {
                answers.onReference(3 * i + n, THEIR_TIME, now);
            }
            pass(1);
        }

        assertThat(sent).hasSize(5);
        assertThat(last()).hasSize(ReferenceAnswers.MAX_SSRCS);
    }

    @Test
    void eight_ssrcs_are_answered_at_a_time_and_the_ninth_is_not_until_there_is_room() {
        for (int i = 1; i <= ReferenceAnswers.MAX_SSRCS + 1; i++) {
            answers.onReference(i, THEIR_TIME, now);
        }
        answers.onReference(8, 8L << 16, now);
        pass(1);
        assertThat(last()).extracting(Answer::ssrc).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(last().getLast().lastReference()).isEqualTo(8);

        answers.onReference(9, THEIR_TIME, now);
        pass(1_000);

        assertThat(last()).extracting(Answer::ssrc).containsExactly(9L);
    }
}
