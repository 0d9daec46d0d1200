// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

/// Volatile events, answers of many, middleware of events, listeners and namespaces on demand.
class OperatorsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();

    private ScriptedClient client() {
        if (sockets.isEmpty()) {
            io.onConnection(sockets::add);
        }
        return ScriptedClient.connected(io, loop);
    }

    @Test
    void volatile_events_are_dropped_for_who_does_not_take_them() {
        var slow = client();
        var quick = client();
        slow.link.setWritable(false);

        io.asVolatile().emit("position", 1);
        sockets.getFirst().asVolatile().emit("position", 2);
        io.emit("must");
        loop.settle();
        slow.link.setWritable(true);
        slow.drained();
        io.asVolatile().emit("position", 3);
        loop.settle();

        assertThat(slow.take()).containsExactly("2[\"must\"]", "2[\"position\",3]");
        assertThat(quick.take())
                .containsExactly("2[\"position\",1]", "2[\"must\"]", "2[\"position\",3]");
    }

    @Test
    void answers_of_all_and_the_number_of_those_that_are_missing() {
        var one = client();
        var two = client();
        var three = client();
        var answers = io.timeout(Duration.ofSeconds(2)).emitWithAck("q");
        loop.settle();
        one.send("30[\"a\",\"b\"]");
        two.hangUp();
        assertThat(answers).isNotDone();
        three.host.rearm();
        loop.advance(Duration.ofSeconds(2));

        assertThat(answers).isCompleted();
        assertThat(answers.join().answers()).hasSize(1);
        assertThat(answers.join().answers().getFirst().string(1)).isEqualTo("b");
        assertThat(answers.join().missingClients()).isEqualTo(2);
        assertThat(answers.join().isComplete()).isFalse();
        assertThat(io.to("nobody").emitWithAck("q").join().isComplete()).isTrue();
    }

    @Test
    void a_timeout_of_nothing_is_refused() {
        assertThatThrownBy(() -> io.timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_server_alone_fetches_its_own_sockets_and_talks_to_nobody() {
        client();
        client();

        assertThat(io.fetchSockets().join()).hasSize(2);
        io.serverSideEmit("x");
        assertThat(io.serverSideEmitWithAck("x").join().answers()).isEmpty();
        assertThat(io.adapter().serverCount().join()).isEqualTo(1);
        assertThatThrownBy(() -> io.serverSideEmit("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void middleware_of_events_may_drop_and_refuse() {
        var client = client();
        var heard = new ArrayList<String>();
        sockets.getFirst()
                .onAny(event -> heard.add("any " + event.name()))
                .use(event -> !event.name().equals("dropped"))
                .use(
                        event -> {
                            if (event.name().equals("refused")) {
                                throw new EventRefusedException("no", "because");
                            }
                            return true;
                        })
                .on("dropped", event -> heard.add("dropped"))
                .on("refused", event -> heard.add("refused"))
                .on("passed", event -> heard.add("passed"));

        client.send("20[\"dropped\"]", "21[\"refused\"]", "22[\"passed\"]");

        assertThat(heard).containsExactly("any dropped", "any refused", "any passed", "passed");
        assertThat(client.take()).containsExactly("31[{\"error\":\"no\"}]");
    }

    @Test
    void outgoing_events_are_heard_of_until_nobody_listens() {
        var client = client();
        var heard = new ArrayList<String>();
        SocketHandler<EventArguments> listener = event -> heard.add(event.name() + event.values());
        sockets.getFirst().onAnyOutgoing(listener).onAnyOutgoing(event -> heard.add("second"));

        io.emit("all", 1);
        sockets.getFirst().emit("one", 2);
        loop.settle();
        assertThat(heard).containsExactly("all[1]", "second", "one[2]", "second");

        sockets.getFirst().offAnyOutgoing(listener);
        io.emit("all");
        loop.settle();
        assertThat(heard).hasSize(5);
        sockets.getFirst().offAnyOutgoing();
        io.emit("all");
        loop.settle();
        assertThat(heard).hasSize(5);
        assertThat(client.take()).hasSize(4);
    }

    @Test
    void one_handler_is_forgotten_and_the_others_stay() {
        var client = client();
        var heard = new ArrayList<Integer>();
        SocketHandler<EventArguments> first = event -> heard.add(1);
        SocketHandler<EventArguments> any = event -> heard.add(0);
        sockets.getFirst().on("x", first).on("x", event -> heard.add(2)).onAny(any);

        client.send("2[\"x\"]");
        sockets.getFirst().off("x", first).offAny(any);
        client.send("2[\"x\"]");

        assertThat(heard).containsExactly(0, 1, 2, 2);
    }

    @Test
    void namespaces_are_made_when_a_client_asks() {
        var made = new ArrayList<String>();
        var rooms = io.of(Pattern.compile("^/room-[0-9]+$"));
        rooms.onConnection(sockets::add);
        io.onNewNamespace(namespace -> made.add(namespace.name()));
        var client = new ScriptedClient(io, loop);

        client.send("0/room-1,", "0/room-x,", "0/room-2,");

        assertThat(client.take()).hasSize(3).anyMatch(text -> text.startsWith("4/room-x,"));
        assertThat(made).containsExactly("/room-1", "/room-2");
        assertThat(rooms.children()).hasSize(2);
        rooms.emit("hi");
        assertThat(client.take())
                .containsExactlyInAnyOrder("2/room-1,[\"hi\"]", "2/room-2,[\"hi\"]");
        assertThat(sockets).hasSize(2);
    }

    @Test
    void a_rule_sees_the_handshake_and_a_failing_rule_means_no() {
        io.of(
                (name, handshake) -> {
                    if (name.equals("/broken")) {
                        throw new IllegalStateException("rule");
                    }
                    return "yes".equals(handshake.auth().get("please"));
                });
        var client = new ScriptedClient(io, loop);

        client.send("0/a,{\"please\":\"yes\"}", "0/b,", "0/broken,{\"please\":\"yes\"}");

        assertThat(client.take())
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).startsWith("0/a,"),
                        text -> assertThat(text).startsWith("4/b,"),
                        text -> assertThat(text).startsWith("4/broken,"));
        assertThat(io.namespaces()).containsOnlyKeys("/", "/a");
    }

    @Test
    void an_empty_child_ends_if_the_settings_say_so() {
        for (boolean cleanup : new boolean[] {true, false}) {
            var server =
                    new SocketIoServer(
                            SocketIoConfig.defaults().withCleanupEmptyChildNamespaces(cleanup));
            server.of("/kept");
            var parent = server.of((name, handshake) -> !name.equals("/no"));
            parent.use(
                    (socket, next) -> {
                        if (socket.namespace().name().equals("/refused")) {
                            next.refuse("no");
                        } else {
                            next.proceed();
                        }
                    });
            var client = new ScriptedClient(server, loop);
            client.send("0/a,", "0/kept,", "0/refused,", "0/b,");
            client.send("1/a,", "1/kept,");
            loop.settle();
            assertThat(server.namespaces().containsKey("/a")).isEqualTo(!cleanup);
            assertThat(server.namespaces().containsKey("/refused")).isEqualTo(!cleanup);
            assertThat(server.namespaces()).containsKeys("/", "/kept", "/b");

            client.hangUp();
            loop.settle();
            assertThat(server.namespaces().containsKey("/b")).isEqualTo(!cleanup);
            assertThat(parent.children()).hasSize(cleanup ? 0 : 3);
        }
    }
}
