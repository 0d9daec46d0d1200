// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.ScriptedClient;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.VirtualBus;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers: the page is on one, a client on the other.
class AdminClusterTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final VirtualBus bus = new VirtualBus(loop);
    private final List<Socket> sockets = new ArrayList<>();
    private final SocketIoServer near = server("near");
    private final SocketIoServer far = server("far");
    private @Nullable ScriptedClient client;

    private SocketIoServer server(String name) {
        var io =
                new SocketIoServer(
                        SocketIoConfig.defaults(),
                        (namespace, local) -> {
                            var adapter = bus.join(name, namespace, local);
                            loop.execute(adapter::start);
                            return adapter;
                        });
        AdminUi.attach(
                io, AdminSettings.openToEverybody().withServerId(name), new VirtualAdminHost(loop));
        return io;
    }

    @BeforeEach
    void a_client_far_away() {
        far.onConnection(sockets::add);
        bus.settle();
        client = ScriptedClient.connected(far, loop);
        bus.settle();
    }

    private AdminPage page() {
        var page = new AdminPage(near, loop, "");
        bus.settle();
        return page;
    }

    private String id() {
        return sockets.getFirst().id();
    }

    @Test
    void a_page_sees_the_sockets_of_all_servers() {
        sockets.getFirst().join("tea");

        var all = AdminPage.array(page().takeOne("all_sockets").getFirst());

        var view =
                all.stream()
                        .map(AdminPage::object)
                        .filter(socket -> id().equals(socket.get("id")))
                        .findFirst()
                        .orElseThrow();
        assertThat(view)
                .containsEntry("transport", "websocket")
                .containsEntry("clientId", sockets.getFirst().connectionId())
                .containsEntry("data", Map.of())
                .containsEntry("rooms", List.of(id(), "tea"));
        assertThat(AdminPage.object(view.get("handshake")))
                .containsEntry("issued", sockets.getFirst().handshake().issuedMillis())
                .containsEntry("secure", true)
                .containsEntry("address", "192.0.2.1");
    }

    @Test
    void a_server_that_does_not_answer_does_not_hide_the_others() {
        ScriptedClient.connected(near, loop);
        bus.kill("far", "/");
        var page = page();

        loop.advance(Duration.ofSeconds(6));

        var all = AdminPage.array(page.takeOne("all_sockets").getFirst());
        assertThat(all).hasSize(2);
    }

    @Test
    void who_comes_or_goes_while_servers_are_asked_is_told_once_more() {
        near.onConnection(sockets::add);
        var leaver = ScriptedClient.connected(near, loop);
        var leaverId = sockets.getLast().id();
        var page = new AdminPage(near, loop, ""); // the far server's answer takes its time

        ScriptedClient.connected(near, loop);
        leaver.hangUp();
        bus.settle();

        var afterList =
                page.take().stream()
                        .dropWhile(event -> !"all_sockets".equals(event.getFirst()))
                        .toList();
        assertThat(afterList.stream().<Object>map(List::getFirst))
                .containsExactly("all_sockets", "socket_connected", "socket_disconnected");
        assertThat(afterList.getFirst().toString())
                .contains(leaverId)
                .doesNotContain(sockets.getLast().id());
        assertThat(AdminPage.object(afterList.get(1).get(1)))
                .containsEntry("id", sockets.getLast().id());
        assertThat(afterList.getLast()).contains("/", leaverId);
    }

    @Test
    void a_page_hears_what_happens_on_other_servers() {
        var page = page();
        page.take();

        client.send("2[\"hello\"]");
        sockets.getFirst().join("tea");
        bus.settle();

        assertThat(page.takeNames()).containsExactly("event_received", "room_joined");
    }

    @Test
    void a_page_hears_the_statistics_of_all_servers() {
        var page = page();
        page.take();

        loop.advance(Duration.ofSeconds(2));
        bus.settle();

        assertThat(
                        page.take().stream()
                                .filter(event -> event.getFirst().equals("server_stats"))
                                .map(event -> AdminPage.object(event.get(1)).get("serverId")))
                .contains("near", "far");
    }

    @Test
    void commands_reach_the_sockets_of_other_servers() {
        var page = page();

        page.send("\"join\",\"/\",\"tea\",\"" + id() + "\"");
        bus.settle();
        assertThat(sockets.getFirst().rooms()).containsExactly(id(), "tea");
        page.send("\"emit\",\"/\",\"tea\",\"hot\"");
        page.send("\"leave\",\"/\",\"tea\"");
        bus.settle();
        assertThat(sockets.getFirst().rooms()).containsExactly(id());
        assertThat(client.take()).containsExactly("2[\"hot\"]");
        page.send("\"_disconnect\",\"/\",true,\"" + id() + "\"");
        bus.settle();

        assertThat(client.isOpen()).isFalse();
        assertThat(page.takeNames()).contains("socket_disconnected");
    }
}
