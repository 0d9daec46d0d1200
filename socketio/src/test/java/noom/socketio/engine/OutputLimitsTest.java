// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What waits for a client that does not take it.
class OutputLimitsTest {
    private final RecordingLink link = new RecordingLink();

    private SessionUnderTest slow(OutputLimits limits) {
        var test = SessionUnderTest.overWebSocket(EngineConfig.defaults().with(limits), link);
        link.take();
        link.setWritable(false);
        return test;
    }

    @Test
    void as_many_bytes_as_allowed_wait_and_one_more_ends_the_session() {
        var test = slow(new OutputLimits(10, 100, Duration.ofDays(1)));

        test.send("1234", "5678");
        assertThat(test.session.isOpen()).isTrue();
        test.send("");

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void bytes_are_counted_as_utf_8() {
        var test = slow(new OutputLimits(10, 100, Duration.ofDays(1)));

        test.send("한글é"); // 3 + 3 + 2, and the type digit
        assertThat(test.session.isOpen()).isTrue();
        test.send("x");

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
        assertThat(EnginePacket.TextMessage.of("\uD83D\uDE00").sizeBytes()).isEqualTo(5);
    }

    @Test
    void as_many_packets_as_allowed_wait_and_one_more_ends_the_session() {
        var test = slow(new OutputLimits(1_000, 3, Duration.ofDays(1)));

        test.send("a", "b", "c");
        assertThat(test.session.isOpen()).isTrue();
        test.send("d");

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_client_that_takes_nothing_for_too_long_loses_its_session() {
        var test = slow(new OutputLimits(1_000, 100, Duration.ofSeconds(20)));
        test.send("a");

        test.advance(Duration.ofMillis(19_999));
        assertThat(test.session.isOpen()).isTrue();
        test.advance(Duration.ofMillis(1));

        assertThat(test.heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_client_that_takes_something_gets_the_whole_time_again() {
        var config =
                EngineConfig.defaults().with(new OutputLimits(1_000, 100, Duration.ofSeconds(10)));
        var test = SessionUnderTest.overPolling(config);
        test.heard.clear();

        for (int i = 0; i < 2; i++) {
            test.send("x");
            test.advanceSeconds(9);
            assertThat(test.get().answer()).isEqualTo("200 4x");
        }

        assertThat(test.heard).isEmpty();
    }

    @Test
    void a_writable_client_may_be_sent_any_amount() {
        var test = slow(new OutputLimits(10, 1, Duration.ofSeconds(1)));
        link.setWritable(true);

        for (int i = 0; i < 100; i++) {
            test.send("0123456789 and more");
        }

        assertThat(link.take()).hasSize(100);
        assertThat(test.heard).isEmpty();
    }

    @Test
    void limits_must_be_positive() {
        assertThatThrownBy(() -> new OutputLimits(0, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InputLimits(1, 0, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineConfig.defaults().withPath("no-slash"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
