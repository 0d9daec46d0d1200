// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxAdminHostTest {
    private final Vertx vertx = Vertx.vertx();
    private final VertxAdminHost host = VertxAdminHost.of(vertx);

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void a_task_runs_again_and_again_on_a_thread_that_may_block_until_it_is_stopped()
            throws Exception {
        var runs = new LinkedBlockingQueue<Thread>();
        var stop = host.every(Duration.ofMillis(1), () -> runs.add(Thread.currentThread()));
        for (int i = 0; i < 3; i++) {
            var thread = runs.poll(30, TimeUnit.SECONDS);
            assertThat(thread).isNotNull().matches(Thread::isVirtual);
        }

        stop.run();

        awaitTimer(); // one run may have been on its way
        runs.clear();
        awaitTimer();
        assertThat(runs).isEmpty();
    }

    private void awaitTimer() throws InterruptedException {
        var fired = new LinkedBlockingQueue<Boolean>();
        vertx.setTimer(20, _ -> fired.add(true));
        assertThat(fired.poll(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_facts_are_those_of_this_process() {
        assertThat(host.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(host.uptime()).isPositive();
        assertThat(host.hostname()).isNotBlank();
        assertThat(host.newId()).hasSizeGreaterThanOrEqualTo(20).isNotEqualTo(host.newId());
        long earlierNanos = host.nowNanos();
        assertThat(host.nowNanos()).isGreaterThanOrEqualTo(earlierNanos);
        assertThat(host.epochMillis()).isGreaterThan(1_700_000_000_000L);
    }
}
