// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// What handlers may do wrong, and what happens to everyone else then.
class HandlersTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<String> errors = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private Socket socket() {
        return io.sockets().values().iterator().next();
    }

    private ScriptedClient client(SocketHandler<Socket> handler) {
        io.onHandlerError((_, error) -> errors.add(String.valueOf(error.getMessage())));
        io.onConnection(handler);
        return ScriptedClient.connected(io, loop);
    }

    private static <T> SocketHandler<T> failing(String message) {
        return _ -> {
            throw new IllegalStateException(message);
        };
    }

    @Test
    void a_connection_handler_that_throws_keeps_no_other_from_being_called() {
        io.onConnection(failing("first"));

        var client = client(_ -> heard.add("second"));

        assertThat(heard).containsExactly("second");
        assertThat(errors).containsExactly("first");
        assertThat(client.isOpen()).isFalse();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void a_disconnecting_handler_that_throws_keeps_the_socket_in_no_room() {
        var client =
                client(
                        socket ->
                                socket.onDisconnecting(failing("going"))
                                        .onDisconnect(reason -> heard.add(reason.text())));

        client.hangUp();

        assertThat(errors).containsExactly("going");
        assertThat(heard).containsExactly("transport close");
        assertThat(io.adapter().sids()).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void an_error_handler_that_throws_keeps_the_socket_in_no_room_either() {
        io.onHandlerError(
                (_, _) -> {
                    throw new IllegalStateException("even this");
                });
        var client =
                client(
                        socket ->
                                socket.onDisconnecting(failing("going"))
                                        .onDisconnect(reason -> heard.add(reason.text())));

        client.hangUp();

        assertThat(errors).as("the next error handler").containsExactly("going");
        assertThat(heard).containsExactly("transport close");
        assertThat(io.adapter().sids()).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void an_error_ends_the_connection_with_all_its_namespaces() {
        io.of("/other")
                .onConnection(s -> s.onDisconnect(reason -> heard.add("other " + reason.text())));
        var client =
                client(
                        socket ->
                                socket.on("a", failing("boom"))
                                        .onDisconnect(r -> heard.add("main " + r.text())));
        client.send("0/other");

        client.send("2[\"a\"]");

        assertThat(heard)
                .containsExactlyInAnyOrder("main forced server close", "other forced server close");
    }

    @Test
    void events_already_read_are_still_handled_after_one_that_failed() {
        var client =
                client(
                        socket ->
                                socket.on("bad", failing("boom"))
                                        .on("good", event -> heard.add(event.string(0))));

        client.sendOnly("2[\"good\",\"before\"]");
        client.sendOnly("2[\"bad\"]");
        client.sendOnly("2[\"good\",\"after\"]");
        client.take();

        assertThat(heard).containsExactly("before", "after");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void a_refusal_stops_the_handlers_behind_it() {
        var client =
                client(
                        socket ->
                                socket.onAny(
                                                event -> {
                                                    if (event.size() > 1) {
                                                        throw new EventRefusedException("big", "");
                                                    }
                                                })
                                        .on("a", event -> heard.add(event.string(0))));

        client.send("21[\"a\",\"x\",\"y\"]", "22[\"a\",\"z\"]");

        assertThat(heard).containsExactly("z");
        assertThat(client.take()).containsExactly("31[{\"error\":\"big\"}]");
    }

    @Test
    void an_ack_that_has_no_json_is_no_answer_and_another_may_follow() {
        var client =
                client(
                        socket ->
                                socket.on(
                                        "a",
                                        event -> {
                                            assertThatThrownBy(() -> event.ack(new Object()))
                                                    .isInstanceOf(IllegalArgumentException.class);
                                            event.ack("second try");
                                            event.ack("third");
                                        }));

        client.send("21[\"a\"]");

        assertThat(client.take()).containsExactly("31[\"second try\"]");
        assertThat(errors).isEmpty();
    }

    @Test
    void handlers_may_be_added_and_forgotten_by_a_handler() {
        var client =
                client(
                        socket ->
                                socket.on(
                                        "learn",
                                        _ -> {
                                            socket.off("learn");
                                            socket.on("learnt", _ -> heard.add("learnt"));
                                        }));

        client.send("2[\"learnt\"]", "2[\"learn\"]", "2[\"learn\"]", "2[\"learnt\"]");

        assertThat(heard).containsExactly("learnt");
    }

    @Test
    void an_argument_of_a_wrong_type_names_its_place_but_not_its_value() {
        var event = new EventArguments(List.of("e", "secret", 1.5), null);

        for (int i = 0; i < 3; i++) {
            int index = i;
            assertThatThrownBy(() -> event.integer(index))
                    .isInstanceOf(EventRefusedException.class)
                    .hasMessage("argument " + i + " is no Integer")
                    .extracting(e -> ((EventRefusedException) e).code())
                    .isEqualTo("bad-argument");
        }
        assertThat(event.get(2)).isNull();
        assertThat(event.number(1)).isEqualTo(1.5);
        assertThat(event.name()).isEqualTo("e");
        assertThatThrownBy(() -> event.values().add("x"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void rooms_named_twice_are_joined_once_and_in_their_order() {
        client(_ -> {});

        socket().join("b", "a", "b", "c");

        assertThat(socket().rooms()).containsExactly(socket().id(), "b", "a", "c");
        io.of("/").all().socketsJoin("d", "a", "d");
        assertThat(socket().rooms()).containsExactly(socket().id(), "b", "a", "c", "d");
    }

    @Test
    void its_own_room_costs_a_socket_nothing_even_before_it_is_in() {
        var limits = SocketLimits.DEFAULT;
        var one =
                limits.withMaxRooms(1)
                        .withMaxNamespaces(1)
                        .withMaxPendingAcks(1)
                        .withMaxQueuedEvents(64);
        var small = new SocketIoServer(SocketIoConfig.defaults().with(one));
        small.use(
                (socket, next) -> {
                    socket.join(socket.id(), "room");
                    next.proceed();
                });

        ScriptedClient.connected(small, loop);

        assertThat(small.sockets()).hasSize(1);
        assertThat(small.adapter().rooms()).containsKey("room");
    }

    @Test
    void a_time_longer_than_any_life_is_no_limit_for_an_answer() {
        var client = client(_ -> {});
        var forever = socket().emitWithAck(Duration.ofSeconds(Long.MAX_VALUE), "q");
        var distant = socket().emitWithAck(Duration.ofDays(100_000), "q");
        var none = socket().emitWithAck(Duration.ZERO, "q");
        loop.advance(Duration.ofSeconds(1));

        assertThat(forever).isNotDone();
        assertThat(distant).isNotDone();
        assertThat(none).isCompletedExceptionally();
        client.send("30[1]", "31[2]");
        assertThat(forever.join().integer(0)).isEqualTo(1);
        assertThat(distant.join().integer(0)).isEqualTo(2);
    }

    @Test
    void all_handlers_of_an_event_get_the_same_objects() {
        var seen = new ArrayList<Object>();
        var client =
                client(
                        socket ->
                                socket.on("dish", event -> seen.add(event.object(0)))
                                        .on("dish", event -> seen.add(event.object(0))));

        client.send("2[\"dish\",{\"name\":\"soup\"}]");

        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).isSameAs(seen.getLast());
    }

    @Test
    void leaving_a_room_that_one_is_not_in_does_nothing() {
        client(socket -> socket.join("kitchen"));

        socket().leave("cellar");

        assertThat(socket().rooms()).containsExactly(socket().id(), "kitchen");
        assertThat(errors).isEmpty();
    }
}
