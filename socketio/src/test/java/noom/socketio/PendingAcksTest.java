// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import noom.socketio.AckFailedException.Cause;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Answers that are owed, without any connection around them.
class PendingAcksTest {
    private final Queue<Runnable> callbacks = new ArrayDeque<>();

    private long nextId;

    private PendingAcks acks(int maxPending) {
        return new PendingAcks(maxPending, callbacks::add);
    }

    private void settle() {
        while (!callbacks.isEmpty()) {
            callbacks.remove().run();
        }
    }

    /// `waiting`, the first value, or the cause of failure.
    private static String outcome(CompletableFuture<AckArguments> future) {
        if (!future.isDone()) {
            return "waiting";
        }
        try {
            return future.join().string(0);
        } catch (CompletionException e) {
            return ((AckFailedException) e.getCause()).reason().name();
        }
    }

    private static CompletableFuture<AckArguments> future() {
        return new CompletableFuture<>();
    }

    private long add(PendingAcks acks, CompletableFuture<AckArguments> future, long deadline) {
        acks.add(nextId, future, deadline);
        return nextId++;
    }

    @Test
    void nobody_is_told_anything_within_the_call() {
        var acks = acks(1);
        var first = future();
        var second = future();

        add(acks, first, 10);
        acks.complete(0, List.of("a"));
        add(acks, second, 10);
        acks.failAll();
        assertThat(List.of(outcome(first), outcome(second))).containsOnly("waiting");

        settle();
        assertThat(outcome(first)).isEqualTo("a");
        assertThat(outcome(second)).isEqualTo(Cause.DISCONNECTED.name());
    }

    @Test
    void an_answer_that_comes_after_its_time_is_ignored() {
        var acks = acks(10);
        var late = future();
        long id = add(acks, late, 100);

        acks.advance(100);
        acks.complete(id, List.of("too late"));
        settle();

        assertThat(outcome(late)).isEqualTo("TIMEOUT");
    }

    @Test
    void an_answer_to_one_that_had_to_make_room_is_ignored() {
        var acks = acks(1);
        var oldest = future();
        var youngest = future();
        long id = add(acks, oldest, 10);
        add(acks, youngest, 10);

        acks.complete(id, List.of("too late"));
        acks.complete(1, List.of("in time"));
        settle();

        assertThat(outcome(oldest)).isEqualTo("TOO_MANY_PENDING");
        assertThat(outcome(youngest)).isEqualTo("in time");
    }

    @Test
    void ids_nobody_asked_with_are_ignored_however_large() {
        var acks = acks(10);
        var asked = future();
        add(acks, asked, 10);

        acks.complete(1, List.of("x"));
        acks.complete(1L << 32, List.of("x")); // would be 0 in 32 bits
        acks.complete((1L << 53) - 1, List.of("x"));
        settle();

        assertThat(outcome(asked)).isEqualTo("waiting");
    }

    @Test
    void the_next_deadline_is_the_earliest_whoever_asked_first() {
        var acks = acks(10);
        assertThat(acks.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        add(acks, future(), 300);
        add(acks, future(), 100);
        add(acks, future(), 200);
        assertThat(acks.nextDeadlineNanos()).isEqualTo(100);

        acks.complete(1, List.of());
        assertThat(acks.nextDeadlineNanos()).isEqualTo(200);

        acks.advance(200);
        assertThat(acks.nextDeadlineNanos()).isEqualTo(300);

        acks.failAll();
        assertThat(acks.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void two_with_the_same_deadline_both_fail_at_it() {
        var acks = acks(10);
        var one = future();
        var two = future();
        add(acks, one, 100);
        add(acks, two, 100);

        acks.advance(99);
        settle();
        assertThat(outcome(one)).isEqualTo("waiting");
        acks.advance(100);
        settle();

        assertThat(List.of(outcome(one), outcome(two))).containsOnly("TIMEOUT");
    }

    @Test
    void whatever_happens_each_question_has_the_outcome_of_a_simple_model() {
        Property.forAll(
                random -> {
                    int max = random.between(1, 8);
                    var acks = acks(max);
                    var futures = new HashMap<Long, CompletableFuture<AckArguments>>();
                    var expected = new HashMap<Long, String>();
                    var deadlines = new TreeMap<Long, Long>(); // of those that wait, by id
                    long now = 0;

                    for (int step = random.length(); step > 0; step--) {
                        switch (random.between(0, 4)) {
                            case 0, 1 -> {
                                if (deadlines.size() == max) {
                                    expected.put(
                                            deadlines.pollFirstEntry().getKey(),
                                            "TOO_MANY_PENDING");
                                }
                                var future = future();
                                long deadline = now + random.between(1, 20);
                                long id = add(acks, future, deadline);
                                assertThat(futures.put(id, future)).isNull();
                                expected.put(id, "waiting");
                                deadlines.put(id, deadline);
                            }
                            case 2 -> {
                                long id = random.between(0, futures.size() + 2);
                                acks.complete(id, List.of("answer"));
                                if (deadlines.remove(id) != null) {
                                    expected.put(id, "answer");
                                }
                            }
                            default -> {
                                now += random.between(0, 10);
                                acks.advance(now);
                                long due = now;
                                deadlines.forEach(
                                        (id, deadline) ->
                                                expected.computeIfPresent(
                                                        id,
                                                        (_, was) ->
                                                                deadline <= due ? "TIMEOUT" : was));
                                deadlines.values().removeIf(deadline -> deadline <= due);
                            }
                        }
                        settle();
                        futures.forEach(
                                (id, future) ->
                                        assertThat(outcome(future)).isEqualTo(expected.get(id)));
                        assertThat(acks.nextDeadlineNanos())
                                .isEqualTo(
                                        deadlines.values().stream()
                                                .min(Long::compare)
                                                .orElse(Long.MAX_VALUE));
                    }
                });
    }
}
