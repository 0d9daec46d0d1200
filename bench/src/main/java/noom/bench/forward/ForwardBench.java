// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import noom.bench.forward.ForwardRun.Cost;
import noom.bench.forward.Forwarder.Kind;
import noom.bench.run.LineProcess;
import noom.rtc.srtp.SrtpContext;

/// `./noom bench sfu`: what forwarding a packet costs, beside the simplest program that does it.
///
/// Each run has a process for every kind. Once they are warm they take short turns, so that a
/// machine which is faster now than then does a favour to none of them. The median of all runs
/// counts.
public final class ForwardBench {
    private static final Path RESULTS = Path.of("results");
    private static final List<Integer> BURSTS = List.of(1, 4, 10);
    private static final int RUNS = 5;
    private static final long WARM_UP_PACKETS = 1_000_000;
    private static final int TURNS = 20;
    private static final long PACKETS_PER_TURN = 25_000;

    private ForwardBench() {}

    /// Measures, prints and keeps.
    public static void main(String[] args) throws IOException {
        boolean isBrief = args.length > 0 && args[0].equals("--micro");
        var today = LocalDate.now(ZoneId.systemDefault());
        var report =
                isBrief
                        ? measure(1, burst -> run(burst, 1_000, 2, 500), today)
                        : measure(
                                RUNS,
                                burst -> run(burst, WARM_UP_PACKETS, TURNS, PACKETS_PER_TURN),
                                today);
        System.out.print(report);
        if (!isBrief) {
            Files.createDirectories(RESULTS);
            Files.writeString(RESULTS.resolve("sfu-" + today + ".txt"), report);
        }
    }

    /// One run of all kinds.
    @FunctionalInterface
    interface Runner {
        /// What a packet cost each of them.
        ///
        /// @param burst packets that come in at once
        Map<Kind, Cost> run(int burst);
    }

    static String measure(int runs, Runner runner, LocalDate today) {
        var report = new StringBuilder();
        report.append("# ./noom bench sfu, ").append(today).append('\n');
        report.append(
                "# One stream in, %d receivers out, %d bytes; loopback, unread sockets.%n"
                        .formatted(FanOut.RECEIVERS, FanOut.PACKET_BYTES));
        report.append("# AES-128-GCM of ").append(SrtpContext.aesGcm()).append(".\n");
        report.append("# Processor time and memory of the forwarder's thread per packet out, ")
                .append("median of ")
                .append(runs)
                .append(runs == 1 ? " run.\n" : " interleaved runs.\n");
        for (int burst : BURSTS) {
            append(report, burst, costs(burst, runs, runner));
        }
        return report.toString();
    }

    private static Map<Kind, List<Cost>> costs(int burst, int runs, Runner runner) {
        var costs = new EnumMap<Kind, List<Cost>>(Kind.class);
        for (int run = 0; run < runs; run++) {
            runner.run(burst)
                    .forEach(
                            (kind, cost) ->
                                    costs.computeIfAbsent(kind, _ -> new ArrayList<>()).add(cost));
        }
        return costs;
    }

    private static void append(StringBuilder report, int burst, Map<Kind, List<Cost>> costs) {
        report.append("%nbursts of %d%n".formatted(burst));
        for (var kind : Kind.values()) {
            var nanos = nanos(costs, kind);
            report.append(
                    String.format(
                            Locale.ROOT,
                            "  %-9s %6.0f ns  %5.0f kpps a core  %5.0f bytes  "
                                    + "%.2f of naive  %.2f of skeleton  (%s)%n",
                            kind.name().toLowerCase(Locale.ROOT),
                            median(nanos),
                            1e6 / median(nanos),
                            median(costs.get(kind).stream().map(Cost::bytes).toList()),
                            median(ratios(nanos, nanos(costs, Kind.NAIVE))),
                            median(ratios(nanos, nanos(costs, Kind.SKELETON))),
                            nanos.stream()
                                    .map(each -> Long.toString(Math.round(each)))
                                    .collect(Collectors.joining(" "))));
        }
    }

    private static List<Double> nanos(Map<Kind, List<Cost>> costs, Kind kind) {
        return costs.get(kind).stream().map(Cost::nanos).toList();
    }

    /// Run by run, as what was measured together compares best.
    private static List<Double> ratios(List<Double> some, List<Double> others) {
        return IntStream.range(0, some.size())
                .mapToObj(run -> some.get(run) / others.get(run))
                .toList();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /// @param packets that leave in one turn of one kind
    static Map<Kind, Cost> run(int burst, long warmUpPackets, int turns, long packets) {
        var processes = new EnumMap<Kind, LineProcess>(Kind.class);
        try {
            for (var kind : Kind.values()) {
                processes.put(kind, start(kind, burst));
            }
            processes.values().forEach(process -> cost(process, warmUpPackets));
            var costs = new EnumMap<Kind, List<Cost>>(Kind.class);
            for (int turn = 0; turn < turns; turn++) {
                processes.forEach(
                        (kind, process) ->
                                costs.computeIfAbsent(kind, _ -> new ArrayList<>())
                                        .add(cost(process, packets)));
            }
            var means = new EnumMap<Kind, Cost>(Kind.class);
            costs.forEach((kind, all) -> means.put(kind, mean(all)));
            return means;
        } finally {
            processes.values().forEach(LineProcess::close);
        }
    }

    private static LineProcess start(Kind kind, int burst) {
        return LineProcess.start(
                kind.name(),
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwardRun.class.getName(),
                        kind.name(),
                        Integer.toString(burst)));
    }

    private static Cost cost(LineProcess process, long packets) {
        return Cost.of(process.ask(Long.toString(packets), "cost"));
    }

    private static Cost mean(List<Cost> costs) {
        return new Cost(
                costs.stream().mapToDouble(Cost::nanos).average().orElseThrow(),
                costs.stream().mapToDouble(Cost::bytes).average().orElseThrow());
    }
}
