// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Trap 9 of the protocol again: what may happen beside the straight way to a WebSocket.
class UpgradeEdgesTest {
    private final SessionUnderTest test = SessionUnderTest.overPolling();

    private RecordingLink probed() {
        var link = test.candidate();
        test.text(link, "2probe");
        link.take();
        return link;
    }

    @Test
    void a_candidate_that_has_not_probed_releases_no_poll() {
        test.candidate();
        var poll = test.get();

        test.advance(Duration.ofSeconds(9));

        assertThat(poll.answer()).isEqualTo("waiting");
    }

    @Test
    void a_candidate_that_never_probes_is_closed_after_its_time_too() {
        var link = test.candidate();

        test.advance(Duration.ofSeconds(10));

        assertThat(link.isClosed()).isTrue();
        assertThat(test.session.isOpen()).isTrue();
    }

    @Test
    void a_second_probe_is_answered_like_the_first() {
        var link = probed();

        test.text(link, "2probe");

        assertThat(link.take()).containsExactly("3probe");
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void a_second_probe_buys_no_more_time() {
        var link = probed();
        test.advance(Duration.ofSeconds(9));
        test.text(link, "2probe");

        test.advance(Duration.ofSeconds(1));

        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void after_a_probe_that_failed_polls_wait_as_long_as_before() {
        var link = probed();
        test.session.linkClosed(link, true);
        var poll = test.get();

        test.advance(Duration.ofSeconds(9));

        assertThat(poll.answer()).isEqualTo("waiting");
        test.send("x");
        assertThat(poll.answer()).isEqualTo("200 4x");
    }

    @Test
    void what_a_dropped_candidate_still_says_is_ignored() {
        var link = test.candidate();
        test.text(link, "nonsense");
        assertThat(link.isClosed()).isTrue();

        test.text(link, "2probe");
        test.text(link, "5");
        test.text(link, "4hello");
        test.session.linkClosed(link, true);

        assertThat(link.take()).isEmpty();
        assertThat(test.heard).isEmpty();
        assertThat(test.session.transportName()).isEqualTo("polling");
    }

    @Test
    void a_post_on_its_way_at_the_5_is_cut_off() {
        var link = probed();
        var post = new RecordingExchange();
        test.session.beginPost(post, "text/plain");

        test.text(link, "5");
        test.session.post(post, "4late", test.now());

        assertThat(post.answer()).isEqualTo("aborted");
        assertThat(test.heard).isEmpty();
        assertThat(test.session.isOpen()).isTrue();
    }

    @Test
    void a_pause_in_reading_goes_over_to_the_websocket() {
        test.wantsMore = false;
        var post = test.post("4full");
        assertThat(post.answer()).isEqualTo("waiting");
        var link = probed();

        test.text(link, "5");

        assertThat(post.answer()).isEqualTo("200 ok");
        assertThat(link.isPaused()).isTrue();
        test.wantsMore = true;
        test.session.resumeReading(test.now());
        assertThat(link.isPaused()).isFalse();
    }

    @Test
    void a_websocket_that_takes_nothing_at_the_5_gets_it_all_when_it_does() {
        var link = probed();
        test.send("a", "b");
        link.setWritable(false);

        test.text(link, "5");
        assertThat(link.take()).isEmpty();
        link.setWritable(true);
        test.session.onWritable(link, test.now());

        assertThat(link.take()).containsExactly("4a", "4b");
    }

    @Test
    void a_ping_that_no_poll_fetched_goes_over_the_websocket_and_its_pong_counts() {
        var link = new RecordingLink();
        test.advanceSeconds(25);
        test.session.offerUpgrade(link, test.now());
        test.text(link, "2probe");
        test.text(link, "5");
        assertThat(link.take()).containsExactly("3probe", "2");

        test.advanceSeconds(19);
        test.text(link, "3");
        test.advanceSeconds(24);

        assertThat(test.heard).isEmpty();
    }

    @Test
    void an_upgrade_does_not_put_off_the_next_ping() {
        test.advanceSeconds(20);
        var link = probed();
        test.text(link, "5");

        test.advanceSeconds(5);

        assertThat(link.take()).containsExactly("2");
    }

    @Test
    void a_closing_session_takes_no_candidate_and_neither_does_one_that_has_gone() {
        test.session.close(test.now());
        assertThat(test.candidate().isClosed()).isTrue();

        test.session.discard();

        assertThat(test.candidate().isClosed()).isTrue();
    }

    @Test
    void a_tombstone_takes_no_candidate_no_post_and_no_message() {
        test.post("1");

        assertThat(test.candidate().isClosed()).isTrue();
        assertThat(test.post("4x").answer()).isEqualTo("400/1");
        test.send("x");
        assertThat(test.get().answer()).isEqualTo("200 6");
        assertThat(test.get().answer()).isEqualTo("400/1");
        assertThat(test.heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void the_clients_1_by_post_ends_a_probe_as_well() {
        var link = probed();

        test.post("1");

        assertThat(link.isClosed()).isTrue();
        test.text(link, "5");
        assertThat(test.session.isOpen()).isFalse();
    }
}
