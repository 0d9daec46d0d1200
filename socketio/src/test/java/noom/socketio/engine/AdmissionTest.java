// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may open a session.
class AdmissionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int NONE = Integer.MAX_VALUE;
    private static final HandshakeRate FREE = HandshakeRate.UNLIMITED;

    private static Admission admission(
            int all, int perSource, HandshakeRate rate, HandshakeRate ratePerSource) {
        return new Admission(new AdmissionLimits(all, perSource, rate, ratePerSource));
    }

    /// `200`, or the status and the seconds to wait.
    private static String ask(Admission admission, String source, long nowNanos) {
        return admission
                .admit(source, nowNanos)
                .map(refusal -> refusal.status() + " " + refusal.retryAfterSeconds())
                .orElse("200");
    }

    @Test
    void without_limits_everybody_is_counted_and_comes_in() {
        var admission = new Admission(AdmissionLimits.UNLIMITED);

        for (int i = 0; i < 10_000; i++) {
            assertThat(ask(admission, "192.0.2." + i % 7, 0)).isEqualTo("200");
        }

        assertThat(admission.sessionCount()).isEqualTo(10_000);
        assertThat(admission.sourceCount()).isEqualTo(7);
    }

    @Test
    void as_many_sessions_of_a_source_as_allowed_and_others_are_not_affected() {
        var admission = admission(NONE, 2, FREE, FREE);

        assertThat(ask(admission, "a", 0)).isEqualTo("200");
        assertThat(ask(admission, "a", 0)).isEqualTo("200");
        for (int i = 0; i < 200; i++) {
            assertThat(ask(admission, "a", 0)).isEqualTo("429 10");
        }
        assertThat(ask(admission, "b", 0)).isEqualTo("200");
        admission.release("a", 0);
        assertThat(ask(admission, "a", 0)).isEqualTo("200");
        assertThat(ask(admission, "a", 0)).isEqualTo("429 10");
    }

    @Test
    void as_many_sessions_in_all_as_allowed() {
        var admission = admission(2, NONE, FREE, FREE);

        assertThat(ask(admission, "a", 0)).isEqualTo("200");
        assertThat(ask(admission, "b", 0)).isEqualTo("200");
        assertThat(ask(admission, "c", 0)).isEqualTo("503 10");
        assertThat(admission.sessionCount()).isEqualTo(2);
        assertThat(admission.sourceCount()).as("no entry for who was refused").isEqualTo(2);
        admission.release("b", 0);
        assertThat(ask(admission, "c", 0)).isEqualTo("200");
    }

    @Test
    void a_source_has_a_burst_and_then_its_rate_and_is_told_when_to_come_again() {
        var admission = admission(NONE, NONE, FREE, new HandshakeRate(0.5, 3));

        for (int i = 0; i < 3; i++) {
            assertThat(ask(admission, "a", 0)).isEqualTo("200");
        }
        assertThat(ask(admission, "a", 0)).isEqualTo("429 2");
        assertThat(ask(admission, "a", SECOND)).isEqualTo("429 1");
        assertThat(ask(admission, "b", SECOND)).isEqualTo("200");
        assertThat(ask(admission, "a", 2 * SECOND)).isEqualTo("200");
        assertThat(ask(admission, "a", 2 * SECOND)).isEqualTo("429 2");
    }

    @Test
    void leaving_gives_back_the_place_but_not_the_handshake() {
        var admission = admission(NONE, 5, FREE, new HandshakeRate(1, 2));
        for (int i = 0; i < 2; i++) {
            ask(admission, "a", 0);
            admission.release("a", 0);
        }

        assertThat(admission.sessionCount()).isZero();
        assertThat(ask(admission, "a", 0)).isEqualTo("429 1");
    }

    @Test
    void the_rate_in_all_is_not_used_up_by_who_is_over_his_own() {
        var admission = admission(NONE, NONE, new HandshakeRate(1, 3), new HandshakeRate(1, 1));
        for (int i = 0; i < 100; i++) {
            ask(admission, "flood", 0);
        }

        assertThat(ask(admission, "a", 0)).isEqualTo("200");
        assertThat(ask(admission, "b", 0)).isEqualTo("200");
        assertThat(ask(admission, "c", 0)).isEqualTo("429 1");
        assertThat(admission.sessionCount()).isEqualTo(3);
        assertThat(ask(admission, "c", SECOND)).isEqualTo("200");
    }

    @Test
    void a_refusal_is_the_official_forbidden_with_its_own_status() {
        var admission = admission(1, NONE, FREE, FREE);
        ask(admission, "a", 0);

        var refusal = admission.admit("a", 0).orElseThrow();

        assertThat(refusal.json()).isEqualTo("{\"code\":4,\"message\":\"Too many connections\"}");
        assertThat(refusal.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8:0:0:ffff::2, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "fe80::1%nowhere, fe80::2%nowhere, false",
        "person:1, person:2, false",
    })
    void an_ipv6_address_counts_with_its_site(String one, String other, boolean same) {
        var admission = admission(NONE, 1, FREE, FREE);
        ask(admission, one, 0);

        assertThat(ask(admission, other, 0)).isEqualTo(same ? "429 10" : "200");
    }

    @Test
    void ten_thousand_sources_that_have_gone_are_forgotten() {
        var admission = admission(NONE, NONE, FREE, new HandshakeRate(1, 5));
        for (int i = 0; i < 10_000; i++) {
            ask(admission, "source " + i, 0);
            admission.release("source " + i, 0);
        }
        ask(admission, "stays", 0);
        assertThat(admission.sourceCount()).as("their buckets are not full").isEqualTo(10_001);

        ask(admission, "late", 10 * SECOND);

        assertThat(admission.sourceCount()).isEqualTo(2);
        assertThat(admission.sessionCount()).isEqualTo(2);
    }

    @Test
    void a_source_with_a_full_bucket_is_forgotten_at_once() {
        var admission = admission(NONE, NONE, FREE, new HandshakeRate(1, 5));
        ask(admission, "a", 0);

        admission.release("a", SECOND);

        assertThat(admission.sourceCount()).isZero();
    }

    @Test
    void in_any_window_no_more_come_in_than_burst_and_rate_allow() {
        Property.forAll(
                random -> {
                    int perSecond = random.between(1, 50);
                    int burst = random.between(1, 10);
                    var admission =
                            admission(NONE, NONE, FREE, new HandshakeRate(perSecond, burst));
                    var passed = new ArrayList<Long>();
                    long now = 0;
                    for (int i = random.length() * 5; i > 0; i--) {
                        now += random.between(0, 30) * SECOND / 1_000;
                        if (admission.admit("a", now).isEmpty()) {
                            passed.add(now);
                        }
                    }

                    for (int from = 0; from < passed.size(); from += 5) {
                        double seconds = (now - passed.get(from)) / (double) SECOND;
                        assertThat((double) passed.size() - from)
                                .isLessThanOrEqualTo(burst + seconds * perSecond + 0.001);
                    }
                });
    }

    @Test
    void counts_follow_a_model_of_plain_sets() {
        Property.forAll(
                random -> {
                    int all = random.between(1, 12);
                    int perSource = random.between(1, 5);
                    var admission = admission(all, perSource, FREE, FREE);
                    var model = new HashMap<String, Integer>();
                    int total = 0;
                    for (int i = random.length(); i > 0; i--) {
                        var source = "s" + random.between(0, 3);
                        int mine = model.getOrDefault(source, 0);
                        if (random.between(0, 2) > 0) {
                            boolean fits = mine < perSource && total < all;
                            assertThat(admission.admit(source, i).isEmpty()).isEqualTo(fits);
                            total += fits ? 1 : 0;
                            model.merge(source, fits ? 1 : 0, Integer::sum);
                        } else if (mine > 0) {
                            admission.release(source, i);
                            total--;
                            model.merge(source, -1, Integer::sum);
                        }
                        assertThat(admission.sessionCount()).isEqualTo(total);
                    }
                });
    }

    @Test
    void numbers_out_of_range_are_refused_one_by_one() {
        assertThatThrownBy(() -> admission(0, 1, FREE, FREE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> admission(1, 0, FREE, FREE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HandshakeRate(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HandshakeRate(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HandshakeRate(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void loops_whose_clocks_were_read_in_another_order_are_not_refused() {
        var free = new Admission(AdmissionLimits.UNLIMITED);
        assertThat(ask(free, "a", 2 * SECOND)).isEqualTo("200");
        assertThat(ask(free, "a", SECOND)).isEqualTo("200");

        var limited = admission(NONE, NONE, new HandshakeRate(1, 3), new HandshakeRate(1, 3));
        assertThat(ask(limited, "a", 1_000)).isEqualTo("200");
        assertThat(ask(limited, "a", 999)).isEqualTo("200");
    }

    @Test
    void the_slowest_rate_and_the_largest_burst_overflow_nowhere() {
        var never = admission(NONE, NONE, FREE, new HandshakeRate(Double.MIN_VALUE, 1));
        assertThat(ask(never, "a", Long.MAX_VALUE / 8)).isEqualTo("200");
        assertThat(ask(never, "a", Long.MAX_VALUE / 8)).startsWith("429 ");
        var always = admission(NONE, NONE, FREE, new HandshakeRate(1e-6, NONE));
        for (int i = 0; i < 7; i++) {
            assertThat(ask(always, "a", 0)).isEqualTo("200");
        }
    }
}
