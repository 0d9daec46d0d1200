// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
    private static final long SPACING = KeyFrameRequests.SPACING_NANOS;
    private static final long RETRY = KeyFrameRequests.RETRY_NANOS;

    private final List<Integer> sent = new ArrayList<>();
    private final KeyFrameRequests requests = new KeyFrameRequests(2, sent::add);

    @Test
    void the_first_wish_goes_out_at_once_and_others_wait_for_its_answer() {
        requests.ask(1, 0);
        requests.ask(1, 1);
        requests.ask(1, RETRY - 1);

        assertThat(sent).containsExactly(1);
        assertThat(requests.nextDeadlineNanos()).isEqualTo(RETRY);
    }

    @Test
    void a_request_without_answer_is_repeated_only_while_somebody_asks() {
        requests.ask(0, 0);
        requests.advance(RETRY);
        assertThat(sent).hasSize(1);

        requests.ask(0, RETRY);
        assertThat(sent).hasSize(2);
        requests.ask(0, RETRY + 1);
        requests.advance(2 * RETRY);
        assertThat(sent).hasSize(3);
        assertThat(requests.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_key_frame_ends_the_waiting_but_not_the_spacing() {
        requests.ask(0, 0);
        requests.ask(0, 10);
        requests.onKeyFrame(0);
        requests.advance(RETRY);
        assertThat(sent).hasSize(1);

        requests.ask(0, SPACING);
        assertThat(sent).hasSize(2);
        requests.onKeyFrame(0);
        requests.ask(0, 2 * SPACING - 1);
        assertThat(sent).hasSize(2);
        assertThat(requests.nextDeadlineNanos()).isEqualTo(2 * SPACING);
        requests.advance(2 * SPACING);
        assertThat(sent).hasSize(3);
    }

    @Test
    void encodings_do_not_wait_for_each_other() {
        requests.ask(0, 0);
        requests.ask(1, 0);

        assertThat(sent).containsExactly(0, 1);
    }

    @Test
    void however_many_ask_there_are_never_two_within_the_spacing_and_nobody_is_forgotten() {
        Property.forAll(
                random -> {
                    var times = new ArrayList<Long>();
                    var now = new long[1];
                    var governor = new KeyFrameRequests(1, _ -> times.add(now[0]));
                    boolean isWaiting = false;
                    for (int i = 0; i < random.length() * 5; i++) {
                        now[0] += random.between(1, 200) * 1_000_000L;
                        if (random.between(0, 4) == 0) {
                            governor.onKeyFrame(0);
                            isWaiting = false;
                        } else if (random.coin()) {
                            governor.ask(0, now[0]);
                            isWaiting = true;
                        } else {
                            governor.advance(now[0]);
                        }
                    }
                    for (int i = 1; i < times.size(); i++) {
                        assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(SPACING);
                    }
                    if (isWaiting) {
                        governor.ask(0, now[0]);
                        now[0] = Math.max(now[0], governor.nextDeadlineNanos());
                        boolean isLater = governor.nextDeadlineNanos() != Long.MAX_VALUE;
                        governor.advance(isLater ? now[0] : 0);
                        assertThat(times).isNotEmpty();
                    }
                });
    }
}
