// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import noom.socketio.adapter.ClusterAdapter;
import noom.socketio.adapter.ClusterTimeoutException;
import noom.socketio.adapter.VirtualBus;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three servers on a bus in virtual time, two clients on each.
class ClusterTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final VirtualBus bus = new VirtualBus(loop);
    private final List<Server> servers = new ArrayList<>();

    private final class Server {
        final SocketIoServer io;
        final List<Socket> sockets = new ArrayList<>();
        final List<ScriptedClient> clients = new ArrayList<>();
        private @Nullable ClusterAdapter adapter;

        Server(String name) {
            io =
                    new SocketIoServer(
                            SocketIoConfig.defaults(),
                            (namespace, local) -> adapter = bus.join(name, namespace, local));
            adapter().start();
            io.onConnection(sockets::add);
            for (int i = 0; i < 2; i++) {
                clients.add(ScriptedClient.connected(io, loop));
            }
        }

        ClusterAdapter adapter() {
            return Objects.requireNonNull(adapter);
        }
    }

    @BeforeEach
    void three_servers() {
        for (var name : List.of("a", "b", "c")) {
            servers.add(new Server(name));
        }
        bus.settle();
        bus.takeLog();
    }

    private SocketIoServer io(int server) {
        return servers.get(server).io;
    }

    private Namespace main(int server) {
        return io(server).of("/");
    }

    private Socket socket(int server, int client) {
        return servers.get(server).sockets.get(client);
    }

    private ScriptedClient client(int server, int client) {
        return servers.get(server).clients.get(client);
    }

    /// The clients that heard something, as `server.client`, once for each time.
    private List<String> whoHeard() {
        bus.settle();
        var heard = new ArrayList<String>();
        for (int s = 0; s < servers.size(); s++) {
            for (int c = 0; c < servers.get(s).clients.size(); c++) {
                for (var _ : client(s, c).take()) {
                    heard.add(s + "." + c);
                }
            }
        }
        return heard;
    }

    private <T> T now(CompletableFuture<T> future) {
        bus.settle();
        assertThat(future).isCompleted();
        return future.join();
    }

    @Test
    void servers_find_each_other() {
        assertThat(now(io(0).adapter().serverCount())).isEqualTo(3);
        assertThat(now(io(2).adapter().serverCount())).isEqualTo(3);
    }

    @Test
    void a_server_that_ends_says_goodbye_and_is_counted_no_more() {
        io(0).close();

        bus.settle();
        assertThat(bus.takeLog()).contains("a:13");
        assertThat(now(io(1).adapter().serverCount())).isEqualTo(2);
    }

    @Test
    void a_server_that_drains_says_goodbye_when_its_clients_have_gone() {
        var closed = io(0).close(Duration.ofSeconds(5));

        bus.settle();
        assertThat(closed).isCompleted();
        assertThat(bus.takeLog()).contains("a:13");
        assertThat(now(io(1).adapter().serverCount())).isEqualTo(2);
    }

    @Test
    void a_broadcast_reaches_every_server_once() {
        io(0).emit("x", 1, new byte[] {7});

        bus.settle();
        assertThat(client(2, 1).take())
                .containsExactly("51-[\"x\",1,{\"_placeholder\":true,\"num\":0}]", "0x07");
        assertThat(whoHeard()).hasSize(10);
        assertThat(bus.takeLog()).containsExactly("a:3");
    }

    @Test
    void rooms_and_exceptions_hold_everywhere() {
        socket(0, 0).join("kitchen");
        socket(1, 0).join("kitchen");
        socket(1, 1).join("kitchen", "quiet");

        io(2).to("kitchen").except("quiet").emit("x");
        assertThat(whoHeard()).containsExactly("0.0", "1.0");
        socket(0, 0).to("kitchen").emit("x");
        assertThat(whoHeard()).containsExactly("1.0", "1.1");
        io(2).to(socket(1, 1).id()).emit("x");
        assertThat(whoHeard()).containsExactly("1.1");
    }

    @Test
    void local_stays_here_and_says_nothing() {
        main(1).all().local().emit("x");

        assertThat(whoHeard()).containsExactly("1.0", "1.1");
        assertThat(bus.takeLog()).isEmpty();
    }

    @Test
    void every_server_hears_broadcasts_in_the_order_of_the_bus() {
        for (int i = 0; i < 10; i++) {
            io(i % 3).emit("x", i);
        }
        bus.settle();

        var first = client(0, 0).take();
        assertThat(first).hasSize(10);
        assertThat(client(1, 0).take()).containsExactlyInAnyOrderElementsOf(first);
        assertThat(client(2, 0).take()).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void a_broadcast_is_refused_where_it_is_made() {
        assertThatThrownBy(() -> io(0).emit("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(whoHeard()).isEmpty();
    }

    @Test
    void without_the_bus_a_server_serves_its_own() {
        bus.setAway(true);
        io(0).emit("x");
        assertThat(whoHeard()).containsExactly("0.0", "0.1");

        bus.setAway(false);
        io(0).emit("x");
        assertThat(whoHeard()).hasSize(6);
    }

    @Test
    void sockets_join_and_leave_and_go_on_every_server() {
        socket(1, 1).join("old");

        main(0).to("old").socketsJoin("new", "newer");
        bus.settle();
        assertThat(socket(1, 1).rooms()).contains("new", "newer");
        main(2).to("old").socketsLeave("new", "old");
        bus.settle();
        assertThat(socket(1, 1).rooms()).containsExactly(socket(1, 1).id(), "newer");

        main(0).disconnectSockets(false);
        bus.settle();
        assertThat(client(2, 0).take()).containsExactly("1");
        assertThat(io(2).sockets()).isEmpty();
    }

    @Test
    void answers_of_all_clients_come_together() {
        var answers = main(0).all().timeout(Duration.ofSeconds(3)).emitWithAck("q");
        bus.settle();
        for (int s = 0; s < 3; s++) {
            for (int c = 0; c < 2; c++) {
                var asked = client(s, c).take().getFirst();
                var id = asked.substring(1, asked.indexOf('['));
                client(s, c).send("3" + id + "[\"" + s + c + "\",\"more\"]");
            }
        }

        var all = now(answers);
        assertThat(all.isComplete()).isTrue();
        assertThat(all.answers().stream().map(answer -> answer.string(0)))
                .containsExactlyInAnyOrder("00", "01", "10", "11", "20", "21");
    }

    @Test
    void who_does_not_answer_is_counted() {
        var answers = main(0).to(socket(0, 0).id(), socket(2, 0).id()).emitWithAck("q");
        bus.settle();
        client(0, 0).send("30[true]");
        loop.advance(Duration.ofSeconds(5));

        var all = now(answers);
        assertThat(all.answers()).hasSize(1);
        assertThat(all.missingClients()).isEqualTo(1);
        assertThat(all.missingServers()).isZero();
    }

    @Test
    void the_clients_of_a_dead_server_are_given_up() {
        var answers = main(0).all().timeout(Duration.ofSeconds(30)).emitWithAck("q");
        bus.settle();
        bus.kill("c", "/");
        for (int s = 0; s < 2; s++) {
            client(s, 0).send("30[1]");
            client(s, 1).send("30[1]");
        }
        bus.settle();
        assertThat(answers).isNotDone();

        loop.advance(Duration.ofSeconds(10));
        assertThat(now(answers).answers()).hasSize(4);
        assertThat(now(answers).missingClients()).isEqualTo(2);
    }

    @Test
    void sockets_of_all_servers_are_fetched() {
        socket(2, 1).data().put("name", "Kim");
        socket(2, 1).join("kitchen");

        var all = now(io(0).of("/").all().fetchSockets());
        assertThat(all).hasSize(6);
        var kitchen = now(main(0).to("kitchen").fetchSockets());
        assertThat(kitchen).hasSize(1);
        var remote = kitchen.getFirst();
        assertThat(remote.id()).isEqualTo(socket(2, 1).id());
        assertThat(remote.rooms()).containsExactly(remote.id(), "kitchen");
        assertThat(remote.data()).isEqualTo(Map.of("name", "Kim"));
        assertThat(remote.handshake().query()).containsEntry("token", "q");
        assertThat(remote.handshake().header("user-agent")).contains("script");
    }

    @Test
    void a_remote_socket_is_moved_written_to_asked_and_disconnected() {
        var remote = now(main(0).to(socket(1, 0).id()).fetchSockets()).getFirst();

        remote.join("x", "y");
        remote.leave("y");
        remote.emit("hello", 1);
        bus.settle();
        assertThat(socket(1, 0).rooms()).isEqualTo(Set.of(remote.id(), "x"));
        assertThat(client(1, 0).take()).containsExactly("2[\"hello\",1]");

        var answer = remote.emitWithAck(Duration.ofSeconds(1), "q");
        bus.settle();
        client(1, 0).send("30[\"yes\"]");
        assertThat(now(answer).string(0)).isEqualTo("yes");

        remote.disconnect(true);
        bus.settle();
        assertThat(client(1, 0).link.isClosed()).isTrue();

        var nobody = remote.emitWithAck(Duration.ofSeconds(1), "q");
        bus.settle();
        assertThat(nobody).isCompletedExceptionally();
    }

    @Test
    void a_silent_server_makes_a_fetch_fail_by_its_name_and_then_counts_no_more() {
        bus.kill("b", "/");

        var fetched = main(0).all().timeout(Duration.ofSeconds(2)).fetchSockets();
        loop.advance(Duration.ofSeconds(2));
        assertThatThrownBy(fetched::join)
                .cause()
                .isInstanceOfSatisfying(
                        ClusterTimeoutException.class,
                        failure -> assertThat(failure.missingServers()).isEqualTo(1));

        loop.advance(Duration.ofSeconds(10));
        assertThat(now(io(0).adapter().serverCount())).isEqualTo(2);
        assertThat(now(main(0).all().fetchSockets())).hasSize(4);
    }

    @Test
    void servers_that_say_nothing_else_send_heartbeats() {
        loop.advance(Duration.ofSeconds(60));

        assertThat(now(io(0).adapter().serverCount())).isEqualTo(3);
        assertThat(bus.takeLog()).hasSize(3 * 12).containsOnly("a:2", "b:2", "c:2");
    }

    @Test
    void a_server_that_says_goodbye_is_forgotten_at_once() {
        var fetched = main(0).all().fetchSockets();
        io(2).adapter().close();
        bus.settle();

        assertThat(now(fetched)).hasSizeBetween(4, 6);
        assertThat(now(io(0).adapter().serverCount())).isEqualTo(2);
        io(0).emit("x");
        assertThat(whoHeard()).containsExactly("0.0", "0.1", "1.0", "1.1");
    }

    @Test
    void servers_talk_to_each_other() {
        var heard = new ArrayList<String>();
        for (int s = 0; s < 3; s++) {
            int number = s;
            main(s).onServerSideEvent(
                            "q",
                            event -> {
                                heard.add(number + event.string(0));
                                event.answer(number);
                                event.answer("again");
                            });
        }

        main(1).serverSideEmit("q", "!");
        bus.settle();
        assertThat(heard).containsExactly("0!", "2!");

        var answers = now(main(1).serverSideEmitWithAck("q", "?"));
        assertThat(answers.answers()).containsExactlyInAnyOrder(0, 2);
        assertThat(answers.missingServers()).isZero();
    }

    @Test
    void a_server_without_a_handler_is_missing() {
        main(1).onServerSideEvent("q", event -> event.answer("yes"));

        var answers = main(0).serverSideEmitWithAck("q");
        loop.advance(Duration.ofSeconds(5));

        assertThat(now(answers).answers()).containsExactly("yes");
        assertThat(now(answers).missingServers()).isEqualTo(1);
    }

    @Test
    void a_bus_that_counts_is_believed() {
        bus.setCounted(4);
        var fetched = main(0).all().timeout(Duration.ofSeconds(1)).fetchSockets();
        loop.advance(Duration.ofSeconds(1));
        assertThat(fetched).isCompletedExceptionally();

        bus.setCounted(3);
        assertThat(now(main(0).all().fetchSockets())).hasSize(6);
        assertThat(now(io(0).adapter().serverCount())).isEqualTo(3);
    }

    @Test
    void an_emitter_is_no_server() {
        bus.inject(
                "emitter",
                "/",
                3,
                Map.of(
                        "packet", Map.of("type", 2, "data", List.of("x", 1)),
                        "opts", Map.of("rooms", List.of(), "except", List.of())));
        bus.settle();

        assertThat(client(1, 1).take()).containsExactly("2[\"x\",1]");
        assertThat(now(io(0).adapter().serverCount())).isEqualTo(3);
    }

    @Test
    void other_namespaces_do_not_hear_it() {
        main(0).emit("x");
        io(1).of("/other").emit("x");

        assertThat(whoHeard()).hasSize(6);
    }

    @Test
    void a_server_alone_waits_for_nobody() {
        bus.kill("b", "/");
        bus.kill("c", "/");
        loop.advance(Duration.ofSeconds(11));
        bus.takeLog();

        assertThat(now(main(0).all().fetchSockets())).hasSize(2);
        assertThat(now(main(0).serverSideEmitWithAck("q")).answers()).isEmpty();
        assertThat(bus.takeLog()).isEmpty();
    }
}
