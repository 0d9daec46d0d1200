// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rooms and operators, and trap 15 as far as order and buffering go.
class BroadcastTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<ScriptedClient> clients = new ArrayList<>();

    @BeforeEach
    void four_clients() {
        io.onConnection(sockets::add);
        for (int i = 0; i < 4; i++) {
            clients.add(ScriptedClient.connected(io, loop));
        }
    }

    /// The numbers of those who heard something, once for each time.
    private String whoHeard() {
        var heard = new StringBuilder();
        for (int i = 0; i < clients.size(); i++) {
            heard.append(String.valueOf(i).repeat(clients.get(i).take().size()));
        }
        return heard.toString();
    }

    @Test
    void everyone_a_room_two_rooms_once_and_the_excepted() {
        sockets.get(0).join("a");
        sockets.get(1).join("a", "b");
        sockets.get(2).join("b");

        io.emit("x");
        assertThat(whoHeard()).isEqualTo("0123");
        io.to("a").emit("x");
        assertThat(whoHeard()).isEqualTo("01");
        io.in("a").to("b").emit("x");
        assertThat(whoHeard()).isEqualTo("012");
        io.to("a", "b").except("b").emit("x");
        assertThat(whoHeard()).isEqualTo("0");
        io.except("a").emit("x");
        assertThat(whoHeard()).isEqualTo("23");
        io.to("nobody").emit("x");
        assertThat(whoHeard()).isEmpty();
    }

    @Test
    void a_sender_is_left_out_only_by_its_own_operators() {
        var sender = sockets.getFirst();
        sender.join("a");
        sockets.get(1).join("a");

        sender.to("a").emit("x");
        assertThat(whoHeard()).isEqualTo("1");
        sender.broadcast().emit("x");
        assertThat(whoHeard()).isEqualTo("123");
        sender.except("a").emit("x");
        assertThat(whoHeard()).isEqualTo("23");
        sender.in("a").emit("x");
        assertThat(whoHeard()).isEqualTo("1");
        io.to("a").emit("x");
        assertThat(whoHeard()).isEqualTo("01");
        sender.emit("x");
        assertThat(whoHeard()).isEqualTo("0");
    }

    @Test
    void every_socket_has_a_room_of_its_own() {
        var target = sockets.get(2);

        sockets.get(0).to(target.id()).emit("secret");

        assertThat(whoHeard()).isEqualTo("2");
        assertThat(target.rooms()).containsExactly(target.id());
    }

    @Test
    void public_rooms_are_those_named_by_no_socket() {
        sockets.get(0).join("kitchen", "cellar");
        sockets.get(1).join("kitchen");
        sockets.get(0).leave("cellar");

        var counts =
                io.adapter().rooms().entrySet().stream()
                        .filter(room -> !io.adapter().sids().containsKey(room.getKey()))
                        .collect(
                                Collectors.toMap(
                                        java.util.Map.Entry::getKey,
                                        room -> room.getValue().size()));

        assertThat(counts).containsOnly(java.util.Map.entry("kitchen", 2));
    }

    @Test
    void a_broadcast_is_one_task_for_all_sockets_of_a_loop() {
        loop.settle();
        int before = loop.executedCount();

        io.emit("x");
        loop.settle();

        assertThat(loop.executedCount() - before).isEqualTo(1);
        assertThat(whoHeard()).isEqualTo("0123");
    }

    @Test
    void a_broadcast_is_encoded_once_and_so_is_its_frame() {
        io.emit("x", 1);
        loop.settle();

        var frames = new java.util.HashSet<Object>();
        for (var client : clients) {
            var message = (EnginePacket.TextMessage) client.link.packets().getLast();
            assertThat(message.text()).isEqualTo("2[\"x\",1]");
            frames.add(message.frame()); // by identity
        }

        assertThat(frames).hasSize(1);
    }

    @Test
    void unicast_broadcast_acks_and_attachments_keep_their_order() {
        sockets.getFirst().on("ask", event -> event.ack("acked"));
        var client = clients.getFirst();

        sockets.getFirst().emit("one");
        io.emit("two", new byte[] {2});
        client.sendOnly("27[\"ask\"]");
        sockets.getFirst().emit("three", new byte[] {3});

        assertThat(client.take())
                .containsExactly(
                        "2[\"one\"]",
                        "51-[\"two\",{\"_placeholder\":true,\"num\":0}]",
                        "0x02",
                        "51-[\"three\",{\"_placeholder\":true,\"num\":0}]",
                        "0x03",
                        "37[\"acked\"]");
    }

    @Test
    void a_client_that_takes_nothing_gets_everything_in_order_later() {
        var slow = clients.getFirst();
        slow.link.setWritable(false);
        io.emit("one", new byte[] {1});
        sockets.getFirst().emit("two");
        assertThat(slow.take()).isEmpty();
        assertThat(clients.get(1).take()).hasSize(2);

        slow.link.setWritable(true);
        slow.drained();

        assertThat(slow.take())
                .containsExactly(
                        "51-[\"one\",{\"_placeholder\":true,\"num\":0}]", "0x01", "2[\"two\"]");
    }

    @Test
    void the_selected_join_leave_and_go() {
        io.to(sockets.get(0).id(), sockets.get(1).id()).socketsJoin("a", "b");
        io.in("a").except(sockets.get(1).id()).socketsLeave("b");
        assertThat(io.adapter().rooms().get("b")).containsExactly(sockets.get(1).id());

        io.in("a").disconnectSockets(true);
        loop.settle();

        assertThat(io.sockets().values()).containsExactlyInAnyOrder(sockets.get(2), sockets.get(3));
        assertThat(clients.get(0).link.isClosed()).isTrue();
        io.of("/").disconnectSockets(false);
        loop.settle();
        assertThat(io.sockets()).isEmpty();
        assertThat(clients.get(2).isOpen()).isTrue();
    }

    @Test
    void namespaces_do_not_hear_each_other() {
        io.of("other").emit("x");
        io.of("/other").to("a").emit("x");

        assertThat(whoHeard()).isEmpty();
        assertThat(io.of("other")).isSameAs(io.of("/other"));
    }
}
