// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import noom.socketio.ScriptedClient;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.VirtualLoop;
import noom.socketio.msgpack.MessagePackParser;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.Parser;
import org.junit.jupiter.api.Test;

/// What a page is told in development mode.
class AdminUiTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();

    private AdminUi attach() {
        io.onConnection(sockets::add);
        return AdminUi.attach(io, AdminSettings.openToEverybody(), new VirtualAdminHost(loop));
    }

    private AdminPage page() {
        var page = new AdminPage(io, loop, "");
        page.take();
        return page;
    }

    private ScriptedClient client() {
        return ScriptedClient.connected(io, loop);
    }

    private String id() {
        return sockets.getLast().id();
    }

    @Test
    void a_page_hears_what_it_may_do_and_who_is_there() {
        attach();
        client();
        sockets.getFirst().join("tea");
        sockets.getFirst().data().put("name", "Ada");

        var page = new AdminPage(io, loop, "").take();

        assertThat(page.stream().<Object>map(List::getFirst))
                .containsExactly("socket_connected", "config", "all_sockets");
        assertThat(page.get(1))
                .containsExactly(
                        "config",
                        Map.of(
                                "supportedFeatures",
                                List.of(
                                        "EMIT",
                                        "JOIN",
                                        "LEAVE",
                                        "DISCONNECT",
                                        "MJOIN",
                                        "MLEAVE",
                                        "MDISCONNECT",
                                        "AGGREGATED_EVENTS",
                                        "ALL_EVENTS")));
        var ada =
                AdminPage.array(page.getLast().get(1)).stream()
                        .map(AdminPage::object)
                        .filter(socket -> id().equals(socket.get("id")))
                        .findFirst()
                        .orElseThrow();
        assertThat(ada)
                .containsEntry("nsp", "/")
                .containsEntry("transport", "websocket")
                .containsEntry("clientId", sockets.getFirst().connectionId())
                .containsEntry("rooms", List.of(id(), "tea"))
                .containsEntry("data", Map.of("name", "Ada"));
    }

    @Test
    void a_handshake_is_shown_without_its_secrets() {
        attach();
        client();

        var socket = new SocketIoServerView(io).only();

        assertThat(socket)
                .containsEntry("address", "192.0.2.1")
                .containsEntry("url", "/socket.io/?EIO=4&token=q")
                .containsEntry("secure", true)
                .containsEntry("xdomain", false)
                .containsEntry("issued", loop.epochMillis())
                .containsEntry("time", "2001-01-01T00:00:00.000Z")
                .containsEntry("query", Map.of("EIO", "4", "token", "q"))
                .doesNotContainKey("auth");
        assertThat(AdminPage.object(socket.get("headers")))
                .containsEntry("user-agent", "script")
                .containsEntry("cookie", "(not shown)");
    }

    private record SocketIoServerView(SocketIoServer io) {
        Map<String, Object> only() {
            var socket = io.sockets().values().iterator().next();
            return AdminPage.object(SocketView.of(socket).get("handshake"));
        }
    }

    @Test
    void comings_rooms_and_goings_are_told_in_order() {
        attach();
        var page = page();

        var client = client();
        sockets.getFirst().join("tea", "milk");
        sockets.getFirst().leave("tea");
        client.hangUp();

        var id = id();
        var heard = page.take();
        assertThat(heard.stream().map(event -> event.subList(0, event.size() - 1)))
                .contains(
                        List.of("room_joined", "/", "tea", id),
                        List.of("room_joined", "/", "milk", id),
                        List.of("room_left", "/", "tea", id),
                        List.of("room_left", "/", "milk", id),
                        List.of("socket_disconnected", "/", id, "transport close"));
        assertThat(heard.stream().<Object>map(List::getFirst))
                .containsExactly(
                        "room_joined",
                        "socket_connected",
                        "room_joined",
                        "room_joined",
                        "room_left",
                        "room_left",
                        "room_left",
                        "socket_disconnected");
        assertThat(heard.getFirst().getLast()).isEqualTo("2001-01-01T00:00:00.000Z");
    }

    @Test
    void a_socket_is_told_before_the_application_does_anything_with_it() {
        io.onConnection(socket -> socket.join("tea"));
        attach();
        var page = page();

        client();

        assertThat(page.takeNames())
                .containsExactly("room_joined", "socket_connected", "room_joined");
    }

    @Test
    void a_middleware_that_refuses_leaves_no_socket_on_the_page() {
        io.use((_, next) -> next.refuse("no"));
        attach();
        var page = page();

        client();

        assertThat(page.takeNames()).doesNotContain("socket_connected", "room_joined");
    }

    @Test
    void events_of_both_directions_are_told() {
        attach();
        var page = page();
        var client = client();
        page.take();

        client.send("2[\"ask\",{\"a\":1},null]");
        assertThat(page.takeOne("event_received").subList(0, 2)).containsExactly("/", id());
        client.send("20[\"ask\",1]");
        assertThat(page.takeOne("event_received").get(2)).isEqualTo(List.of("ask", 1));
        io.emit("news", 2);
        sockets.getFirst().emit("you", "x");
        loop.settle();

        var sent = page.take();
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().subList(0, 4))
                .containsExactly("event_sent", "/", id(), List.of("news", 2));
        assertThat(sent.getLast().get(3)).isEqualTo(List.of("you", "x"));
    }

    @Test
    void binary_data_is_told_by_its_size() {
        attach();
        var page = page();
        var client = client();
        page.take();

        client.send("51-[\"file\",{\"_placeholder\":true,\"num\":0}]");
        client.sendBinary((byte) 1, (byte) 2, (byte) 3);

        assertThat(page.takeOne("event_received").get(2))
                .isEqualTo(List.of("file", "<binary, 3 bytes>"));
    }

    @Test
    void pages_do_not_hear_of_what_pages_are_told() {
        attach();
        var page = page();

        var other = page();
        other.send("\"join\",\"/admin\",\"ops\"");

        assertThat(page.takeNames())
                .containsExactly("room_joined", "socket_connected", "room_joined", "room_joined");
        loop.settle();
        assertThat(page.take()).isEmpty();
    }

    @Test
    void a_page_that_does_not_read_misses_events_but_not_who_is_there() {
        attach();
        var page = page();
        var client = client();
        page.take();
        page.client.link.setWritable(false);

        client.send("2[\"lost\"]");
        sockets.getFirst().join("tea");
        loop.settle();
        page.client.link.setWritable(true);
        page.client.drained();

        assertThat(page.takeNames()).containsExactly("room_joined");
    }

    @Test
    void the_transport_is_told_and_its_change() {
        attach();
        var page = page();
        var client = ScriptedClient.polling(io, loop);
        client.post("0");
        var socket = AdminPage.object(page.takeOne("socket_connected").getFirst());
        assertThat(socket).containsEntry("transport", "polling");

        client.upgrade();

        assertThat(page.takeOne("socket_updated").getFirst())
                .isEqualTo(Map.of("id", id(), "nsp", "/", "transport", "websocket"));
        assertThat(io.fetchSockets().join().getFirst().data().toString()).contains("websocket");
    }

    @Test
    void namespaces_that_come_later_are_watched() {
        attach();
        var page = page();
        io.of("/late");

        new ScriptedClient(io, loop).send("0/late,");

        assertThat(AdminPage.object(page.takeOne("socket_connected").getFirst()))
                .containsEntry("nsp", "/late");
    }

    @Test
    void sockets_of_one_client_have_one_client_id_that_is_not_its_secret() {
        attach();
        io.of("/other").onConnection(sockets::add);
        client().send("0/other,");
        client();

        var ids = sockets.stream().map(Socket::connectionId).toList();

        assertThat(ids).hasSize(3).allMatch(id -> id.matches("[A-Za-z0-9_-]{12}"));
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo("secret");
    }

    @Test
    void a_namespace_that_somebody_may_be_in_is_not_taken_over() {
        io.of("/admin");

        assertThatThrownBy(this::attach).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void two_of_them_would_tell_of_each_other_forever() {
        attach();
        var second = AdminSettings.openToEverybody().withNamespace("/admin2");

        assertThatThrownBy(() -> AdminUi.attach(io, second, new VirtualAdminHost(loop)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(io.namespaces()).doesNotContainKey("/admin2");
    }

    @Test
    void a_page_that_speaks_message_pack_is_told_everything_too() {
        var parser = MessagePackParser.INSTANCE;
        var packed = new SocketIoServer(SocketIoConfig.defaults().with(parser));
        var host = new VirtualAdminHost(loop);
        AdminUi.attach(packed, AdminSettings.openToEverybody(), host);
        var page = new ScriptedClient(packed, loop);

        page.sendBinary(connect(parser, "/admin"));
        page.sendBinary(connect(parser, "/"));
        packed.emit("big", BigInteger.TEN.pow(40), Double.NaN, new byte[] {1});
        loop.advance(Duration.ofSeconds(2));

        var heard = String.join(" ", page.take());
        for (var name : List.of("config", "all_sockets", "event_sent", "server_stats")) {
            assertThat(heard).contains(HexFormat.of().formatHex(name.getBytes(UTF_8)));
        }
    }

    private static byte[] connect(Parser parser, String namespace) {
        var messages = parser.encode(new Packet.Connect(namespace, Map.of())).messages();
        return ((EncodedPacket.Binary) messages.getFirst()).bytes();
    }

    @Test
    void the_namespace_is_a_setting() {
        AdminUi.attach(
                io,
                AdminSettings.openToEverybody().withNamespace("ops"),
                new VirtualAdminHost(loop));

        var client = new ScriptedClient(io, loop);
        client.send("0/ops,");

        assertThat(client.take()).anyMatch(text -> text.startsWith("2/ops,[\"config\""));
    }
}
