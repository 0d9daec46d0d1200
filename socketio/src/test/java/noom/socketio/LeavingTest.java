// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Trap 13 of the protocol: the ways to go, and what is heard of them.
class LeavingTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<String> heard = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void listen() {
        io.onConnection(this::follow);
        io.of("/custom").onConnection(this::follow);
    }

    private void follow(Socket socket) {
        sockets.add(socket);
        socket.join("room");
        socket.onDisconnecting(
                reason ->
                        heard.add(
                                "going: "
                                        + reason.text()
                                        + ", rooms "
                                        + socket.rooms().size()
                                        + ", connected "
                                        + socket.isConnected()));
        socket.onDisconnect(
                reason ->
                        heard.add(
                                "gone: "
                                        + reason.text()
                                        + ", rooms "
                                        + socket.rooms().size()
                                        + ", connected "
                                        + socket.isConnected()));
    }

    private static String[] story(String reason) {
        return new String[] {
            "going: " + reason + ", rooms 2, connected true",
            "gone: " + reason + ", rooms 0, connected false"
        };
    }

    @Test
    void a_client_that_leaves_is_heard_while_in_its_rooms_and_after_and_its_connection_lives_on() {
        var client = ScriptedClient.connected(io, loop);

        client.send("1");

        assertThat(heard).containsExactly(story("client namespace disconnect"));
        assertThat(client.isOpen()).isTrue();
        loop.advance(Duration.ofSeconds(25));
        assertThat(client.take()).containsExactly("engine 2");
        assertThat(io.adapter().rooms()).isEmpty();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void a_client_may_come_back_on_the_same_connection() {
        var client = ScriptedClient.connected(io, loop);

        client.send("1");
        client.send("0");

        assertThat(client.take()).hasSize(1).first().asString().startsWith("0{");
    }

    @Test
    void the_server_makes_a_socket_leave_and_the_connection_lives_on() {
        var client = ScriptedClient.connected(io, loop);
        client.send("0/custom");
        client.take();

        sockets.getFirst().disconnect(false);

        assertThat(client.take()).containsExactly("1");
        assertThat(heard).containsExactly(story("server namespace disconnect"));
        assertThat(client.isOpen()).isTrue();
        assertThat(sockets.get(1).isConnected()).isTrue();
    }

    @Test
    void what_crosses_a_disconnect_on_the_way_does_no_harm() {
        var client = ScriptedClient.connected(io, loop);
        sockets.getFirst().disconnect(false);
        loop.settle();

        client.send("2[\"late\"]", "31[]", "1");

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void the_server_closes_the_connection_after_telling_every_namespace() {
        var client = ScriptedClient.connected(io, loop);
        client.send("0/custom");
        client.take();

        sockets.getFirst().disconnect(true);

        assertThat(client.take()).containsExactlyInAnyOrder("1", "1/custom,");
        assertThat(client.link.isClosed()).isTrue();
        assertThat(heard)
                .filteredOn(line -> line.startsWith("gone: server namespace disconnect"))
                .hasSize(2);
    }

    @Test
    void a_lost_connection_takes_every_namespace_with_it() {
        var client = ScriptedClient.connected(io, loop);
        client.send("0/custom");

        client.hangUp();

        assertThat(heard).filteredOn(line -> line.startsWith("gone: transport close")).hasSize(2);
    }

    @Test
    void a_client_that_says_close_is_gone() {
        ScriptedClient.connected(io, loop).sendRaw("1");

        assertThat(heard).containsExactly(story("transport close"));
    }

    @Test
    void a_silent_client_is_gone() {
        ScriptedClient.connected(io, loop);

        loop.advance(Duration.ofSeconds(45));

        assertThat(heard).containsExactly(story("ping timeout"));
    }

    @Test
    void a_client_that_sends_no_packet_at_all_is_gone() {
        ScriptedClient.connected(io, loop).sendRaw("?");

        assertThat(heard).containsExactly(story("parse error"));
    }

    @Test
    void a_client_that_pings_is_gone() {
        ScriptedClient.connected(io, loop).sendRaw("2");

        assertThat(heard).containsExactly(story("transport error"));
    }

    @Test
    void a_server_that_shuts_down_says_so_and_takes_nobody_new() {
        var client = ScriptedClient.connected(io, loop);

        io.close();
        loop.settle();

        assertThat(heard).containsExactly(story("server shutting down"));
        assertThat(client.link.isClosed()).isTrue();
        assertThat(new ScriptedClient(io, loop).link.isClosed()).isTrue();
    }

    @Test
    void a_goodbye_reaches_the_room_from_the_disconnecting_handler() {
        var leaving = ScriptedClient.connected(io, loop);
        var staying = ScriptedClient.connected(io, loop);
        sockets.getFirst()
                .onDisconnecting(
                        _ ->
                                sockets.getFirst()
                                        .to("room")
                                        .emit("bye", io.adapter().rooms().get("room").size() - 1));

        leaving.hangUp();

        assertThat(staying.take()).containsExactly("2[\"bye\",1]");
    }

    @Test
    void nothing_is_sent_to_who_has_gone() {
        var client = ScriptedClient.connected(io, loop);
        client.send("1");
        client.take();

        sockets.getFirst().emit("late");
        sockets.getFirst().join("ghost");
        sockets.getFirst().disconnect(false);

        assertThat(client.take()).isEmpty();
        assertThat(io.adapter().rooms()).isEmpty();
    }

    @Test
    void the_reasons_are_the_official_words() {
        assertThat(DisconnectReason.values())
                .extracting(DisconnectReason::text)
                .containsExactly(
                        "client namespace disconnect",
                        "server namespace disconnect",
                        "transport close",
                        "transport error",
                        "ping timeout",
                        "parse error",
                        "forced close",
                        "forced server close",
                        "server shutting down");
    }
}
