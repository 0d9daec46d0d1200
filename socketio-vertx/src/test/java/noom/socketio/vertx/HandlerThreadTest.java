// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Order and hand-over of a socket's handlers, with real threads.
class HandlerThreadTest {
    private static final int WRITERS = 4;
    private static final int TASKS = 20_000;

    @Test
    void tasks_of_every_writer_run_in_its_order_one_at_a_time() throws Exception {
        var thread = new HandlerThread();
        var last = new int[WRITERS]; // written by the tasks only: they run one at a time
        var disorder = new ArrayList<String>();
        var done = new CountDownLatch(WRITERS * TASKS);
        var writers = new ArrayList<Thread>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 1; i <= TASKS; i++) {
                                            int number = i;
                                            thread.execute(
                                                    () -> {
                                                        if (last[writer] != number - 1) {
                                                            disorder.add(writer + "/" + number);
                                                        }
                                                        last[writer] = number;
                                                        done.countDown();
                                                    });
                                        }
                                    }));
        }
        for (var writer : writers) {
            writer.join();
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(disorder).isEmpty();
        assertThat(last).containsOnly(TASKS);
    }

    @Test
    void a_task_that_throws_does_not_stop_the_next() throws Exception {
        var thread = new HandlerThread();
        var next = new CountDownLatch(1);

        thread.execute(
                () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                    throw new IllegalStateException("boom");
                });
        thread.execute(next::countDown);

        assertThat(next.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
