// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole measurement, so small that its figures mean nothing: what counts is that nothing is
/// lost. Needs Node and `npm ci` in the folder `node`.
class MeasurementTest {
    private static final int CLIENTS = 20;
    private static final int RATE_EVENTS = CLIENTS * 10;
    private static final int BURST_EVENTS = CLIENTS * 30;

    @BeforeEach
    void the_official_server_is_installed() {
        assertThat(Path.of("node", "node_modules", "socket.io"))
                .as("run `npm ci` in the folder `node` of this module")
                .exists();
    }

    @Test
    void both_servers_deliver_every_message_and_have_every_figure() {
        var steps = new ArrayList<String>();

        var results = new Measurement(Plan.micro(), steps::add).run();

        assertThat(results.versions().java()).contains("JDK 25", "Vert.x 5", "Netty 4");
        assertThat(results.versions().node()).startsWith("v").contains("socket.io 4.8.4", "ws ");
        for (var side : Side.values()) {
            assertThat(results.delivered().of(side)).isEqualTo(RATE_EVENTS + BURST_EVENTS);
            assertThat(results.rate().of(side))
                    .singleElement()
                    .satisfies(run -> assertThat(run.messages()).isEqualTo(RATE_EVENTS));
            assertThat(results.burst().of(side))
                    .singleElement()
                    .satisfies(run -> assertThat(run.messages()).isEqualTo(BURST_EVENTS));
            assertThat(results.idle().of(side))
                    .singleElement()
                    .satisfies(
                            run -> {
                                assertThat(run.sockets()).isEqualTo(40);
                                assertThat(run.before().residentKib()).isPositive();
                                assertThat(run.after().heapBytes()).isPositive();
                            });
        }
        assertThat(steps).hasSize(4);
    }

    @Test
    void a_server_that_sends_what_was_not_asked_for_is_not_measured() {
        try (var rig = Rig.start(Side.NODE)) {
            rig.openUntil(2);
            rig.run(new Phase.Burst(3));
            assertThat(rig.events()).isEqualTo(6);
            rig.checkNothingMore();

            assertThatThrownBy(() -> rig.run(new Phase.Rate(-1, 1)))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("should have delivered 4 events to 2 clients");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, 660, 2, 0, true",
        "5, 660, 2, 0, false",
        "7, 660, 2, 0, false",
        "6, 661, 2, 0, false",
        "6, 660, 1, 0, false",
        "6, 660, 2, 1, false",
    })
    void one_more_or_one_less_is_not_complete(
            long events, long eventBytes, int open, int lost, boolean isComplete) {
        var tally =
                JsonObject.of("events", events)
                        .put("eventBytes", eventBytes)
                        .put("open", open)
                        .put("lost", lost);

        assertThat(Rig.isComplete(tally, 6, 2)).isEqualTo(isComplete);
    }
}
