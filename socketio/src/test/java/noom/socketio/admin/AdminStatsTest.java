// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.socketio.DisconnectReason;
import noom.socketio.ScriptedClient;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a page is told every two seconds.
class AdminStatsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final VirtualLoop loop = new VirtualLoop();
    private final VirtualAdminHost host = new VirtualAdminHost(loop);
    private final SocketIoServer io = new SocketIoServer();
    private final List<Socket> sockets = new ArrayList<>();

    private AdminPage page(AdminSettings settings) {
        io.onConnection(sockets::add);
        AdminUi.attach(io, settings, host);
        return new AdminPage(io, loop, "");
    }

    private AdminPage page() {
        return page(AdminSettings.openToEverybody());
    }

    private Map<String, @Nullable Object> nextStats(AdminPage page) {
        loop.advance(INTERVAL);
        return AdminPage.object(page.takeOne("server_stats").getFirst());
    }

    /// Type and sub-type to count.
    private static Map<String, @Nullable Object> sums(Map<String, @Nullable Object> stats) {
        var sums = new LinkedHashMap<String, @Nullable Object>();
        for (var one : AdminPage.array(stats.get("aggregatedEvents"))) {
            var event = AdminPage.object(one);
            var subType = event.containsKey("subType") ? " " + event.get("subType") : "";
            sums.put(event.get("type") + subType, event.get("count"));
        }
        return sums;
    }

    @Test
    void a_server_tells_its_name_its_process_and_its_clients() {
        var page = page();
        ScriptedClient.connected(io, loop);
        ScriptedClient.polling(io, loop).post("0");

        var stats = nextStats(page);

        assertThat(stats)
                .containsEntry("serverId", "host#7")
                .containsEntry("hostname", "host")
                .containsEntry("pid", 7)
                .containsEntry("uptime", 1.5)
                .containsEntry("clientsCount", 3)
                .containsEntry("pollingClientsCount", 1);
        assertThat(AdminPage.array(stats.get("namespaces")))
                .containsExactlyInAnyOrder(
                        Map.of("name", "/", "socketsCount", 2),
                        Map.of("name", "/admin", "socketsCount", 1));
    }

    @Test
    void the_server_id_is_a_setting() {
        var page = page(AdminSettings.openToEverybody().withServerId("blue"));

        assertThat(nextStats(page)).containsEntry("serverId", "blue");
    }

    @Test
    void traffic_is_summed_and_the_sums_begin_again() {
        var page = page(AdminSettings.openToEverybody().inProduction());
        nextStats(page);
        nextStats(page);
        var client = ScriptedClient.connected(io, loop);
        client.send("2[\"ä\"]");
        client.hangUp();

        var stats = nextStats(page);
        var sums = sums(stats);

        assertThat(sums)
                .containsEntry("rawConnection", 1)
                .containsEntry("rawDisconnection transport close", 1)
                .containsEntry("packetsIn", 2)
                .containsEntry("bytesIn", 1 + 7);
        assertThat(AdminPage.object(AdminPage.array(stats.get("aggregatedEvents")).getFirst()))
                .containsEntry("timestamp", loop.epochMillis());
        assertThat(sums(nextStats(page)))
                .doesNotContainKeys("rawConnection", "packetsIn")
                .containsKey("bytesOut");
    }

    @Test
    void bytes_out_are_those_of_the_messages() {
        var traffic = new Traffic();
        io.observe(traffic);
        var client = ScriptedClient.connected(io, loop);
        traffic.take(0);

        io.emit("ä", (Object) new byte[] {1, 2, 3});
        client.take();

        assertThat(traffic.take(5))
                .containsExactly(
                        Map.of("timestamp", 5L, "type", "packetsOut", "count", 2L),
                        Map.of(
                                "timestamp",
                                5L,
                                "type",
                                "bytesOut",
                                "count",
                                (long) "51-[\"xx\",{\"_placeholder\":true,\"num\":0}]".length()
                                        + 3));
    }

    @Test
    void clients_that_upgrade_or_go_are_no_polling_clients() {
        var page = page();
        var upgraded = ScriptedClient.polling(io, loop);
        var gone = ScriptedClient.polling(io, loop);
        assertThat(nextStats(page)).containsEntry("pollingClientsCount", 2);

        upgraded.upgrade();
        assertThat(nextStats(page)).containsEntry("pollingClientsCount", 1);
        gone.postRaw("1");
        upgraded.hangUp();

        assertThat(nextStats(page))
                .containsEntry("pollingClientsCount", 0)
                .containsEntry("clientsCount", 1);
    }

    @Test
    void every_reason_of_an_end_is_summed_by_itself() {
        var traffic = new Traffic();
        for (var reason : DisconnectReason.values()) {
            traffic.onClosed("websocket", reason);
        }

        assertThat(traffic.take(1_000)).hasSize(DisconnectReason.values().length);
        assertThat(traffic.take(1_000)).isEmpty();
        assertThat(traffic.pollingClients()).isZero();
    }

    @Test
    void in_production_there_are_sums_only() {
        var page = page(AdminSettings.openToEverybody().inProduction());
        assertThat(page.take()).hasSize(1);

        var client = ScriptedClient.connected(io, loop);
        client.send("2[\"secret\"]");
        sockets.getFirst().join("tea");
        sockets.getFirst().data().put("name", "Ada");
        loop.advance(INTERVAL);

        assertThat(page.takeNames()).containsExactly("server_stats");
        assertThat(sockets.getFirst().data()).doesNotContainKey("_admin");
    }

    @Test
    void data_that_changed_is_told_also_deep_inside() {
        var page = page();
        ScriptedClient.connected(io, loop);
        var cart = new ArrayList<String>(List.of("bread"));
        sockets.getFirst().data().put("cart", cart);
        loop.advance(INTERVAL);
        var first = AdminPage.object(page.takeOne("socket_updated").getFirst());
        assertThat(first)
                .containsEntry("id", sockets.getFirst().id())
                .containsEntry("nsp", "/")
                .containsEntry("data", Map.of("cart", List.of("bread")));

        cart.add("milk");
        loop.advance(INTERVAL);
        assertThat(AdminPage.object(page.takeOne("socket_updated").getFirst()))
                .containsEntry("data", Map.of("cart", List.of("bread", "milk")));
        loop.advance(INTERVAL);

        assertThat(page.takeNames()).containsExactly("server_stats");
    }

    @Test
    void sockets_that_have_gone_are_forgotten() {
        AdminUi.attach(io, AdminSettings.openToEverybody(), host);
        var data = new DataWatch(new Feed(io.of("/admin"), host));
        var client = ScriptedClient.connected(io, loop);
        var socket = io.sockets().values().iterator().next();
        new AdminPage(io, loop, "");

        data.look(List.of(io.of("/")));
        assertThat(data.size()).isEqualTo(1);
        client.hangUp();
        data.look(List.of(io.of("/")));
        assertThat(data.size()).isZero();
        data.remember(socket);
        data.forget(socket);

        assertThat(data.size()).isZero();
    }

    @Test
    void nothing_is_told_when_nobody_looks() {
        page().client.hangUp();
        ScriptedClient.connected(io, loop);
        loop.settle();
        var feed = new Feed(io.of("/admin"), host);

        assertThat(feed.isWatched()).isFalse();
        var unencodable = new Object();
        feed.tell("x", unencodable); // would fail if it were encoded
    }

    @Test
    void what_cannot_be_told_disturbs_nobody() {
        page();
        var feed = new Feed(io.of("/admin"), host);

        feed.tell("x", new Object());

        assertThat(feed.isWatched()).isTrue();
    }

    @Test
    void the_timer_ends_with_the_server_or_before() {
        var page = page();

        io.close();
        loop.advance(INTERVAL);

        assertThat(host.isStopped()).isTrue();
        assertThat(page.takeNames()).doesNotContain("server_stats");
    }
}
