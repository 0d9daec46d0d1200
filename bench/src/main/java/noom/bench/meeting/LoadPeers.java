// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import noom.bench.run.BenchException;
import noom.bench.run.Machine;

/// `./noom bench load`: what the server forwards before packets are lost, how long that takes it
/// at half of this, and whether it serves 500 receivers.
public final class LoadPeers {
    private static final Path RESULTS = Path.of("results");
    private static final double GROWTH = 1.4;

    private final Plan plan;
    private final StringBuilder report = new StringBuilder();
    private final Consumer<String> progress;

    /// How large.
    ///
    /// @param firstMeetings that the ramp begins with
    /// @param mostMeetings where it ends in any case
    /// @param receivers of each meeting of the ramp
    /// @param step how long each step is measured
    /// @param rampLimit no step begins later than this
    /// @param half how long half of it is measured
    /// @param consumers that are attempted in the end
    /// @param consumersPerMeeting how they are spread
    record Plan(
            int firstMeetings,
            int mostMeetings,
            int receivers,
            int bitrateBps,
            Duration step,
            Duration rampLimit,
            Duration half,
            int consumers,
            int consumersPerMeeting) {
        static Plan full() {
            return new Plan(
                    4,
                    120,
                    10,
                    1_500_000,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(20),
                    500,
                    50);
        }

        static Plan micro() {
            return new Plan(
                    1,
                    2,
                    2,
                    300_000,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    4,
                    2);
        }
    }

    LoadPeers(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Measures and prints; a measurement of the full size is kept.
    public static void main(String[] args) throws IOException {
        boolean isMicro = List.of(args).contains("--micro");
        try {
            var today = LocalDate.now(ZoneId.systemDefault());
            var title = "# ./noom bench load, " + today + (isMicro ? " (not the full size)" : "");
            var plan = isMicro ? Plan.micro() : Plan.full();
            var report = title + "\n" + new LoadPeers(plan, System.err::println).run();
            System.out.print(report);
            if (!isMicro) {
                Files.createDirectories(RESULTS);
                Files.writeString(RESULTS.resolve("sfu-load-" + today + ".txt"), report);
            }
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// Measures all, and tells the results as text.
    String run() {
        say("machine  " + Machine.here());
        say("clients  in one process on the same machine: two threads for media, which take from");
        say(
                "         the same cores as the server. Nothing lost is sent again. VP8-like, pictures");
        say("         of %,d bit/s in bursts, 30 a second.".formatted(plan.bitrateBps));
        try (var stage = Stage.open()) {
            ramp(stage);
        }
        try (var stage = Stage.open()) {
            consumers(stage);
        }
        return report.toString();
    }

    private void say(String line) {
        report.append(line).append('\n');
        progress.accept(line);
    }

    private void ramp(Stage stage) {
        say("");
        say("ramp: meetings of 1 who sends and %d who receive".formatted(plan.receivers));
        var camera = TrackShape.camera(plan.bitrateBps);
        var meetings = new ArrayList<List<Peer>>();
        long limit = System.nanoTime() + plan.rampLimit.toNanos();
        double reached = 0;
        double next = plan.firstMeetings;
        Figures last;
        do {
            while (meetings.size() < next) {
                meetings.add(stage.audience(plan.receivers, camera));
            }
            last = stage.measure(flat(meetings), plan.step);
            say("%3d meetings: %s".formatted(meetings.size(), last.line()));
            reached = Math.max(reached, last.deliveredPerSecond());
            next = Math.min(Math.ceil(meetings.size() * GROWTH), plan.mostMeetings);
        } while (!last.isTooMuch()
                && meetings.size() < plan.mostMeetings
                && System.nanoTime() < limit);
        say("reached: %,.0f packets/s, limited by %s".formatted(reached, last.limitedBy()));
        atHalf(stage, meetings, last);
    }

    /// Half of the packets that came last, as near as whole meetings allow.
    private void atHalf(Stage stage, List<List<Peer>> meetings, Figures last) {
        int keep = Math.max(1, meetings.size() / 2);
        var gone = new ArrayList<>(meetings.subList(keep, meetings.size()));
        stage.leave(flat(gone));
        meetings.subList(keep, meetings.size()).clear();
        Stage.pause(plan.step);
        var half = stage.measure(flat(meetings), plan.half);
        say("");
        say(
                "half: %d meetings, %,.0f packets/s, %.0f %% of what was reached"
                        .formatted(
                                keep,
                                half.deliveredPerSecond(),
                                100 * half.deliveredPerSecond() / last.deliveredPerSecond()));
        say("  " + half.line());
        say("  through the server     " + delays(half.delays()));
        say("  straight to receivers  " + delays(half.direct()));
        double added = half.delays().percentileMillis(99) - half.direct().percentileMillis(99);
        say(
                String.format(
                        Locale.ROOT,
                        "  so the server adds %.2f ms at p99, its queues and the kernel's included",
                        added));
    }

    private static String delays(Delays delays) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms  p90 %.2f ms  p99 %.2f ms  of %,d packets",
                delays.percentileMillis(50),
                delays.percentileMillis(90),
                delays.percentileMillis(99),
                delays.count());
    }

    private void consumers(Stage stage) {
        say("");
        say(
                "consumers: %d of %,d bit/s, meetings of 1 who sends and %d who receive"
                        .formatted(plan.consumers, plan.bitrateBps, plan.consumersPerMeeting));
        var camera = TrackShape.camera(plan.bitrateBps);
        var meetings = new ArrayList<List<Peer>>();
        int fifth = Math.ceilDiv(plan.consumers, 5);
        Figures last;
        do {
            // By fifths, so that there is a figure even if not all get in.
            int target = Math.min(plan.consumers, consumerCount(meetings) + fifth);
            while (consumerCount(meetings) < target) {
                int count = Math.min(plan.consumersPerMeeting, target - consumerCount(meetings));
                meetings.add(stage.audience(count, camera));
            }
            last = stage.measure(flat(meetings), plan.step);
            say("%3d consumers: %s".formatted(consumerCount(meetings), last.line()));
        } while (consumerCount(meetings) < plan.consumers && !last.isTooMuch());
        say(
                consumerCount(meetings) == plan.consumers && !last.isTooMuch()
                        ? "all are served"
                        : "not all are served: limited by " + last.limitedBy());
    }

    private static int consumerCount(List<List<Peer>> meetings) {
        return meetings.stream().mapToInt(peers -> peers.size() - 1).sum();
    }

    private static List<Peer> flat(List<List<Peer>> meetings) {
        return meetings.stream().flatMap(List::stream).toList();
    }
}
