// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Runs many meetings, for `./noom deep simulation` and `./noom deep mutants`; one line of figures
/// at the end, or what broke.
final class SimulationRun {
    private SimulationRun() {}

    /// Runs them one after the other.
    ///
    /// @param arguments the first seed, and how many
    public static void main(String[] arguments) {
        // A fault is told by its rule; the worker's log would only say it again.
        Logger.getLogger("noom.sfu.worker").setLevel(Level.OFF);
        long first = Long.parseLong(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        long datagrams = 0;
        long nanos = 0;
        long shown = 0;
        long hash = 0;
        for (long seed = first; seed < first + count; seed++) {
            try {
                var outcome = Simulation.run(seed);
                datagrams += outcome.datagramCount();
                nanos += outcome.virtualNanos();
                shown += outcome.decodedCount();
                hash = 31 * hash + outcome.hash();
            } catch (RuleBroken broken) {
                System.out.println("found by " + broken.rule + " at seed " + seed);
                System.out.println(broken.detail);
                if (Boolean.getBoolean("simulation.trace")) {
                    broken.printStackTrace(System.out);
                }
                System.exit(1);
            }
        }
        System.out.printf(
                "%,d meetings, 0 rules broken: %,d s of virtual time, %,d datagrams,"
                        + " %,d pictures and sounds shown, hash of all %016x%n",
                count, nanos / 1_000_000_000L, datagrams, shown, hash);
    }
}
