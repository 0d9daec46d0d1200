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
        return new SocketLimits(rooms, namespaces, acks, Duration.ofSeconds(10), 1_024, rate);
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
        var rate = new EventRate(10, 3, 3, Duration.ofSeconds(60));
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
        var limits = new SocketLimits(9, 9, 9, Duration.ofSeconds(10), 128, EventRate.UNLIMITED);
        var io = server(limits);
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
    void limits_out_of_range_are_refused() {
        assertThatThrownBy(() -> limits(0, 1, 1, EventRate.UNLIMITED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventRate(0, 1, 1, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketIoConfig.defaults().withConnectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
