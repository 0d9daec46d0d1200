// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The memory argument of [Rooms], with real threads: the same sockets and rooms are changed and
/// read by all of them.
class RoomsStressTest {
    private static final int THREADS = 4;
    private static final int STEPS = 50_000;
    private static final int SOCKETS = 16;
    private static final int ROOMS = 8;

    @Test
    void when_all_changes_have_ended_both_directions_agree() throws Exception {
        var rooms = new Rooms();
        for (int i = 0; i < SOCKETS; i++) {
            rooms.open("s" + i);
        }

        inThreads(
                (thread, step, random) -> {
                    var socket = "s" + random.nextInt(SOCKETS);
                    var room = "r" + random.nextInt(ROOMS);
                    switch (random.nextInt(8)) {
                        case 0 -> rooms.close(socket);
                        case 1 -> rooms.open(socket);
                        case 2, 3, 4 -> rooms.leave(socket, room);
                        default -> rooms.join(socket, List.of(room, "r0"));
                    }
                });

        rooms.sids()
                .forEach(
                        (socket, mine) ->
                                mine.forEach(
                                        room ->
                                                assertThat(rooms.rooms().get(room))
                                                        .contains(socket)));
        rooms.rooms()
                .forEach(
                        (room, members) ->
                                members.forEach(
                                        socket ->
                                                assertThat(rooms.sids().get(socket))
                                                        .contains(room)));
        assertThat(rooms.rooms().values()).allSatisfy(members -> assertThat(members).isNotEmpty());
    }

    @Test
    void who_joins_finds_himself_at_once_and_readers_walk_in_peace() throws Exception {
        var rooms = new Rooms();

        inThreads(
                (thread, step, random) -> {
                    var socket = thread + "-" + step % 50;
                    rooms.open(socket);
                    rooms.join(socket, List.of("all"));
                    if (!rooms.rooms().get("all").contains(socket)) {
                        throw new AssertionError(socket + " does not find itself");
                    }
                    int seen = 0;
                    for (var _ : rooms.rooms().get("all")) {
                        seen++;
                    }
                    if (seen == 0) {
                        throw new ConcurrentModificationException("walked an empty room");
                    }
                    rooms.close(socket);
                    var left = rooms.rooms().get("all");
                    if (left != null && left.contains(socket)) {
                        throw new AssertionError(socket + " is a ghost");
                    }
                });

        assertThat(rooms.rooms()).isEmpty();
        assertThat(rooms.sids()).isEmpty();
    }

    private interface Step {
        void run(int thread, int step, SplittableRandom random);
    }

    private static void inThreads(Step step) throws Exception {
        var failure = new AtomicReference<Throwable>();
        var start = new CyclicBarrier(THREADS);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            start.await();
                                            var random = new SplittableRandom(thread);
                                            for (int i = 0; i < STEPS; i++) {
                                                step.run(thread, i, random);
                                            }
                                        } catch (Throwable e) {
                                            failure.set(e);
                                        }
                                    }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }
}
