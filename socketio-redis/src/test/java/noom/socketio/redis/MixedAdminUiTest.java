// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A server of ours and an official one over a real Redis, each with its own side of the Admin UI:
/// a page on either sees both, and reaches the sockets of both.
class MixedAdminUiTest {
    private static final String OURS = "ours";
    private static final String OFFICIAL = "official";

    private static RedisServer redis;
    private static ClusterNode ours;
    private static ClusterNode official;
    private static Clients clients;
    private static int round;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.in(folder);
        ours = JavaNode.watched(OURS, redis);
        official = OfficialNode.watched(OFFICIAL, redis);
        clients = Clients.start();
        while (ours.serverCount() < 2 || official.serverCount() < 2) {
            Thread.onSpinWait();
        }
    }

    @AfterAll
    static void stop() {
        clients.close();
        ours.close();
        official.close();
        redis.close();
    }

    private static String page(String on) {
        var name = "page" + ++round;
        clients.open(name, (on.equals(OURS) ? ours : official).url() + "/admin");
        return name;
    }

    private static boolean isOf(JsonNode socket, String id) {
        return socket.get("id").asString().equals(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, OFFICIAL})
    void a_page_hears_the_statistics_of_both_servers(String on) throws Exception {
        var page = page(on);

        for (var server : List.of(OURS, OFFICIAL)) {
            clients.await(
                    page, "server_stats", stats -> stats.get("serverId").asString().equals(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, OFFICIAL})
    void a_page_sees_the_sockets_that_are_there_on_both_servers(String on) throws Exception {
        var ann = clients.connect("ann" + on, ours.url());
        var dan = clients.connect("dan" + on, official.url());

        var page = page(on);
        var all = clients.await(page, "all_sockets", _ -> true);

        for (var id : List.of(ann, dan)) {
            var socket = all.valueStream().filter(one -> isOf(one, id)).findFirst().orElseThrow();
            assertThat(socket.get("transport").asString()).isEqualTo("websocket");
            assertThat(socket.get("clientId").asString()).hasSize(12);
            assertThat(socket.get("data").has("_admin")).isFalse();
            assertThat(socket.get("data").has("name")).isTrue();
            assertThat(socket.at("/handshake/address").asString()).contains("127.0.0.1");
            assertThat(socket.at("/handshake/issued").asLong()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, OFFICIAL})
    void a_page_hears_who_comes_and_reaches_them_on_both_servers(String on) throws Exception {
        var page = page(on);

        for (var node : List.of(ours, official)) {
            var name = "guest" + ++round;
            var id = clients.connect(name, node.url());
            clients.await(page, "socket_connected", socket -> isOf(socket, id));
            clients.emit(page, "join", "/", "tea", id);
            clients.emit(page, "emit", "/", "tea", "said", "hot");
            clients.awaitEvent(name, "said", "hot");
            clients.emit(page, "_disconnect", "/", true, id);
            clients.awaitDisconnect(name);
            clients.close(name);
        }
    }
}
