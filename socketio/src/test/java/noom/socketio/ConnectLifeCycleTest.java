// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// Trap 12 of the protocol: joining a namespace.
class ConnectLifeCycleTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();

    @Test
    void nothing_is_joined_implicitly() {
        var connected = new ArrayList<Socket>();
        io.onConnection(connected::add);

        var client = new ScriptedClient(io, loop);

        assertThat(connected).isEmpty();
        assertThat(client.take()).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void the_answer_goes_out_before_any_event_of_the_connection_handler() {
        io.onConnection(socket -> socket.emit("hello", socket.id()));
        var client = new ScriptedClient(io, loop);

        client.send("0");

        var id = io.sockets().keySet().iterator().next();
        assertThat(client.take())
                .containsExactly("0{\"sid\":\"" + id + "\"}", "2[\"hello\",\"" + id + "\"]");
    }

    @Test
    void a_name_with_a_comma_is_refused_because_no_client_could_ask_for_it() {
        assertThatThrownBy(() -> io.of("/a,b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace with a comma: /a,b");
        assertThatThrownBy(() -> io.of(",")).isInstanceOf(IllegalArgumentException.class);
        assertThat(io.namespaces()).containsOnlyKeys("/");
    }

    @Test
    void a_name_is_taken_as_it_is() {
        assertThat(io.of("").name()).isEqualTo("/");
        assertThat(io.of("a b/c/?d=1").name()).isEqualTo("/a b/c/?d=1");
        var client = new ScriptedClient(io, loop);

        client.send("0/a b/c/?d=1,");

        assertThat(client.take()).first().asString().startsWith("0/a b/c/?d=1,{");
    }

    @Test
    void each_namespace_has_its_own_id_and_none_is_the_secret_one() {
        var ids = new ArrayList<String>();
        io.onConnection(socket -> ids.add(socket.id()));
        io.of("/custom").onConnection(socket -> ids.add(socket.id()));
        var client = new ScriptedClient(io, loop);

        client.send("0", "0/custom");

        assertThat(ids).hasSize(2).doesNotHaveDuplicates().doesNotContain("secret");
    }

    @Test
    void the_handshake_tells_what_the_client_said() {
        var handshake = new AtomicReference<Handshake>();
        io.onConnection(socket -> handshake.set(socket.handshake()));
        var client = new ScriptedClient(io, loop);

        client.send("0{\"token\":\"t\"}");

        assertThat(handshake.get().auth()).isEqualTo(Map.of("token", "t"));
        assertThat(handshake.get().query()).containsEntry("token", "q");
        assertThat(handshake.get().header("user-agent")).contains("script");
        assertThat(handshake.get().remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(handshake.get().url()).startsWith("/socket.io/");
    }

    @Test
    void who_joins_nothing_within_the_connect_timeout_is_closed() {
        var client = new ScriptedClient(io, loop);

        loop.advance(Duration.ofMillis(44_999));
        client.sendRaw("3");
        assertThat(client.isOpen()).isTrue();
        loop.advance(Duration.ofMillis(1));

        assertThat(client.isOpen()).isFalse();
        assertThat(client.link.isClosed()).isTrue();
    }

    @Test
    void who_has_joined_may_stay_and_even_leave_again() {
        var client = ScriptedClient.connected(io, loop);
        client.send("1");

        loop.advance(Duration.ofSeconds(25));
        client.sendRaw("3");
        loop.advance(Duration.ofSeconds(24));

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void an_unknown_namespace_is_refused_and_the_connection_stays() {
        var client = new ScriptedClient(io, loop);

        client.send("0/random", "0");

        assertThat(client.take()).first().isEqualTo("4/random,{\"message\":\"Invalid namespace\"}");
        assertThat(io.sockets()).hasSize(1);
        assertThat(io.namespaces()).containsOnlyKeys("/");
    }

    @Test
    void middleware_runs_in_order_and_may_wait() {
        var order = new ArrayList<String>();
        var waiting = new AtomicReference<Middleware.Next>();
        io.use(
                        (_, next) -> {
                            order.add("first");
                            waiting.set(next);
                        })
                .use(
                        (_, next) -> {
                            order.add("second");
                            next.proceed();
                        })
                .onConnection(_ -> order.add("in"));
        var client = new ScriptedClient(io, loop);
        client.send("0");
        assertThat(order).containsExactly("first");

        waiting.get().proceed();
        waiting.get().proceed();
        waiting.get().refuse("too late");
        loop.settle();

        assertThat(order).containsExactly("first", "second", "in");
        assertThat(client.take()).hasSize(1);
    }

    @Test
    void middleware_refuses_with_message_and_data_and_undoes_the_rooms() {
        io.use(
                (socket, next) -> {
                    socket.join("x");
                    socket.emit("never sent");
                    next.refuse("no", Map.of("code", 7));
                });
        var client = new ScriptedClient(io, loop);

        client.send("0");

        assertThat(client.take()).containsExactly("4{\"message\":\"no\",\"data\":{\"code\":7}}");
        assertThat(io.adapter().rooms()).isEmpty();
        assertThat(io.adapter().sids()).isEmpty();
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void a_refused_client_may_try_again() {
        var tries = new ArrayList<String>();
        io.use(
                (_, next) -> {
                    tries.add("x");
                    if (tries.size() == 1) {
                        next.refuse("once");
                    } else {
                        next.proceed();
                    }
                });
        var client = new ScriptedClient(io, loop);

        client.send("0");
        client.send("0");

        assertThat(io.sockets()).hasSize(1);
        assertThat(client.take()).first().isEqualTo("4{\"message\":\"once\"}");
    }

    @Test
    void middleware_that_throws_refuses_and_is_reported() {
        var errors = new ArrayList<Throwable>();
        io.onHandlerError((_, error) -> errors.add(error));
        io.use(
                (_, _) -> {
                    throw new IllegalStateException("boom");
                });
        var client = new ScriptedClient(io, loop);

        client.send("0");

        assertThat(client.take()).containsExactly("4{\"message\":\"Internal server error\"}");
        assertThat(errors).hasSize(1);
    }

    @Test
    void a_connection_that_dies_while_middleware_waits_fires_no_event_and_leaves_no_room() {
        var waiting = new AtomicReference<Middleware.Next>();
        var heard = new ArrayList<String>();
        io.use(
                        (socket, next) -> {
                            socket.join("x");
                            socket.onDisconnect(reason -> heard.add(reason.text()));
                            waiting.set(next);
                        })
                .onConnection(_ -> heard.add("in"));
        var client = new ScriptedClient(io, loop);
        client.send("0");

        client.hangUp();
        waiting.get().proceed();
        loop.settle();

        assertThat(heard).isEmpty();
        assertThat(io.adapter().rooms()).isEmpty();
        assertThat(io.adapter().sids()).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void a_packet_for_a_namespace_not_joined_closes_the_connection() {
        io.of("/custom");
        for (var packet : new String[] {"2/custom,[\"a\"]", "1/custom", "3/custom,1[]", "4{}"}) {
            var reasons = new ArrayList<String>();
            var one = new SocketIoServer();
            one.onConnection(socket -> socket.onDisconnect(reason -> reasons.add(reason.text())));
            var client = ScriptedClient.connected(one, loop);

            client.send(packet);

            assertThat(client.isOpen()).as(packet).isFalse();
            assertThat(reasons).containsExactly("forced server close");
        }
    }

    @Test
    void a_second_connect_closes_the_connection() {
        var client = ScriptedClient.connected(io, loop);

        client.send("0");

        assertThat(client.isOpen()).isFalse();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void an_event_before_the_middleware_has_decided_closes_the_connection() {
        io.use((_, _) -> {});
        var client = new ScriptedClient(io, loop);
        client.send("0");

        client.send("2[\"early\"]");

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void a_malformed_packet_closes_the_connection_and_nothing_after_it_counts() {
        var heard = new ArrayList<String>();
        io.onConnection(
                socket -> {
                    socket.onAny(event -> heard.add(event.name()));
                    socket.onDisconnect(reason -> heard.add(reason.text()));
                });
        var client = ScriptedClient.connected(io, loop);

        client.sendOnly("2[\"a\"]");
        client.sendOnly("2{}");
        client.sendOnly("2[\"b\"]");
        client.take();

        assertThat(heard).containsExactly("a", "forced close");
        assertThat(client.isOpen()).isFalse();
    }
}
