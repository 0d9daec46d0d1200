// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Trap 9 of the protocol: from polling to WebSocket in mid-session.
class UpgradeTest {
    private final SessionUnderTest test = SessionUnderTest.overPolling();

    private RecordingLink upgraded() {
        var link = test.candidate();
        test.text(link, "2probe");
        test.text(link, "5");
        link.take();
        return link;
    }

    @Test
    void a_probe_is_answered_and_releases_the_waiting_poll() {
        var poll = test.get();
        var link = test.candidate();

        test.text(link, "2probe");

        assertThat(link.take()).containsExactly("3probe");
        assertThat(poll.answer()).isEqualTo("200 6");
    }

    @Test
    void polls_that_arrive_during_the_probe_are_released_every_100_ms() {
        var link = test.candidate();
        test.text(link, "2probe");

        for (int i = 0; i < 3; i++) {
            var poll = test.get();
            assertThat(poll.answer()).isEqualTo("waiting");
            test.advance(Duration.ofMillis(100));
            assertThat(poll.answer()).isEqualTo("200 6");
        }
    }

    @Test
    void until_the_5_packets_go_by_polling_and_after_it_by_websocket() {
        var link = test.candidate();
        test.text(link, "2probe");
        link.take();

        test.send("polled");
        assertThat(test.get().answer()).isEqualTo("200 4polled");
        test.send("waits");
        assertThat(link.take()).isEmpty();
        test.text(link, "5");
        test.send("direct");

        assertThat(link.take()).containsExactly("4waits", "4direct");
    }

    @Test
    void a_5_may_come_right_behind_the_probe() {
        var link = test.candidate();

        test.text(link, "2probe");
        test.text(link, "5");
        test.text(link, "4hello");

        assertThat(test.heard).containsExactly("hello");
    }

    @Test
    void a_poll_that_still_waits_at_the_5_is_released() {
        var link = test.candidate();
        test.text(link, "2probe");
        var poll = test.get();

        test.text(link, "5");

        assertThat(poll.answer()).isEqualTo("200 6");
    }

    @Test
    void after_the_upgrade_polling_requests_get_400_and_do_no_harm() {
        var link = upgraded();

        assertThat(test.get().answer()).isEqualTo("400/3");
        assertThat(test.post("4x").answer()).isEqualTo("400/3");
        test.text(link, "4hello");

        assertThat(test.heard).containsExactly("hello");
    }

    @Test
    void after_the_upgrade_another_websocket_is_closed_and_does_no_harm() {
        var link = upgraded();

        var second = test.candidate();

        assertThat(second.isClosed()).isTrue();
        test.text(link, "4hello");
        assertThat(test.heard).containsExactly("hello");
    }

    @Test
    void a_second_candidate_is_closed_and_the_first_may_go_on() {
        var first = test.candidate();
        test.text(first, "2probe");

        var second = test.candidate();

        assertThat(second.isClosed()).isTrue();
        assertThat(first.isClosed()).isFalse();
        test.text(first, "5");
        test.send("x");
        assertThat(first.take()).containsExactly("3probe", "4x");
    }

    @Test
    void anything_else_from_a_candidate_closes_the_candidate_only() {
        for (var bad : new String[] {"", "abc", "4hello", "5", "2", "3", "1"}) {
            var link = test.candidate();

            test.text(link, bad);

            assertThat(link.isClosed()).as("after '%s'", bad).isTrue();
            assertThat(test.session.isOpen()).isTrue();
        }
        var link = test.candidate();
        test.session.receiveBinary(link, new byte[3], 0);
        assertThat(link.isClosed()).isTrue();
        assertThat(test.heard).isEmpty();
    }

    @Test
    void a_candidate_has_ten_seconds_and_the_session_survives_it() {
        var link = test.candidate();
        test.text(link, "2probe");

        test.advance(Duration.ofMillis(9_999));
        assertThat(link.isClosed()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(link.isClosed()).isTrue();
        assertThat(test.session.isOpen()).isTrue();
        assertThat(test.candidate().isClosed()).isFalse();
    }

    @Test
    void a_candidate_that_goes_away_leaves_room_for_another() {
        var first = test.candidate();
        test.session.linkClosed(first, true);

        var second = test.candidate();

        assertThat(second.isClosed()).isFalse();
        assertThat(test.session.isOpen()).isTrue();
    }

    @Test
    void the_end_of_the_session_ends_its_candidate() {
        var link = test.candidate();

        test.session.discard();

        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void an_upgrade_finishes_a_close_that_waits_for_a_poll() {
        var link = test.candidate();
        test.text(link, "2probe");
        test.send("last");
        test.session.close(test.now());

        test.text(link, "5");

        assertThat(link.take()).containsExactly("3probe", "4last");
        assertThat(link.isClosed()).isTrue();
        assertThat(test.heard).containsExactly("FORCED_CLOSE");
    }

    @Test
    void where_upgrades_are_off_a_candidate_is_closed() {
        var config = EngineConfig.defaults().with(new Transports(true, true, false));
        var off = SessionUnderTest.overPolling(config);

        assertThat(off.candidate().isClosed()).isTrue();
        assertThat(off.session.isOpen()).isTrue();
    }
}
