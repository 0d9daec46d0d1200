// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.time.Duration;
import java.util.List;

/// What is measured, and how large.
///
/// @param clients in the room while broadcasts are measured, and the first step of the idle sockets
/// @param runs of each server that count
/// @param warmUps runs of each server before them, that do not count
/// @param rate the slow phase of a run
/// @param burst the fast phase of a run
/// @param idleSockets the second step of the idle sockets; none are measured if there are no more
///     than `clients`
/// @param idleRuns fresh processes of each server that idle sockets are measured on
/// @param settle how long a server is left alone before its memory is read
/// @param isProfile records where our server's time goes, in place of all that
record Plan(
        int clients,
        int runs,
        int warmUps,
        Phase.Rate rate,
        Phase.Burst burst,
        int idleSockets,
        int idleRuns,
        Duration settle,
        boolean isProfile) {
    private static final int FULL_IDLE_RUNS = 3;
    static final String OPTIONS =
            "options: --clients N --runs N --sockets N --micro --profile (sockets 0: no memory)";

    /// The one whose results are kept.
    static Plan full() {
        return new Plan(
                1_000,
                5,
                2,
                new Phase.Rate(200, 20),
                new Phase.Burst(300),
                10_000,
                FULL_IDLE_RUNS,
                Duration.ofSeconds(2),
                false);
    }

    /// Small enough to test the measurement itself; its figures mean nothing.
    static Plan micro() {
        return new Plan(
                20,
                1,
                0,
                new Phase.Rate(10, 100),
                new Phase.Burst(30),
                60,
                1,
                Duration.ZERO,
                false);
    }

    /// Reads the command line.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    static Plan parse(List<String> words) {
        var plan = words.contains("--micro") ? micro() : full();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--micro" -> {}
                case "--profile" -> plan = plan.withProfile();
                case "--clients" -> plan = plan.withClients(number(words, ++i));
                case "--runs" -> plan = plan.withRuns(number(words, ++i));
                case "--sockets" -> plan = plan.withIdleSockets(number(words, ++i));
                default -> throw new IllegalArgumentException("unknown option " + words.get(i));
            }
        }
        return plan;
    }

    private static int number(List<String> words, int index) {
        var value = index < words.size() ? words.get(index) : "";
        if (!value.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(words.get(index - 1) + " needs a number");
        }
        return Integer.parseInt(value);
    }

    private Plan withClients(int count) {
        if (count == 0) {
            throw new IllegalArgumentException("nothing can be measured without clients");
        }
        return new Plan(
                count, runs, warmUps, rate, burst, idleSockets, idleRuns, settle, isProfile);
    }

    private Plan withRuns(int count) {
        return new Plan(
                clients,
                count,
                warmUps,
                rate,
                burst,
                idleSockets,
                Math.min(count, FULL_IDLE_RUNS),
                settle,
                isProfile);
    }

    private Plan withIdleSockets(int count) {
        return new Plan(clients, runs, warmUps, rate, burst, count, idleRuns, settle, isProfile);
    }

    private Plan withProfile() {
        return new Plan(clients, runs, warmUps, rate, burst, idleSockets, idleRuns, settle, true);
    }

    boolean hasIdle() {
        return idleSockets > clients && idleRuns > 0;
    }

    /// Whether the results are worth keeping.
    boolean isFull() {
        return equals(full());
    }
}
