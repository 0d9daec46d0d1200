// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverLimitTest {
    @Test
    void who_goes_over_a_limit_is_refused_as_documented_and_a_bystander_notices_nothing()
            throws Exception {
        var result = OverLimitRun.run(3);

        assertThat(result.refusals()).isEqualTo(result.expected());
        assertThat(result.bystanderErrors()).isZero();
        assertThat(result.echoes()).isPositive();
    }
}
