// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import noom.testkit.CuttableLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two servers of ours on a real Redis. The line of an official client is cut, both servers go on
/// sending, and the client comes back to the other server: twenty journeys, each with its seed. It
/// must hear what a client hears that was never cut off.
class RecoveryAcrossNodesTest {
    private static final int JOURNEYS = 20;
    private static final List<String> NONE = List.of();

    private static RedisServer redis;
    private static List<JavaNode> nodes;
    private static Clients clients;

    static IntStream seeds() {
        return IntStream.range(0, JOURNEYS);
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.in(folder);
        nodes = List.of(JavaNode.start("first", redis), JavaNode.start("second", redis));
        clients = Clients.start();
        for (var node : nodes) {
            while (node.serverCount() < nodes.size()) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterAll
    static void stop() {
        clients.close();
        nodes.forEach(ClusterNode::close);
        redis.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_client_whose_line_was_cut_hears_everything_once_and_in_order(int seed) throws Exception {
        var random = new SplittableRandom(seed);
        int home = random.nextInt(2);
        var journey = new Journey("trip " + seed, random);
        var traveller = "traveller " + seed;
        var witness = "witness " + seed;
        try (var line = CuttableLine.to(port(home))) {
            var id = clients.connect(traveller, "http://127.0.0.1:" + line.port());
            assertThat(clients.awaitConnect(traveller)).isFalse();
            clients.connect(witness, nodes.get(random.nextInt(2)).url());
            clients.ask(traveller, "join", journey.room);
            clients.ask(witness, "join", journey.room);
            journey.send(1 + random.nextInt(5));
            journey.awaitAll(traveller);

            journey.send(random.nextInt(5));
            line.cut();
            journey.send(random.nextInt(20));
            clients.awaitDisconnect(traveller);
            while (!nodes.get(home).fetch(List.of(id)).isEmpty()) {
                Thread.onSpinWait();
            }
            journey.send(random.nextInt(20));
            line.lead(port(1 - home));
            journey.send(random.nextInt(20));
            boolean recovered = clients.awaitConnect(traveller);
            journey.send(1 + random.nextInt(5));
            journey.awaitAll(traveller);
            journey.awaitAll(witness);

            assertThat(recovered).isTrue();
            assertThat(clients.heard(witness, "step")).hasSize(journey.sent);
            assertThat(clients.heard(traveller, "step"))
                    .isEqualTo(clients.heard(witness, "step"))
                    .doesNotHaveDuplicates();
            clients.close(traveller);
            clients.close(witness);
        }
    }

    private static int port(int node) {
        return URI.create(nodes.get(node).url()).getPort();
    }

    /// What is sent on one journey, by either server.
    private static final class Journey {
        private final String room;
        private final SplittableRandom random;
        private int sent;
        private int marks;

        Journey(String room, SplittableRandom random) {
            this.room = room;
            this.random = random;
        }

        void send(int count) {
            for (int i = 0; i < count; i++) {
                nodes.get(random.nextInt(2)).emit(List.of(room), NONE, "step", "" + sent++);
            }
        }

        /// Waits until a client has heard everything: what a server sends after it comes after it.
        void awaitAll(String name) throws InterruptedException {
            var mark = "mark " + ++marks;
            for (int node = 0; node < 2; node++) {
                nodes.get(node).emit(List.of(room), NONE, "mark", mark + " of " + node);
            }
            for (int node = 0; node < 2; node++) {
                clients.awaitEvent(name, "mark", mark + " of " + node);
            }
        }
    }
}
