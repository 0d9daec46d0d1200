// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Trap 8 of the protocol: one packet per message, binary without a type byte.
class WebSocketPacketsTest {
    private final RecordingLink link = new RecordingLink();
    private final SessionUnderTest test = SessionUnderTest.overWebSocket(link);

    @Test
    void text_and_binary_come_in_as_they_are() {
        test.text(link, "4hello");
        test.session.receiveBinary(link, new byte[] {4, 1, 2}, 0);

        assertThat(test.heard).containsExactly("hello", "0x040102");
    }

    @Test
    void packets_go_out_one_per_message_and_binary_bare() {
        var bytes = new byte[] {4, 1, 2};

        test.session.send(
                List.of(EnginePacket.TextMessage.of("a"), EnginePacket.BinaryMessage.of(bytes)), 0);
        test.send("b");

        assertThat(link.take()).containsExactly("4a", bytes, "4b");
    }

    @Test
    void an_empty_message_ends_the_session() {
        test.text(link, "");

        assertThat(test.heard).containsExactly("PARSE_ERROR");
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void an_unknown_type_ends_the_session() {
        test.text(link, "abc");

        assertThat(test.heard).containsExactly("PARSE_ERROR");
    }

    @Test
    void the_clients_1_ends_the_session() {
        test.text(link, "1");

        assertThat(test.heard).containsExactly("TRANSPORT_CLOSE");
        assertThat(link.isClosed()).isTrue();
        assertThat(test.session.isGone()).isTrue();
    }

    @Test
    void a_connection_that_closes_or_fails_says_so() {
        test.session.linkClosed(link, false);
        assertThat(test.heard).containsExactly("TRANSPORT_CLOSE");

        var other = new RecordingLink();
        var failing = SessionUnderTest.overWebSocket(other);
        failing.session.linkClosed(other, true);
        assertThat(failing.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void messages_of_a_link_that_carries_nothing_are_ignored() {
        test.text(new RecordingLink(), "4stranger");
        test.session.receiveBinary(new RecordingLink(), new byte[1], 0);
        test.session.linkClosed(new RecordingLink(), true);

        assertThat(test.heard).isEmpty();
        assertThat(test.session.isOpen()).isTrue();
    }

    @Test
    void a_server_side_close_flushes_first() {
        link.setWritable(false);
        test.send("last");
        test.session.close(test.now());
        assertThat(link.isClosed()).isFalse();

        link.setWritable(true);
        test.session.onWritable(link, test.now());

        assertThat(link.take()).containsExactly("4last");
        assertThat(link.isClosed()).isTrue();
        assertThat(test.heard).containsExactly("FORCED_CLOSE");
    }

    @Test
    void nothing_is_sent_once_the_session_closes() {
        link.setWritable(false);
        test.send("last");
        test.session.close(test.now());
        test.send("too late");

        link.setWritable(true);
        test.session.onWritable(link, test.now());

        assertThat(link.take()).containsExactly("4last");
    }

    @Test
    void polling_requests_for_it_are_refused_and_leave_it_alone() {
        assertThat(test.get().answer()).isEqualTo("400/3");
        assertThat(test.post("4x").answer()).isEqualTo("400/3");

        assertThat(test.session.isOpen()).isTrue();
        assertThat(test.heard).isEmpty();
    }
}
