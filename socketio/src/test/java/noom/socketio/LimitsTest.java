// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// Every limit of what a client may hold: at the limit, and one past it.
class LimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualLoop loop = new VirtualLoop();

    private static SocketIoServer server(SocketLimits limits) {
        return new SocketIoServer(SocketIoConfig.defaults().with(limits));
    }

    private static SocketLimits limits(int rooms, int namespaces, int acks, EventRate rate) {
        return new SocketLimits(
                rooms,
                namespaces,
                acks,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                1_024,
                4L << 20,
                1_000_000,
                1_000,
                rate);
    }

    @Test
    void as_many_rooms_as_allowed_beside_its_own() {
        var io = server(limits(2, 9, 9, EventRate.UNLIMITED));
        io.onConnection(
                socket ->
                        socket.on(
                                "join",
                                event -> {
                                    socket.join(event.string(0));
                                    event.ack("in");
                                }));
        var client = ScriptedClient.connected(io, loop);

        client.send("21[\"join\",\"a\"]", "22[\"join\",\"b\"]", "23[\"join\",\"b\"]");
        assertThat(client.take()).containsExactly("31[\"in\"]", "32[\"in\"]", "33[\"in\"]");
        client.send("24[\"join\",\"c\"]");

        assertThat(client.take()).containsExactly("34[{\"error\":\"too-many-rooms\"}]");
        assertThat(io.adapter().rooms()).doesNotContainKey("c");
    }

    @Test
    void as_many_namespaces_as_allowed() {
        var io = server(limits(9, 2, 9, EventRate.UNLIMITED));
        io.of("/a");
        io.of("/b");
        var client = ScriptedClient.connected(io, loop);

        client.send("0/a", "0/b");

        assertThat(client.take()).hasSize(2).contains("4/b,{\"message\":\"Too many namespaces\"}");
        assertThat(client.isOpen()).isTrue();
        client.send("1/a", "0/b");
        assertThat(client.take()).hasSize(1).first().asString().startsWith("0/b,");
    }

    @Test
    void one_pending_ack_too_many_fails_the_oldest() {
        var io = server(limits(9, 9, 2, EventRate.UNLIMITED));
        ScriptedClient.connected(io, loop);
        var socket = io.sockets().values().iterator().next();

        var first = socket.emitWithAck(SECOND, "q");
        var second = socket.emitWithAck(SECOND, "q");
        loop.settle();
        assertThat(first).isNotDone();
        var third = socket.emitWithAck(SECOND, "q");
        loop.settle();

        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("TOO_MANY_PENDING");
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
    }

    @Test
    void events_over_the_burst_are_dropped_with_an_ack_error_and_three_strikes_close() {
        var heard = new ArrayList<String>();
        var rate = new EventRate(10, 4, 3, Duration.ofSeconds(60)); // joining takes one
        var io = server(limits(9, 9, 9, rate));
        io.onConnection(socket -> socket.onAny(event -> heard.add(event.string(0))));
        var client = ScriptedClient.connected(io, loop);

        client.send("2[\"e\",\"1\"]", "2[\"e\",\"2\"]", "2[\"e\",\"3\"]", "24[\"e\",\"4\"]");
        assertThat(heard).containsExactly("1", "2", "3");
        assertThat(client.take()).containsExactly("34[{\"error\":\"rate-limited\"}]");

        loop.advance(Duration.ofMillis(100));
        client.send("2[\"e\",\"5\"]");
        assertThat(heard).containsExactly("1", "2", "3", "5");
        client.send("2[\"e\",\"6\"]");
        assertThat(client.isOpen()).isTrue();
        client.send("2[\"e\",\"7\"]");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void leaving_and_joining_again_earns_no_new_burst() {
        var heard = new ArrayList<String>();
        var rate = new EventRate(1, 4, Integer.MAX_VALUE, Duration.ofSeconds(60));
        var io = server(SocketLimits.DEFAULT.withEventRate(rate));
        io.onConnection(socket -> socket.onAny(event -> heard.add(event.name())));
        var client = ScriptedClient.connected(io, loop);

        client.send("2[\"a\"]", "1", "0");
        client.send("2[\"b\"]", "2[\"c\"]", "1", "0");

        assertThat(heard).containsExactly("a", "b");
        assertThat(client.take().getLast()).isEqualTo("4{\"message\":\"rate-limited\"}");
        assertThat(client.isOpen()).isTrue();
        loop.advance(SECOND);
        client.send("0");
        assertThat(client.take()).first().asString().startsWith("0{");
    }

    @Test
    void joins_over_the_rate_are_strikes_and_their_refusals_go_out_first() {
        var io = server(SocketLimits.DEFAULT.withEventRate(new EventRate(1, 1, 2, SECOND)));
        var client = new ScriptedClient(io, loop);

        client.send("0/x", "0/x", "0/x");

        assertThat(client.take())
                .containsExactly(
                        "4/x,{\"message\":\"Invalid namespace\"}",
                        "4/x,{\"message\":\"rate-limited\"}",
                        "4/x,{\"message\":\"rate-limited\"}");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void an_answer_has_the_time_of_the_limit_even_if_the_handler_would_wait_longer() {
        var io = server(limits(9, 9, 9, EventRate.UNLIMITED));
        ScriptedClient.connected(io, loop);
        var socket = io.sockets().values().iterator().next();

        var patient = socket.emitWithAck(Duration.ofDays(1_000_000), "q");
        var usual = socket.emitWithAck("q");
        var hasty = socket.emitWithAck(Duration.ofSeconds(29), "q");
        loop.advance(Duration.ofSeconds(29));
        assertThat(hasty).isCompletedExceptionally();
        loop.advance(Duration.ofMillis(999));
        assertThat(patient).isNotDone();
        assertThat(usual).isNotDone();
        loop.advance(Duration.ofMillis(1));

        assertThatThrownBy(patient::join).hasRootCauseMessage("TIMEOUT");
        assertThatThrownBy(usual::join).hasRootCauseMessage("TIMEOUT");
    }

    @Test
    void the_oldest_connection_that_joined_nothing_makes_room_for_a_newer_one() {
        var io = new SocketIoServer(SocketIoConfig.defaults().withMaxUnconnected(2));
        var joined = ScriptedClient.connected(io, loop);
        var oldest = new ScriptedClient(io, loop);
        var second = new ScriptedClient(io, loop);
        assertThat(io.unconnectedCount()).isEqualTo(2);
        assertThat(oldest.isOpen()).isTrue();

        var third = new ScriptedClient(io, loop);

        assertThat(oldest.link.isClosed()).isTrue();
        assertThat(joined.isOpen()).isTrue();
        second.send("0");
        assertThat(io.unconnectedCount()).isEqualTo(1);
        third.hangUp();
        assertThat(io.unconnectedCount()).isZero();
        for (int i = 0; i < 200; i++) {
            third = new ScriptedClient(io, loop);
        }
        assertThat(io.unconnectedCount()).isEqualTo(2);
        assertThat(third.isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void who_is_only_being_checked_counts_as_not_connected() {
        var io = new SocketIoServer(SocketIoConfig.defaults().withMaxUnconnected(1));
        io.use((_, _) -> {}); // never decides
        var waiting = ScriptedClient.connected(io, loop);

        new ScriptedClient(io, loop);

        assertThat(waiting.isOpen()).isFalse();
        assertThat(io.adapter().sids()).isEmpty();
    }

    @Test
    void strikes_are_forgotten_after_their_window() {
        var budget = new EventBudget(new EventRate(1, 1, 2, Duration.ofSeconds(60)), 0);
        assertThat(budget.take(0)).isTrue();
        assertThat(budget.take(0)).isFalse();

        assertThat(budget.strike(0)).isFalse();
        assertThat(budget.strike(Duration.ofSeconds(60).toNanos())).isFalse();
        assertThat(budget.strike(Duration.ofSeconds(119).toNanos())).isTrue();
    }

    @Test
    void attachments_must_be_complete_in_their_time() {
        var io = server(limits(9, 9, 9, EventRate.UNLIMITED));
        var client = ScriptedClient.connected(io, loop);
        client.send("52-[\"e\"]");

        loop.advance(Duration.ofSeconds(9));
        client.sendBinary((byte) 1);
        loop.advance(Duration.ofMillis(999));
        assertThat(client.isOpen()).isTrue();
        loop.advance(Duration.ofMillis(1));

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void attachments_in_time_leave_no_deadline_behind() {
        var io = server(limits(9, 9, 9, EventRate.UNLIMITED));
        var client = ScriptedClient.connected(io, loop);
        client.send("51-[\"e\"]");
        client.sendBinary((byte) 1);

        loop.advance(Duration.ofSeconds(20));

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void a_client_whose_handlers_are_behind_is_not_read_until_they_catch_up() {
        var io = server(SocketLimits.DEFAULT.withMaxQueuedEvents(128));
        var heard = new ArrayList<String>();
        io.onConnection(socket -> socket.onAny(event -> heard.add(event.name())));
        var client = ScriptedClient.connected(io, loop);

        for (int i = 0; i < 191; i++) {
            client.sendOnly("2[\"e\"]");
        }
        assertThat(client.link.isPaused()).isFalse();
        client.sendOnly("2[\"e\"]");
        assertThat(client.link.isPaused()).isTrue();
        loop.settle();

        assertThat(client.link.isPaused()).isFalse();
        assertThat(heard).hasSize(192);
    }

    @Test
    void events_of_a_namespace_that_was_left_still_count_until_they_are_handled() {
        var io = server(SocketLimits.DEFAULT.withMaxQueuedEvents(128));
        var client = ScriptedClient.connected(io, loop);

        for (int round = 0; round < 3; round++) {
            assertThat(client.link.isPaused()).isFalse();
            client.host.holdHandlers();
            client.send("2[\"e\"]", "1", "0");
        }

        assertThat(client.link.isPaused()).isTrue();
        client.host.releaseHandlers();
        loop.settle();
        assertThat(client.link.isPaused()).isFalse();
    }

    @Test
    void limits_out_of_range_are_refused() {
        assertThatThrownBy(() -> limits(0, 1, 1, EventRate.UNLIMITED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventRate(0, 1, 1, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketIoConfig.defaults().withConnectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reading_pauses_when_what_waits_for_handlers_is_large_and_not_only_when_it_is_many() {
        var io = server(SocketLimits.DEFAULT.withMaxQueuedBytes(200_000));
        var client = ScriptedClient.connected(io, loop);
        client.host.holdHandlers();
        var large = "2[\"e\",\"" + "x".repeat(99_992) + "\"]";
        assertThat(large).hasSize(100_000 + 1);

        client.send(large);
        assertThat(client.link.isPaused()).isFalse();
        client.send(large);
        assertThat(client.link.isPaused()).as("200,002 bytes wait").isTrue();

        client.host.releaseHandlers();
        loop.settle();
        assertThat(client.link.isPaused()).isFalse();
        client.send("2[\"e\"]", "2[\"e\"]");
        assertThat(client.link.isPaused()).isFalse();
    }

    @Test
    void attachments_count_for_what_waits() {
        var io = server(SocketLimits.DEFAULT.withMaxQueuedBytes(100_000));
        var client = ScriptedClient.connected(io, loop);
        client.host.holdHandlers();

        client.send(
                "52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        client.sendBinary(new byte[50_000]);
        assertThat(client.link.isPaused()).isFalse();
        client.sendBinary(new byte[50_000]);

        assertThat(client.link.isPaused()).isTrue();
    }

    @Test
    void many_small_events_below_both_limits_do_not_pause() {
        var io = server(SocketLimits.DEFAULT.withMaxQueuedEvents(1_000).withMaxQueuedBytes(65_536));
        var client = ScriptedClient.connected(io, loop);
        client.host.holdHandlers();

        for (int i = 0; i < 960; i++) {
            client.send("2[\"e\"]");
        }
        assertThat(client.link.isPaused()).isFalse();
        for (int i = 0; i < 64; i++) {
            client.send("2[\"e\"]");
        }

        assertThat(client.link.isPaused()).isTrue();
    }
}
