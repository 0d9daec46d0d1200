// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// For what another thread does a moment after the test has heard of it.
final class Eventually {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

    private Eventually() {}

    /// Fails if it does not come true.
    static void await(String what, BooleanSupplier isSo) {
        long deadlineNanos = System.nanoTime() + LIMIT_NANOS;
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadlineNanos);
            Thread.onSpinWait();
        }
    }
}
