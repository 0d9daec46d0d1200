// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import noom.socketio.DisconnectReason;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
    private static final int MEMBERS = 20;

    @Test
    void who_stops_reading_is_bounded_and_closed_and_comes_back_to_everything() throws Exception {
        try (var run = new SlowConsumerRun(MEMBERS)) {
            var result = run.run(false, 20);

            assertThat(result.reason()).isEqualTo(DisconnectReason.TRANSPORT_ERROR);
            assertThat(result.maxUnsentBytes())
                    .as("it filled up, but not over the limit")
                    .isBetween(
                            SlowConsumerRun.MAX_UNSENT_BYTES / 2L,
                            (long) SlowConsumerRun.MAX_UNSENT_BYTES);
            assertThat(result.recovered()).isTrue();
            assertThat(result.complete())
                    .as("members that got all %d events", result.sent())
                    .isEqualTo(MEMBERS);
        }
    }
}
