// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.engine.VirtualLoop;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Chains of middleware that decide at once, later, twice or never.
class MiddlewareTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Middleware.Next> waiting = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();

    private ScriptedClient joining(SocketIoServer server) {
        var client = new ScriptedClient(server, loop);
        client.send("0");
        return client;
    }

    private void waitFor(Socket socket, Middleware.Next next) {
        waiting.add(next);
    }

    private static void proceed(Socket socket, Middleware.Next next) {
        next.proceed();
    }

    @Test
    void a_refusal_may_come_later_and_from_the_middle_of_the_chain() {
        var asked = new ArrayList<String>();
        io.use(MiddlewareTest::proceed).use(this::waitFor).use((_, _) -> asked.add("third"));
        var client = joining(io);
        assertThat(client.take()).isEmpty();

        waiting.getFirst().refuse("not today", List.of(1, 2));

        assertThat(client.take()).containsExactly("4{\"message\":\"not today\",\"data\":[1,2]}");
        assertThat(asked).isEmpty();
        assertThat(io.sockets()).isEmpty();
        assertThat(io.adapter().sids()).isEmpty();
    }

    @Test
    void a_refusal_after_the_connection_died_says_nothing_to_anyone() {
        io.use(this::waitFor);
        var client = joining(io);
        client.hangUp();

        waiting.getFirst().refuse("no");

        assertThat(client.take()).isEmpty();
        assertThat(io.adapter().sids()).isEmpty();
    }

    @Test
    void the_chain_goes_no_further_than_who_throws_though_it_had_decided() {
        io.onHandlerError((_, error) -> errors.add(error));
        io.use(this::waitFor)
                .use(
                        (_, next) -> {
                            next.proceed();
                            throw new IllegalStateException("after the fact");
                        });
        var client = joining(io);

        waiting.getFirst().proceed();

        assertThat(client.take()).hasSize(1).first().asString().startsWith("0{");
        assertThat(errors).hasSize(1);
        assertThat(io.sockets()).hasSize(1);
    }

    @Test
    void middleware_added_while_one_waits_is_not_asked_for_it() {
        var asked = new ArrayList<String>();
        io.use(this::waitFor);
        var client = joining(io);
        io.use(
                (_, next) -> {
                    asked.add("new");
                    next.proceed();
                });

        waiting.getFirst().proceed();
        assertThat(client.take()).hasSize(1);

        assertThat(asked).isEmpty();
        joining(io);
        waiting.get(1).proceed();
        assertThat(asked).containsExactly("new");
    }

    @Test
    void each_namespace_asks_its_own() {
        io.of("/closed").use((_, next) -> next.refuse("members only"));
        var client = joining(io);
        client.take();

        client.send("0/closed");

        assertThat(client.take()).containsExactly("4/closed,{\"message\":\"members only\"}");
        assertThat(io.sockets()).hasSize(1);
        assertThat(io.of("/closed").sockets()).isEmpty();
    }

    @Test
    void a_waiting_socket_is_reached_by_no_broadcast_though_it_is_in_the_room() {
        io.use(
                (socket, next) -> {
                    socket.join("room");
                    waiting.add(next);
                });
        var client = joining(io);

        io.emit("all");
        io.to("room").emit("room");
        io.to("room").disconnectSockets(true);
        assertThat(client.take()).isEmpty();
        waiting.getFirst().proceed();
        loop.settle();
        io.to("room").emit("hello");

        assertThat(client.take()).hasSize(2).last().isEqualTo("2[\"hello\"]");
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void what_middleware_notes_is_there_for_the_handlers() {
        var seen = new ArrayList<Object>();
        io.use(
                        (socket, next) -> {
                            socket.data().put("user", socket.handshake().auth().get("user"));
                            socket.on("who", event -> event.ack(socket.data().get("user")));
                            next.proceed();
                        })
                .onConnection(socket -> seen.add(socket.data().get("user")));
        var client = new ScriptedClient(io, loop);
        client.send("0{\"user\":\"Ann\"}");
        client.take();

        client.send("21[\"who\"]");

        assertThat(seen).containsExactly("Ann");
        assertThat(client.take()).containsExactly("31[\"Ann\"]");
    }

    @Test
    void a_refusal_without_data_has_a_message_only() {
        io.use((_, next) -> next.refuse("no", null));

        assertThat(joining(io).take()).containsExactly("4{\"message\":\"no\"}");
    }

    private enum Answer {
        PROCEED,
        REFUSE,
        PROCEED_TWICE,
        PROCEED_THEN_REFUSE,
        REFUSE_THEN_PROCEED,
        THROW
    }

    private static Middleware answering(Answer answer, int index, List<Integer> asked) {
        return (_, next) -> {
            asked.add(index);
            switch (answer) {
                case PROCEED -> next.proceed();
                case REFUSE -> next.refuse("no " + index);
                case PROCEED_TWICE -> {
                    next.proceed();
                    next.proceed();
                }
                case PROCEED_THEN_REFUSE -> {
                    next.proceed();
                    next.refuse("late");
                }
                case REFUSE_THEN_PROCEED -> {
                    next.refuse("no " + index);
                    next.proceed();
                }
                case THROW -> throw new IllegalStateException("boom");
            }
        };
    }

    @Test
    void of_any_chain_the_first_that_does_not_let_through_decides_and_nobody_is_asked_twice() {
        Property.forAll(
                random -> {
                    var server = new SocketIoServer().onHandlerError((_, _) -> {});
                    var asked = new ArrayList<Integer>();
                    var expectedAsked = new ArrayList<Integer>();
                    var refusal = "";
                    for (int i = 0, n = random.between(0, 6); i < n; i++) {
                        var answer = random.oneOf(List.of(Answer.values()));
                        server.use(answering(answer, i, asked));
                        if (!refusal.isEmpty()) {
                            continue;
                        }
                        expectedAsked.add(i);
                        switch (answer) {
                            case REFUSE, REFUSE_THEN_PROCEED -> refusal = "no " + i;
                            case THROW -> refusal = "Internal server error";
                            case PROCEED, PROCEED_TWICE, PROCEED_THEN_REFUSE -> {}
                        }
                    }

                    var client = joining(server);

                    assertThat(asked).isEqualTo(expectedAsked);
                    if (refusal.isEmpty()) {
                        assertThat(client.take()).hasSize(1).first().asString().startsWith("0{");
                    } else {
                        assertThat(client.take())
                                .containsExactly("4{\"message\":\"" + refusal + "\"}");
                        assertThat(server.adapter().sids()).isEmpty();
                    }
                    assertThat(server.sockets()).hasSize(refusal.isEmpty() ? 1 : 0);
                    assertThat(Map.copyOf(server.adapter().rooms()))
                            .hasSameSizeAs(server.sockets());
                });
    }
}
