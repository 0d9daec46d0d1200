// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Runs many meetings, for `./noom deep simulation` and `./noom deep mutants`; one line of figures
/// at the end, or what broke.
final class SimulationRun {
    private static final Duration CROWD = Duration.ofSeconds(20);

    private SimulationRun() {}

    /// Runs them one after the other.
    ///
    /// @param arguments the first seed, how many, and `crowd` if they are meetings of a hundred
    public static void main(String[] arguments) {
        // A fault is told by its rule; the worker's log would only say it again.
        Logger.getLogger("noom.sfu.worker").setLevel(Level.OFF);
        long first = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        try {
            System.out.println(
                    arguments.length > 2 ? crowds(first, count) : meetings(first, count));
        } catch (RuleBroken broken) {
            System.out.println("found by " + broken.rule + " at seed " + broken.seed);
            System.out.println(broken.detail);
            if (Boolean.getBoolean("simulation.trace")) {
                broken.printStackTrace(System.out);
            }
            System.exit(1);
        }
    }

    private static String meetings(long first, int count) {
        long datagrams = 0;
        long nanos = 0;
        long shown = 0;
        long hash = 0;
        for (long seed = first; seed < first + count; seed++) {
            var outcome = Simulation.run(seed);
            datagrams += outcome.datagramCount();
            nanos += outcome.virtualNanos();
            shown += outcome.decodedCount();
            hash = 31 * hash + outcome.hash();
        }
        return "%,d meetings, 0 rules broken: %,d s of virtual time, %,d datagrams,"
                        .formatted(count, seconds(nanos), datagrams)
                + " %,d pictures and sounds shown, hash of all %016x".formatted(shown, hash);
    }

    private static String crowds(long first, int count) {
        long datagrams = 0;
        long nanos = 0;
        long shown = 0;
        long hash = 0;
        int floors = 0;
        var waits = new ArrayList<Long>();
        for (long seed = first; seed < first + count; seed++) {
            var outcome = Crowd.run(seed, Crowd.Size.HUNDRED, CROWD);
            datagrams += outcome.datagramCount();
            nanos += outcome.virtualNanos();
            shown += outcome.decodedCount();
            hash = 31 * hash + outcome.hash();
            floors += outcome.floorCount();
            waits.addAll(outcome.waits());
        }
        Collections.sort(waits);
        return "%,d crowds of %d with %d faces, 0 rules broken: %,d s of virtual time,"
                        .formatted(
                                count,
                                Crowd.Size.HUNDRED.people(),
                                Crowd.Size.HUNDRED.mostFaces(),
                                seconds(nanos))
                + " %,d datagrams, %,d pictures and sounds shown,".formatted(datagrams, shown)
                + " the floor moved %,d times, %,d faces came after".formatted(floors, waits.size())
                + " %d ms at the median, %d ms at the 99th percentile, %d ms at most,"
                        .formatted(millis(waits, 0.5), millis(waits, 0.99), millis(waits, 1))
                + " hash of all %016x".formatted(hash);
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds();
    }

    private static long millis(List<Long> sortedNanos, double quantile) {
        int at = (int) Math.ceil(quantile * sortedNanos.size()) - 1;
        return Duration.ofNanos(sortedNanos.get(Math.max(0, at))).toMillis();
    }
}
