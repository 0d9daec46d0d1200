// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.time.LocalDate;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The results as text.
final class Report {
    private final Formatter text = new Formatter(Locale.ROOT);

    private Report() {}

    static String of(Plan plan, Machine machine, LocalDate date, Results results) {
        var report = new Report();
        report.head(plan, machine, date, results);
        if (plan.runs() > 0) {
            report.load(
                    "rate: %d broadcasts, %d a second"
                            .formatted(plan.rate().broadcasts(), plan.rate().perSecond()),
                    results.rate());
            report.load(
                    "burst: %d broadcasts, as fast as the server takes them"
                            .formatted(plan.burst().broadcasts()),
                    results.burst());
        }
        if (plan.hasIdle()) {
            report.idle(plan, results.idle());
        }
        return report.text.toString();
    }

    private void head(Plan plan, Machine machine, LocalDate date, Results results) {
        text.format("# ./noom bench socketio, %s", date);
        text.format("%s%n%n", plan.isFull() ? "" : " (not the full size)");
        text.format("machine  %s%n", machine);
        text.format("Java     %s; 2 event loops%n", results.versions().java());
        text.format("         %s%n", String.join(" ", Side.JAVA_FLAGS));
        text.format("Node     %s%n", results.versions().node());
        text.format("load     %,d WebSocket clients in one room, an event with", plan.clients());
        text.format(" a text of 100 bytes%n");
        text.format("         their processes share the machine; their time is not counted%n");
        text.format("runs     %d by turns", plan.runs());
        text.format(" after %d that do not count", plan.warmUps());
        text.format("; memory: %d by turns, each", plan.hasIdle() ? plan.idleRuns() : 0);
        text.format(" on a new process%n");
        text.format("events   Java %,d, ", results.delivered().java());
        text.format("Node %,d: ", results.delivered().node());
        text.format("each was heard once, no connection lost%n");
    }

    private void load(String title, Sides<List<Sample.Load>> samples) {
        text.format("%n%s%n", title);
        text.format("server  run     CPU s per million    user  system  messages per second%n");
        for (var side : Side.values()) {
            var runs = samples.of(side);
            for (int i = 0; i < runs.size(); i++) {
                load(side, Integer.toString(i + 1), List.of(runs.get(i)));
            }
            load(side, "median", runs);
        }
        text.format(
                "Java / Node: CPU %.2f, messages per second %.2f%n",
                ratio(samples, Sample.Load::cpuPerMillion),
                ratio(samples, Sample.Load::messagesPerSecond));
    }

    private void load(Side side, String run, List<Sample.Load> samples) {
        text.format(
                "%-6s  %-6s %18.2f  %6.2f  %6.2f  %,19.0f%n",
                side.title(),
                run,
                Sample.median(samples, Sample.Load::cpuPerMillion),
                Sample.median(samples, Sample.Load::userPerMillion),
                Sample.median(samples, Sample.Load::systemPerMillion),
                Sample.median(samples, Sample.Load::messagesPerSecond));
    }

    private void idle(Plan plan, Sides<List<Sample.Idle>> samples) {
        text.format("%nmemory: the resident set's growth from %,d", plan.clients());
        text.format(" to %,d idle sockets, each after a collection%n", plan.idleSockets());
        text.format("server  run     KiB per socket  in the heap  MiB before  MiB after%n");
        for (var side : Side.values()) {
            var runs = samples.of(side);
            for (int i = 0; i < runs.size(); i++) {
                idle(side, Integer.toString(i + 1), List.of(runs.get(i)));
            }
            idle(side, "median", runs);
        }
        text.format("Java / Node: %.2f%n", ratio(samples, Sample.Idle::residentKibPerSocket));
    }

    private void idle(Side side, String run, List<Sample.Idle> samples) {
        text.format(
                "%-6s  %-6s %15.1f  %11.1f  %10.1f  %9.1f%n",
                side.title(),
                run,
                Sample.median(samples, Sample.Idle::residentKibPerSocket),
                Sample.median(samples, Sample.Idle::heapKibPerSocket),
                Sample.median(samples, sample -> sample.before().residentKib() / 1024.0),
                Sample.median(samples, sample -> sample.after().residentKib() / 1024.0));
    }

    private static <S extends Sample> double ratio(
            Sides<List<S>> samples, ToDoubleFunction<S> value) {
        return Sample.median(samples.java(), value) / Sample.median(samples.node(), value);
    }
}
