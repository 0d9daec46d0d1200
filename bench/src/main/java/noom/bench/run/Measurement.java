// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Measures both servers by turns, so that what else the machine does meets both alike.
final class Measurement {
    private final Plan plan;
    private final Consumer<String> progress;
    private final Sides<List<Sample.Load>> rate = Sides.each(_ -> new ArrayList<>());
    private final Sides<List<Sample.Load>> burst = Sides.each(_ -> new ArrayList<>());
    private final Sides<List<Sample.Idle>> idle = Sides.each(_ -> new ArrayList<>());

    /// @param progress hears a line for each step
    Measurement(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Results run() {
        Sides<String> versions;
        Sides<Long> delivered;
        try (var java = Rig.start(Side.JAVA);
                var node = Rig.start(Side.NODE)) {
            var rigs = new Sides<>(java, node);
            broadcasts(rigs);
            versions = Sides.each(side -> rigs.of(side).versions());
            delivered = Sides.each(side -> rigs.of(side).events());
        }
        for (int run = 1; plan.hasIdle() && run <= plan.idleRuns(); run++) {
            for (var side : Side.values()) {
                idleSockets(side, run);
            }
        }
        return new Results(versions, delivered, rate, burst, idle);
    }

    private void broadcasts(Sides<Rig> rigs) {
        for (var side : Side.values()) {
            rigs.of(side).openUntil(plan.clients());
        }
        for (int run = 1 - plan.warmUps(); run <= plan.runs(); run++) {
            for (var side : Side.values()) {
                broadcasts(side, rigs.of(side), run);
            }
        }
        for (var side : Side.values()) {
            rigs.of(side).checkNothingMore();
        }
    }

    private void broadcasts(Side side, Rig rig, int run) {
        var steady = rig.run(plan.rate());
        var fast = rig.run(plan.burst());
        boolean isWarmUp = run <= 0;
        progress.accept(
                "%s %s: rate %.2f, burst %.2f CPU seconds per million"
                        .formatted(
                                side.title(),
                                isWarmUp ? "warm-up" : "run " + run,
                                steady.cpuPerMillion(),
                                fast.cpuPerMillion()));
        if (!isWarmUp) {
            rate.of(side).add(steady);
            burst.of(side).add(fast);
        }
    }

    private void idleSockets(Side side, int run) {
        try (var rig = Rig.start(side)) {
            rig.openUntil(plan.clients());
            var before = rig.memory(plan.settle());
            rig.openUntil(plan.idleSockets());
            var after = rig.memory(plan.settle());
            rig.checkNothingMore();
            var sample = new Sample.Idle(plan.idleSockets() - plan.clients(), before, after);
            idle.of(side).add(sample);
            progress.accept(
                    "%s run %d: %.1f KiB per socket"
                            .formatted(side.title(), run, sample.residentKibPerSocket()));
        }
    }
}
