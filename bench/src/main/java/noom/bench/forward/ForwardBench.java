// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import noom.bench.forward.ForwardRun.Cost;
import noom.bench.forward.Forwarder.Kind;

/// `./noom bench sfu`: what forwarding a packet costs, beside the simplest program that does it.
///
/// The kinds take turns, each run is a process of its own, and the median of all runs counts.
public final class ForwardBench {
    private static final Path RESULTS = Path.of("results");
    private static final List<Integer> BURSTS = List.of(1, 4, 10);
    private static final int RUNS = 5;
    private static final long WARM_UP_PACKETS = 1_000_000;
    private static final long PACKETS = 500_000;

    private ForwardBench() {}

    /// Measures, prints and keeps.
    public static void main(String[] args) throws IOException {
        boolean isBrief = args.length > 0 && args[0].equals("--micro");
        var today = LocalDate.now(ZoneId.systemDefault());
        long packets = isBrief ? 1_000 : PACKETS;
        var report = measure(isBrief ? 1 : RUNS, (kind, burst) -> run(kind, burst, packets), today);
        System.out.print(report);
        if (!isBrief) {
            Files.createDirectories(RESULTS);
            Files.writeString(RESULTS.resolve("sfu-" + today + ".txt"), report);
        }
    }

    /// One run of one kind.
    @FunctionalInterface
    interface Runner {
        /// Measures it.
        ///
        /// @param burst packets that come in at once
        Cost run(Kind kind, int burst);
    }

    static String measure(int runs, Runner runner, LocalDate today) {
        var report = new StringBuilder();
        report.append("# ./noom bench sfu, ").append(today).append('\n');
        report.append(
                "# One stream in, %d receivers out, %d bytes, AES-128-GCM; loopback, unread sockets.%n"
                        .formatted(FanOut.RECEIVERS, FanOut.PACKET_BYTES));
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
            for (var kind : Kind.values()) {
                costs.computeIfAbsent(kind, _ -> new ArrayList<>()).add(runner.run(kind, burst));
            }
        }
        return costs;
    }

    private static void append(StringBuilder report, int burst, Map<Kind, List<Cost>> costs) {
        double naive = median(costs.get(Kind.NAIVE).stream().map(Cost::nanos).toList());
        report.append("%nbursts of %d%n".formatted(burst));
        costs.forEach(
                (kind, all) -> {
                    double nanos = median(all.stream().map(Cost::nanos).toList());
                    report.append(
                            String.format(
                                    Locale.ROOT,
                                    "  %-9s %6.0f ns  %5.0f kpps a core  %5.0f bytes  %.2f of naive  (%s)%n",
                                    kind.name().toLowerCase(Locale.ROOT),
                                    nanos,
                                    1e6 / nanos,
                                    median(all.stream().map(Cost::bytes).toList()),
                                    nanos / naive,
                                    all.stream()
                                            .map(c -> Long.toString(Math.round(c.nanos())))
                                            .collect(java.util.stream.Collectors.joining(" "))));
                });
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /// In a process of its own.
    static Cost run(Kind kind, int burst, long packets) {
        var command =
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForwardRun.class.getName(),
                        kind.name(),
                        Integer.toString(burst),
                        Long.toString(Math.min(WARM_UP_PACKETS, 2 * packets)),
                        Long.toString(packets));
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(kind + " failed");
            }
            var figures = said.strip().split(" ", -1);
            return new Cost(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
