// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.socketio.ScriptedClient;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a page may do: two clients, one of them in a room.
class AdminCommandsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<ScriptedClient> clients = new ArrayList<>();

    @BeforeEach
    void two_clients() {
        io.onConnection(sockets::add);
        clients.add(ScriptedClient.connected(io, loop));
        clients.add(ScriptedClient.connected(io, loop));
        sockets.getFirst().join("tea");
    }

    private AdminPage page(AdminSettings settings) {
        AdminUi.attach(io, settings, new VirtualAdminHost(loop));
        return new AdminPage(io, loop, "");
    }

    private AdminPage page() {
        return page(AdminSettings.openToEverybody());
    }

    private List<String> heardBy(int client) {
        return clients.get(client).take();
    }

    @Test
    void events_go_to_a_room_or_to_everybody() {
        var page = page();

        page.send("\"emit\",\"/\",\"tea\",\"hot\",1,{\"a\":null}");
        page.send("\"emit\",\"/\",null,\"all\"");
        page.send("\"emit\",\"/\",\"\",\"all\",2");

        assertThat(heardBy(0))
                .containsExactly("2[\"hot\",1,{\"a\":null}]", "2[\"all\"]", "2[\"all\",2]");
        assertThat(heardBy(1)).containsExactly("2[\"all\"]", "2[\"all\",2]");
    }

    @Test
    void a_socket_joins_and_leaves_by_its_own_room() {
        var page = page();
        var id = sockets.getLast().id();

        page.send("\"join\",\"/\",\"milk\",\"" + id + "\"");
        assertThat(sockets.getLast().rooms()).containsExactly(id, "milk");
        assertThat(sockets.getFirst().rooms()).doesNotContain("milk");
        page.send("\"leave\",\"/\",\"milk\",\"" + id + "\"");

        assertThat(sockets.getLast().rooms()).containsExactly(id);
    }

    @Test
    void without_a_filter_all_join_and_a_room_is_emptied() {
        var page = page();

        page.send("\"join\",\"/\",\"milk\"");
        assertThat(io.adapter().rooms().get("milk")).hasSize(2);
        page.send("\"leave\",\"/\",\"milk\"");

        assertThat(io.adapter().rooms()).doesNotContainKey("milk").containsKey("tea");
    }

    @Test
    void sockets_are_disconnected_with_their_connection_or_without() {
        var page = page();
        var id = sockets.getFirst().id();

        page.send("\"_disconnect\",\"/\",false,\"" + id + "\"");
        assertThat(heardBy(0)).containsExactly("1");
        assertThat(clients.getFirst().isOpen()).isTrue();
        assertThat(heardBy(1)).isEmpty();
        page.send("\"_disconnect\",\"/\",true,\"" + sockets.getLast().id() + "\"");

        assertThat(clients.getLast().isOpen()).isFalse();
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void a_page_that_may_look_only_does_nothing() {
        var page = page(AdminSettings.openToEverybody().asReadonly());
        var id = sockets.getFirst().id();

        page.send("\"_disconnect\",\"/\",true,\"" + id + "\"");
        page.send("\"join\",\"/\",\"milk\",\"" + id + "\"");
        page.send("\"leave\",\"/\",\"tea\"");
        page.send("\"emit\",\"/\",null,\"x\"");
        loop.settle();

        assertThat(heardBy(0)).isEmpty();
        assertThat(clients.getFirst().isOpen()).isTrue();
        assertThat(sockets.getFirst().rooms()).containsExactly(id, "tea");
        assertThat(page.takeOne("config"))
                .containsExactly(
                        Map.of("supportedFeatures", List.of("AGGREGATED_EVENTS", "ALL_EVENTS")));
    }

    @Test
    void a_namespace_is_not_made_because_a_page_names_it() {
        var page = page();

        assertThat(page.ask("\"join\",\"/nowhere\",\"x\"")).contains("unknown-namespace");

        assertThat(io.namespaces()).doesNotContainKey("/nowhere");
    }

    @Test
    void nonsense_is_answered_and_the_page_stays() {
        var page = page();

        for (var nonsense :
                new String[] {
                    "\"join\"",
                    "\"join\",1,\"x\"",
                    "\"join\",\"/\",\"\"",
                    "\"join\",\"/\",\"" + "r".repeat(257) + "\"",
                    "\"join\",\"/\",\"x\",7",
                    "\"leave\",\"/\",[\"x\"]",
                    "\"_disconnect\",\"/\",\"yes\"",
                    "\"_disconnect\",\"/\",true,{\"a\":1}",
                    "\"emit\",\"/\",null",
                    "\"emit\",\"/\",null,\"connect\"",
                    "\"emit\",\"/\",null,5"
                }) {
            assertThat(page.ask(nonsense))
                    .as(nonsense)
                    .isEqualTo("3/admin,0[{\"error\":\"bad-argument\"}]");
        }
        assertThat(page.client.isOpen()).isTrue();
        assertThat(heardBy(0)).isEmpty();
        assertThat(io.sockets()).hasSize(2);
    }
}
