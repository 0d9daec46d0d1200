// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A meeting of the real server that two of its media workers share, with real packets.
class SpreadMeetingTest {
    private static final int LOOKS = 600;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static Stage stage() {
        return Stage.open(
                List.of("-XX:TieredStopAtLevel=1"),
                List.of("--media-workers", "2", "--media-spread", "0"));
    }

    private static JsonObject worker(Stage stage, int index) {
        return stage.server().state().getJsonArray("workers").getJsonObject(index);
    }

    private static Set<Integer> workersOf(Stage stage, String direction) {
        var workers = new TreeSet<Integer>();
        for (var person : elements(meeting(stage).getJsonArray("people"))) {
            for (var transport : elements(person.getJsonArray("transports"))) {
                if (transport.getString("direction").equals(direction)) {
                    workers.add(transport.getInteger("worker"));
                }
            }
        }
        return workers;
    }

    private static JsonObject meeting(Stage stage) {
        return stage.server().state().getJsonArray("meetings").getJsonObject(0);
    }

    private static List<JsonObject> elements(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static long consumers(Stage stage) {
        return elements(meeting(stage).getJsonArray("people")).stream()
                .mapToLong(person -> person.getJsonArray("consumers").size())
                .sum();
    }

    @Test
    void each_of_three_gets_all_tracks_of_the_others_wherever_they_are() {
        try (var stage = stage()) {
            var peers = stage.call(3, TrackShape.voice(), TrackShape.camera(300_000));

            var figures = stage.measure(peers, Duration.ofSeconds(1));

            assertThat(figures.streams()).isEqualTo(12);
            assertThat(figures.worstLoss()).as("nobody gets nothing").isLessThan(1);
            assertThat(workersOf(stage, "send")).as("all that send are at home").hasSize(1);
            assertThat(workersOf(stage, "receive")).containsExactly(0, 1);
            for (int i = 0; i < 2; i++) {
                var mailbox = worker(stage, i).getJsonObject("mailbox");
                assertThat(mailbox.getLong("taken")).isPositive();
                assertThat(mailbox.getLong("failed")).isZero();
                assertThat(mailbox.getLong("refused")).isZero();
            }
            stage.leave(peers);
            assertThat(stage.server().state().getJsonArray("meetings")).isEmpty();
            assertThat(worker(stage, 0).getInteger("transports")).isZero();
            assertThat(worker(stage, 1).getInteger("transports")).isZero();
            assertThat(worker(stage, 1).getInteger("routers")).isZero();
        }
    }

    @Test
    void who_leaves_takes_their_tracks_from_all_workers_and_who_stays_goes_on() {
        try (var stage = stage()) {
            var peers = stage.call(3, TrackShape.voice());
            assertThat(consumers(stage)).isEqualTo(6);

            stage.leave(peers.subList(0, 1));

            long left = consumers(stage);
            for (int i = 0; left != 2 && i < LOOKS; i++) {
                Stage.pause(LOOK_AGAIN);
                left = consumers(stage);
            }
            assertThat(left).isEqualTo(2);
            var rest = peers.subList(1, 3);
            var figures = stage.measure(rest, Duration.ofMillis(500));
            assertThat(figures.delivered()).isPositive();
        }
    }
}
