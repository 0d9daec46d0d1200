// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The tasks of an [InOrder] run one at a time and in the order of each who gives them, each sees
/// what those before it wrote, and none is forgotten.
class InOrderStressTest {
    private static final int WRITERS = 4;
    private static final int TASKS = 20_000;

    @Test
    void tasks_of_every_writer_run_in_its_order_one_at_a_time() throws Exception {
        var tasks = new InOrder(task -> Thread.ofVirtual().start(task));
        var last = new int[WRITERS]; // written by the tasks only: they run one at a time
        var disorder = new ArrayList<String>();
        var done = new CountDownLatch(WRITERS * TASKS);
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int i = 1; i <= TASKS; i++) {
                                    int number = i;
                                    tasks.execute(
                                            () -> {
                                                if (last[writer] != number - 1) {
                                                    disorder.add(writer + "/" + number);
                                                }
                                                last[writer] = number;
                                                done.countDown();
                                            });
                                }
                            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(disorder).isEmpty();
        assertThat(last).containsOnly(TASKS);
    }
}
