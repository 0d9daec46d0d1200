// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two servers of ours and an official one over a real Redis, with official clients at each: every
/// feature of a cluster, asked of every server.
class MixedClusterTest {
    private static final List<String> ALL = List.of();
    private static final List<String> NONE = List.of();
    private static final List<String> NAMES = List.of("ann", "ben", "cid", "dan", "eve");

    private static RedisServer redis;
    private static Map<From, ClusterNode> nodes;
    private static Clients clients;
    private static final Map<String, String> ids = new TreeMap<>();
    private static int round;

    /// Who acts.
    enum From {
        FIRST,
        SECOND,
        OFFICIAL
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.in(folder);
        nodes =
                Map.of(
                        From.FIRST, JavaNode.start("first", redis),
                        From.SECOND, JavaNode.start("second", redis),
                        From.OFFICIAL, OfficialNode.start(redis));
        clients = Clients.start();
        connect("ann", From.FIRST);
        connect("ben", From.FIRST);
        connect("cid", From.SECOND);
        connect("dan", From.OFFICIAL);
        connect("eve", From.OFFICIAL);
        awaitWhole();
    }

    private static void connect(String name, From node) {
        ids.put(name, clients.connect(name, nodes.get(node).url()));
    }

    /// Each server joins the cluster in its own time.
    private static void awaitWhole() {
        for (var node : nodes.values()) {
            while (node.serverCount() < nodes.size()) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterAll
    static void stop() {
        clients.close();
        nodes.values().forEach(ClusterNode::close);
        redis.close();
    }

    /// Text that no other round has.
    private static String unique(String text) {
        return text + " " + ++round;
    }

    private static void awaitAll(String event, String argument) throws InterruptedException {
        for (var name : NAMES) {
            clients.awaitEvent(name, event, argument);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_for_all_reaches_every_client_once(From from) throws Exception {
        var text = unique("hello");
        nodes.get(from).emit(ALL, NONE, "said", text);
        var last = unique("last");
        nodes.get(from).emit(ALL, NONE, "said", last);
        awaitAll("said", last);

        for (var name : NAMES) {
            assertThat(clients.heard(name, "said")).as(name).containsOnlyOnce(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rooms_and_exceptions_hold_on_every_server(From from) throws Exception {
        var room = unique("room");
        for (var name : List.of("ann", "cid", "dan")) {
            clients.ask(name, "join", room);
        }
        var inRoom = unique("in room");
        nodes.get(from).emit(List.of(room), List.of(ids.get("cid")), "said", inRoom);
        var last = unique("last");
        nodes.get(from).emit(ALL, NONE, "said", last);
        awaitAll("said", last);

        assertThat(NAMES.stream().filter(name -> clients.heard(name, "said").contains(inRoom)))
                .containsExactly("ann", "dan");
    }

    @ParameterizedTest
    @EnumSource
    void bytes_arrive_as_they_were(From from) throws Exception {
        var bytes = new byte[] {0, -1, 10, (byte) ++round};
        nodes.get(from).emit(ALL, NONE, "bytes", bytes);

        awaitAll("bytes", Clients.base64(bytes));
    }

    @ParameterizedTest
    @EnumSource
    void everybody_who_is_asked_answers(From from) {
        assertThat(nodes.get(from).ask("who")).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @ParameterizedTest
    @EnumSource
    void all_sockets_are_seen_with_their_rooms_and_data(From from) {
        var room = unique("seen");
        clients.ask("ben", "join", room);
        clients.ask("eve", "join", room);

        var all = nodes.get(from).fetch(ALL);
        var some = nodes.get(from).fetch(List.of(room));

        assertThat(all)
                .extracting(ClusterNode.Seen::id)
                .hasSize(NAMES.size())
                .containsAll(ids.values());
        assertThat(some)
                .extracting(ClusterNode.Seen::data)
                .containsExactlyInAnyOrder(Map.of("name", "ben"), Map.of("name", "eve"));
        assertThat(some).allSatisfy(seen -> assertThat(seen.rooms()).contains(seen.id(), room));
    }

    @ParameterizedTest
    @EnumSource
    void sockets_anywhere_are_put_into_a_room_and_taken_out(From from) throws Exception {
        var room = unique("club");
        var some = List.of(ids.get("ann"), ids.get("cid"), ids.get("dan"));
        nodes.get(from).join(some, room);
        var inside = unique("inside");
        nodes.get(from).emit(List.of(room), NONE, "said", inside);
        for (var name : List.of("ann", "cid", "dan")) {
            clients.awaitEvent(name, "said", inside);
        }

        nodes.get(from).leave(List.of(ids.get("cid"), ids.get("dan")), room);
        var outside = unique("outside");
        nodes.get(from).emit(List.of(room), NONE, "said", outside);
        var last = unique("last");
        nodes.get(from).emit(ALL, NONE, "said", last);
        awaitAll("said", last);

        assertThat(NAMES.stream().filter(name -> clients.heard(name, "said").contains(outside)))
                .containsExactly("ann");
    }

    @ParameterizedTest
    @EnumSource
    void sockets_anywhere_are_disconnected(From from) throws Exception {
        for (var home : From.values()) {
            var name = unique("guest");
            var id = clients.connect(name, nodes.get(home).url());
            nodes.get(from).disconnect(List.of(id));

            clients.awaitDisconnect(name);
            clients.close(name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void servers_talk_to_each_other_and_answer(From from) throws Exception {
        var text = unique("good morning");
        nodes.get(from).greet(text);
        for (var other : From.values()) {
            if (other != from) {
                nodes.get(other).awaitGreeting(text);
            }
        }

        var answers = nodes.get(from).greetAsking(unique("how are you"));

        var named = Map.of(From.FIRST, "first", From.SECOND, "second", From.OFFICIAL, "node");
        assertThat(answers)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(From.values()).filter(o -> o != from).map(named::get).toList());
    }

    @ParameterizedTest
    @EnumSource
    void the_servers_are_counted(From from) {
        assertThat(nodes.get(from).serverCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_was_cut_off_comes_back_to_another_server_and_misses_nothing(From home)
            throws Exception {
        for (var other : From.values()) {
            var name = unique("traveller");
            var room = unique("trip");
            clients.connect(name, nodes.get(home).url());
            clients.awaitConnect(name);
            clients.ask(name, "join", room);
            nodes.get(other).emit(List.of(room), NONE, "said", "before");
            clients.awaitEvent(name, "said", "before");

            clients.cut(name, nodes.get(other).url());
            for (int i = 0; i < 5; i++) {
                nodes.get(From.values()[i % 3]).emit(List.of(room), NONE, "missed", "event " + i);
            }
            boolean recovered = clients.awaitConnect(name);
            nodes.get(home).emit(List.of(room), NONE, "said", "after");
            clients.awaitEvent(name, "said", "after");

            assertThat(recovered).as("%s, from %s to %s", name, home, other).isTrue();
            assertThat(clients.heard(name, "missed"))
                    .containsExactlyInAnyOrder(
                            "event 0", "event 1", "event 2", "event 3", "event 4");
            clients.close(name);
        }
    }

    @Test
    void redis_is_killed_and_all_goes_on_when_it_is_back() throws Exception {
        redis.kill();
        redis.startAgain();
        awaitWhole();

        for (var from : From.values()) {
            an_event_for_all_reaches_every_client_once(from);
            everybody_who_is_asked_answers(from);
            servers_talk_to_each_other_and_answer(from);
        }
    }

    @Test
    void a_server_that_dies_takes_its_sockets_with_it() throws Exception {
        var guest = unique("guest");
        try (var mortal = OfficialNode.start(redis)) {
            clients.connect(guest, mortal.url());
            assertThat(nodes.get(From.FIRST).fetch(ALL)).hasSize(NAMES.size() + 1);
        }
        clients.close(guest);
        while (nodes.get(From.FIRST).serverCount() > nodes.size()) {
            Thread.onSpinWait();
        }

        for (var from : From.values()) {
            assertThat(nodes.get(from).fetch(ALL))
                    .extracting(ClusterNode.Seen::id)
                    .containsExactlyInAnyOrderElementsOf(Set.copyOf(ids.values()));
        }
    }
}
