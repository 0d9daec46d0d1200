// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Traps 5, 6 and 7 of the protocol: one GET, one POST, an orderly end.
class LongPollingTest {
    @Test
    void what_was_sent_without_a_poll_is_joined_in_the_next() {
        var test = SessionUnderTest.overPolling();

        test.send("a");
        test.send("b", "c");

        assertThat(test.get().answer()).isEqualTo("200 4a\u001e4b\u001e4c");
    }

    @Test
    void an_answer_may_be_compressed_unless_every_packet_in_it_says_no() {
        var test = SessionUnderTest.overPolling();
        var plain = EnginePacket.TextMessage.of("a", false);
        var bytes = EnginePacket.BinaryMessage.of(new byte[] {1}, false);

        test.session.send(List.of(plain, bytes), 0);
        assertThat(test.get().mayCompress()).isFalse();
        test.session.send(List.of(plain, EnginePacket.TextMessage.of("b")), 0);
        assertThat(test.get().mayCompress()).isTrue();
        test.session.send(List.of(bytes, EnginePacket.BinaryMessage.of(new byte[] {1})), 0);
        assertThat(test.get().mayCompress()).isTrue();
    }

    @Test
    void a_waiting_poll_is_answered_by_the_first_send() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();
        assertThat(poll.answer()).isEqualTo("waiting");

        test.send("a");
        test.send("b");

        assertThat(poll.answer()).isEqualTo("200 4a");
        assertThat(test.get().answer()).isEqualTo("200 4b");
    }

    @Test
    void a_post_brings_text_and_binary_in_order() {
        var test = SessionUnderTest.overPolling();

        var post = test.post("4hello\u001ebAQIDBA==\u001e4world");

        assertThat(post.answer()).isEqualTo("200 ok");
        assertThat(test.heard).containsExactly("hello", "0x01020304", "world");
    }

    @Test
    void binary_goes_out_as_b_and_base64_without_a_4() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();

        test.session.send(List.of(EnginePacket.BinaryMessage.of(new byte[] {1, 2, 3, 4})), 0);

        assertThat(poll.answer()).isEqualTo("200 bAQIDBA==");
    }

    @Test
    void a_second_poll_ends_the_session_the_first_hears_1_the_second_400() {
        var test = SessionUnderTest.overPolling();
        var first = test.get();

        var second = test.get();

        assertThat(first.answer()).isEqualTo("200 1");
        assertThat(second.answer()).isEqualTo("400/3");
        assertThat(test.get().answer()).isEqualTo("400/1");
        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_second_post_while_one_is_read_ends_the_session() {
        var test = SessionUnderTest.overPolling();
        var first = new RecordingExchange();
        test.session.beginPost(first, "");

        var second = test.post("4x");

        assertThat(second.answer()).isEqualTo("400/3");
        assertThat(first.answer()).isEqualTo("aborted");
        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_poll_whose_connection_goes_away_ends_the_session() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();

        test.session.pollAborted(poll);

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void an_answered_poll_may_go_away() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();
        test.send("x");

        test.session.pollAborted(poll);

        assertThat(test.heard).isEmpty();
    }

    @Test
    void a_post_whose_connection_goes_away_ends_the_session() {
        var test = SessionUnderTest.overPolling();
        var post = new RecordingExchange();
        test.session.beginPost(post, "");

        test.session.postAborted(post, true);

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_post_that_was_too_large_leaves_the_session_alone() {
        var test = SessionUnderTest.overPolling();
        var post = new RecordingExchange();
        test.session.beginPost(post, "");

        test.session.postAborted(post, false);

        assertThat(test.post("4next").answer()).isEqualTo("200 ok");
        assertThat(test.heard).containsExactly("next");
    }

    @Test
    void the_clients_1_answers_ok_ends_the_poll_with_6_and_then_the_sid_is_unknown() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();

        var post = test.post("1");

        assertThat(post.answer()).isEqualTo("200 ok");
        assertThat(poll.answer()).isEqualTo("200 6");
        assertThat(test.get().answer()).isEqualTo("400/1");
        assertThat(test.heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void the_last_poll_may_come_after_the_clients_1_on_another_connection() {
        var test = SessionUnderTest.overPolling();

        test.post("1");

        assertThat(test.session.isGone()).isFalse();
        assertThat(test.get().answer()).isEqualTo("200 6");
        assertThat(test.session.isGone()).isTrue();
        assertThat(test.get().answer()).isEqualTo("400/1");
    }

    @Test
    void the_tombstone_lasts_two_seconds() {
        var test = SessionUnderTest.overPolling();
        test.post("1");

        test.advance(Duration.ofMillis(1_999));
        assertThat(test.session.isGone()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(test.session.isGone()).isTrue();
    }

    @Test
    void packets_after_a_1_are_ignored() {
        var test = SessionUnderTest.overPolling();

        var post = test.post("4a\u001e1\u001e4b");

        assertThat(post.answer()).isEqualTo("200 ok");
        assertThat(test.heard).containsExactly("a", "TRANSPORT_CLOSE");
    }

    @Test
    void a_server_side_close_says_1_in_the_poll_after_the_last_payload() {
        var test = SessionUnderTest.overPolling();
        test.send("last");

        test.session.close(test.now());

        assertThat(test.get().answer()).isEqualTo("200 4last");
        assertThat(test.heard).isEmpty();
        assertThat(test.get().answer()).isEqualTo("200 1");
        assertThat(test.heard).containsExactly("FORCED_CLOSE");
    }

    @Test
    void a_server_side_close_answers_the_waiting_poll_at_once() {
        var test = SessionUnderTest.overPolling();
        var poll = test.get();

        test.session.close(test.now());

        assertThat(poll.answer()).isEqualTo("200 1");
        assertThat(test.session.isGone()).isTrue();
    }

    @Test
    void a_server_side_close_waits_thirty_seconds_for_a_poll() {
        var config =
                EngineConfig.defaults()
                        .with(
                                new Timings(
                                        Duration.ofMinutes(5),
                                        Duration.ofMinutes(5),
                                        Duration.ofSeconds(10)));
        var test = SessionUnderTest.overPolling(config);
        test.session.close(test.now());

        test.advance(Duration.ofMillis(29_999));
        assertThat(test.session.isGone()).isFalse();
        test.advance(Duration.ofMillis(1));

        assertThat(test.heard).last().isEqualTo("FORCED_CLOSE");
        assertThat(test.get().answer()).isEqualTo("400/1");
    }

    @Test
    void what_a_client_says_while_the_server_closes_is_ignored() {
        var test = SessionUnderTest.overPolling();
        test.session.close(test.now());

        assertThat(test.post("4too late").answer()).isEqualTo("200 ok");

        assertThat(test.heard).isEmpty();
    }

    @Test
    void a_discarded_session_ends_at_once() {
        var test = SessionUnderTest.overPolling();
        test.send("lost");

        test.session.discard();

        assertThat(test.heard).containsExactly("FORCED_CLOSE");
        assertThat(test.get().answer()).isEqualTo("400/1");
    }

    @Test
    void the_first_part_that_is_no_packet_ends_the_session_and_drops_the_rest() {
        var test = SessionUnderTest.overPolling();

        var post = test.post("4a\u001eabc\u001e4b");

        assertThat(post.answer()).isEqualTo("400/3");
        assertThat(test.heard).containsExactly("a", "PARSE_ERROR");
        assertThat(test.get().answer()).isEqualTo("400/1");
    }

    @Test
    void an_empty_body_is_no_packet() {
        var test = SessionUnderTest.overPolling();

        assertThat(test.post("").answer()).isEqualTo("400/3");
    }

    @Test
    void binary_bodies_are_of_an_older_revision_and_end_the_session() {
        var test = SessionUnderTest.overPolling();
        var post = new RecordingExchange();

        assertThat(test.session.beginPost(post, "application/octet-stream")).isFalse();

        assertThat(post.answer()).isEqualTo("400/3");
        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void as_many_packets_as_allowed_come_in_and_one_more_ends_the_session() {
        var input = new InputLimits(1_000_000, 64, 1, Duration.ofSeconds(1));
        var config = EngineConfig.defaults().with(input);
        var good = SessionUnderTest.overPolling(config);
        var bad = SessionUnderTest.overPolling(config);

        assertThat(good.post("4x" + "\u001e4x".repeat(63)).answer()).isEqualTo("200 ok");
        assertThat(bad.post("4x" + "\u001e4x".repeat(64)).answer()).isEqualTo("400/3");
        assertThat(bad.heard).last().isEqualTo("PARSE_ERROR");
    }

    @Test
    void the_answer_to_a_post_waits_while_the_handlers_are_behind() {
        var test = SessionUnderTest.overPolling();
        test.wantsMore = false;

        var post = test.post("4x");
        assertThat(post.answer()).isEqualTo("waiting");
        test.wantsMore = true;
        test.session.resumeReading(test.now());

        assertThat(post.answer()).isEqualTo("200 ok");
    }

    @Test
    void a_session_that_ends_while_an_answer_waits_still_answers() {
        var test = SessionUnderTest.overPolling();
        test.wantsMore = false;
        var post = test.post("4x");

        test.session.discard();

        assertThat(post.answer()).isEqualTo("200 ok");
    }

    @Test
    void a_session_that_ends_cuts_off_a_body_on_its_way() {
        var test = SessionUnderTest.overPolling();
        var post = new RecordingExchange();
        test.session.beginPost(post, "");

        test.session.discard();
        test.session.post(post, "4late", test.now());

        assertThat(post.answer()).isEqualTo("aborted");
        assertThat(test.heard).containsExactly("FORCED_CLOSE");
    }

    @Test
    void senseless_but_known_packets_are_ignored() {
        var test = SessionUnderTest.overPolling();

        assertThat(test.post("6\u001e5\u001e0{}\u001e4x").answer()).isEqualTo("200 ok");

        assertThat(test.heard).containsExactly("x");
    }
}
