// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a bomb costs does not grow with what it would become.
class BombTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int LARGE = 200 * MEGABYTE;

    @Test
    void a_bomb_costs_what_may_be_sent_and_not_what_it_becomes() throws Exception {
        try (var run = new BombRun(false)) {
            var message = run.message(LARGE);
            var body = run.body(LARGE);

            assertThat(message.answer()).isEqualTo(1009);
            assertThat(body.answer()).isEqualTo(415);
            assertThat(message.allocatedBytes()).isLessThan(LARGE / 4);
            assertThat(body.allocatedBytes()).isLessThan(LARGE / 4);
        }
    }
}
