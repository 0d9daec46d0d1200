// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Trap 2 of the protocol: who pings, what counts as life.
class HeartbeatTest {
    @Test
    void the_server_pings_after_the_interval_and_again_an_interval_after_each_pong() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);

        for (int round = 0; round < 3; round++) {
            test.advance(Duration.ofMillis(24_999));
            assertThat(link.take()).isEmpty();
            test.advance(Duration.ofMillis(1));
            assertThat(link.take()).containsExactly("2");
            test.advanceSeconds(19);
            test.text(link, "3");
        }
        assertThat(test.heard).isEmpty();
    }

    @Test
    void a_ping_without_a_pong_in_time_ends_the_session() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);

        test.advance(Duration.ofMillis(44_999));
        assertThat(test.session.isOpen()).isTrue();
        test.advance(Duration.ofMillis(1));

        assertThat(test.heard).containsExactly("PING_TIMEOUT");
        assertThat(link.isClosed()).isTrue();
        assertThat(test.session.isGone()).isTrue();
    }

    @Test
    void an_ordinary_message_is_no_pong() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);

        test.advanceSeconds(26);
        test.text(link, "4still here");
        test.advanceSeconds(19);

        assertThat(test.heard).containsExactly("still here", "PING_TIMEOUT");
    }

    @Test
    void a_ping_from_the_client_ends_the_session() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);

        test.text(link, "2");

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_probe_on_an_open_session_is_a_ping_from_the_client() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);

        test.text(link, "2probe");

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_ping_that_waits_for_a_poll_starts_the_timeout() {
        var test = SessionUnderTest.overPolling();

        test.advanceSeconds(45);

        assertThat(test.heard).containsExactly("PING_TIMEOUT");
        assertThat(test.get().answer()).isEqualTo("400/1");
    }

    @Test
    void a_poll_that_waits_gets_the_ping_and_a_post_brings_the_pong() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();

        test.advanceSeconds(25);

        assertThat(poll.answer()).isEqualTo("200 2");
        assertThat(test.post("3").answer()).isEqualTo("200 ok");
        test.advanceSeconds(24);
        assertThat(test.heard).isEmpty();
    }

    @Test
    void the_timeout_outlives_an_upgrade() {
        var test = SessionUnderTest.overPolling();
        test.get();
        test.advanceSeconds(26);
        var link = test.candidate();
        test.text(link, "2probe");
        test.text(link, "5");

        test.advanceSeconds(19);

        assertThat(test.heard).containsExactly("PING_TIMEOUT");
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void no_timeout_runs_while_the_server_itself_does_not_read() {
        var link = new RecordingLink();
        var test = SessionUnderTest.overWebSocket(link);
        test.wantsMore = false;
        test.text(link, "4too much");

        test.advanceSeconds(100);
        assertThat(link.isPaused()).isTrue();
        assertThat(test.heard).containsExactly("too much");

        test.wantsMore = true;
        test.session.resumeReading(test.now());
        assertThat(link.isPaused()).isFalse();
        test.advanceSeconds(19);
        test.text(link, "3");
        test.advanceSeconds(24);
        assertThat(test.heard).containsExactly("too much");
    }

    @Test
    void
            a_timer_that_is_a_little_late_takes_nothing_from_the_server_and_a_long_stall_nothing_from_the_client() {
        var timings =
                new Timings(Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10));
        var late = new Heartbeat(timings, 0);
        late.advance(Duration.ofMillis(25_500).toNanos());
        var stalled = new Heartbeat(timings, 0);
        stalled.advance(Duration.ofSeconds(60).toNanos());

        assertThat(late.deadlineNanos()).isEqualTo(Duration.ofSeconds(45).toNanos());
        assertThat(stalled.deadlineNanos()).isEqualTo(Duration.ofSeconds(78).toNanos());
    }
}
