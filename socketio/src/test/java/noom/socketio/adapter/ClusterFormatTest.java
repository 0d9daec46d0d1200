// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.protocol.Packet;
import org.junit.jupiter.api.Test;

/// The thirteen kinds as the official adapters write them.
class ClusterFormatTest {
    private static final Selection SOME = new Selection(Set.of("a"), Set.of("b"));
    private static final BroadcastFlags FLAGS =
            new BroadcastFlags(true, false, false, Duration.ofSeconds(3));
    private static final Packet.Event PACKET =
            new Packet.Event("/", List.of("x", 1), Packet.NO_ACK);

    private static final List<ClusterMessage> ALL =
            List.of(
                    new ClusterMessage.InitialHeartbeat(),
                    new ClusterMessage.Heartbeat(),
                    new ClusterMessage.Broadcast(PACKET, SOME, FLAGS, "id"),
                    new ClusterMessage.SocketsJoin(SOME, FLAGS, List.of("r")),
                    new ClusterMessage.SocketsLeave(SOME, FLAGS, List.of("r")),
                    new ClusterMessage.DisconnectSockets(SOME, FLAGS, true),
                    new ClusterMessage.FetchSockets(SOME, FLAGS, "id"),
                    new ClusterMessage.FetchSocketsResponse(
                            "id", List.of(new SocketDetails("s", Map.of(), List.of("s"), 1))),
                    new ClusterMessage.ServerSideEmit(List.of("x", 1), null),
                    new ClusterMessage.ServerSideEmitResponse("id", "yes"),
                    new ClusterMessage.BroadcastClientCount("id", 7),
                    new ClusterMessage.BroadcastAck("id", List.of(1)),
                    new ClusterMessage.AdapterClose());

    @Test
    void every_kind_has_its_number_and_comes_back_equal() {
        for (int i = 0; i < ALL.size(); i++) {
            var message = ALL.get(i);
            assertThat(ClusterFormat.type(message)).isEqualTo(i + 1);
            assertThat(ClusterFormat.parse(i + 1, "/", ClusterFormat.data(message)))
                    .isEqualTo(message);
        }
    }

    @Test
    void a_broadcast_has_the_official_fields() {
        var plain = new ClusterMessage.Broadcast(PACKET, SOME, BroadcastFlags.NONE, null);

        assertThat(ClusterFormat.data(plain))
                .isEqualTo(
                        Map.of(
                                "packet",
                                Map.of("type", 2, "data", List.of("x", 1), "nsp", "/"),
                                "opts",
                                Map.of(
                                        "rooms", List.of("a"),
                                        "except", List.of("b"),
                                        "flags", Map.of())));
        assertThat(ClusterFormat.data(ALL.get(2))).containsEntry("requestId", "id");
        assertThat(((Map<?, ?>) ClusterFormat.data(ALL.get(2)).get("opts")).get("flags"))
                .isEqualTo(Map.of("volatile", true, "compress", false, "timeout", 3_000L));
    }

    @Test
    void a_node_that_leaves_things_out_is_understood() {
        var data =
                Map.of(
                        "packet", Map.of("type", 2, "data", List.of("x")),
                        "opts", Map.of("rooms", List.of("a", "a"), "except", List.of()),
                        "unknown", 1);

        assertThat(ClusterFormat.parse(3, "/n", data))
                .isEqualTo(
                        new ClusterMessage.Broadcast(
                                new Packet.Event("/n", List.of("x"), Packet.NO_ACK),
                                new Selection(Set.of("a"), Set.of()),
                                BroadcastFlags.NONE,
                                null));
        assertThat(ClusterFormat.parse(12, "/", Map.of("requestId", "id")))
                .isEqualTo(new ClusterMessage.BroadcastAck("id", null));
    }

    @Test
    void every_missing_or_wrong_field_is_refused_and_nothing_throws() {
        for (int type = 3; type <= 12; type++) {
            var good = ClusterFormat.data(ALL.get(type - 1));
            for (var field : good.keySet()) {
                var bad = new java.util.HashMap<String, Object>(good);
                bad.put(field, new Object());
                boolean anything = (type == 10 || type == 12) && field.equals("packet");
                boolean flag = field.equals("close");
                assertThat(ClusterFormat.parse(type, "/", bad) == null)
                        .as("%d %s", type, field)
                        .isEqualTo(!anything && !flag);
            }
            assertThat(ClusterFormat.parse(type, "/", Map.of())).isNull();
        }
        assertThat(ClusterFormat.parse(0, "/", Map.of())).isNull();
        assertThat(ClusterFormat.parse(14, "/", Map.of())).isNull();
        assertThat(ClusterFormat.parse(11, "/", Map.of("requestId", "x", "clientCount", 0.5)))
                .isNull();
        assertThat(ClusterFormat.parse(11, "/", Map.of("requestId", "x", "clientCount", -1)))
                .isNull();
    }

    @Test
    void a_selection_knows_sockets_by_their_rooms() {
        assertThat(SOME.includes(List.of("a"))).isTrue();
        assertThat(SOME.includes(List.of("a", "b"))).isFalse();
        assertThat(SOME.includes(List.of("c"))).isFalse();
        assertThat(Selection.ALL.includes(List.of())).isTrue();
    }
}
