// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The smallest meetings of the real server, in a process of its own.
class StageTest {
    @Test
    void what_two_send_each_other_arrives_and_is_counted() {
        try (var stage = Stage.open("-XX:TieredStopAtLevel=1")) {
            var peers = stage.call(2, TrackShape.voice(), TrackShape.camera(300_000));

            var figures = stage.measure(peers, Duration.ofSeconds(1));

            assertThat(figures.streams()).isEqualTo(4);
            assertThat(figures.expected()).isEqualTo(figures.published()).isPositive();
            assertThat(figures.delivered()).isPositive().isLessThanOrEqualTo(figures.expected());
            assertThat(figures.delays().count()).isEqualTo(figures.delivered());
            assertThat(figures.direct().count()).isPositive();
            assertThat(figures.cores().server()).isPositive();

            peers.getFirst().turnDeaf();
            var deaf = stage.measure(peers, Duration.ofMillis(500));

            assertThat(deaf.streams()).isEqualTo(4);
            assertThat(deaf.worstLoss()).as("of what nobody hears").isEqualTo(1);
            assertThat(deaf.loss()).isGreaterThan(0.4);
            assertThat(deaf.delivered()).isPositive();
            stage.leave(peers);
            assertThat(stage.server().state().getJsonArray("meetings")).isEmpty();
        }
    }

    @Test
    void who_sends_far_too_much_is_cut_and_nobody_else_loses_by_it() {
        try (var stage = Stage.open("-XX:TieredStopAtLevel=1")) {
            var call = stage.call(2, TrackShape.voice(), TrackShape.camera(300_000));
            var flood = stage.audience(1, TrackShape.camera(60_000_000)); // thrice the limit

            var ofFlood = stage.measure(flood, Duration.ofSeconds(2));
            var ofCall = stage.measure(call, Duration.ofSeconds(1));

            assertThat(ofFlood.delivered()).isPositive();
            assertThat(ofFlood.loss()).isGreaterThan(0.5);
            assertThat(ofCall.worstLoss()).isLessThan(ofFlood.loss() / 2);
            assertThat(stage.server().state().encode()).contains("too-much");
        }
    }
}
