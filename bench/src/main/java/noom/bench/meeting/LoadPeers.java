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
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import noom.bench.run.BenchException;
import noom.bench.run.Machine;

/// `./noom bench load`: what the server forwards before packets are lost, how long that takes it
/// at half of this, and whether it serves 500 receivers.
public final class LoadPeers {
    private static final Path RESULTS = Path.of("results");
    private static final double GROWTH = 1.5;
    private static final int STEPS = 5;
    private static final double MOST_ADDED_MILLIS = 1;

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
    /// @param rest between those who left and the measurement at half
    /// @param half how long half of it is measured
    /// @param consumers that are attempted in the end
    /// @param consumersPerMeeting how they are spread
    /// @param isAlone on a machine without other work, so that clients may give way to the server;
    ///     beside other work they would get no time at all
    record Plan(
            int firstMeetings,
            int mostMeetings,
            int receivers,
            int bitrateBps,
            Duration step,
            Duration rampLimit,
            Duration rest,
            Duration half,
            int consumers,
            int consumersPerMeeting,
            boolean isAlone) {
        static Plan full() {
            return new Plan(
                    10,
                    200,
                    10,
                    1_500_000,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(80),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    500,
                    50,
                    true);
        }

        static Plan micro() {
            return new Plan(
                    1,
                    2,
                    2,
                    300_000,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    4,
                    2,
                    false);
        }

        TrackShape track() {
            return TrackShape.camera(bitrateBps);
        }

        /// So many meetings of the ramp send half of that, as near as whole meetings allow.
        int meetingsAtHalf(double packetsPerSecond) {
            double ofMeeting = receivers * track().packetsPerSecond();
            return (int) Math.clamp(packetsPerSecond / 2 / ofMeeting, 1, mostMeetings);
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
            String title = "# ./noom bench load, " + today;
            title += isMicro ? " (not the full size)" : "";
            System.out.println(title);
            var plan = isMicro ? Plan.micro() : Plan.full();
            String report = title + "\n" + new LoadPeers(plan, System.out::println).run();
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
    ///
    /// @param javaOptions of the server's JVM
    String run(String... javaOptions) {
        say("machine  " + Machine.here());
        say("         " + itself().line());
        say(
                "clients  in one process on the same machine: two threads for media; for processors they");
        say("         " + (plan.isAlone ? "give way to" : "compete with") + " the server");
        say(
                "pictures VP8-like, 30 a second, each sent as one message, %,d bit/s"
                        .formatted(plan.bitrateBps));
        say(
                "delays   end where the kernel has the packet for its receiver; nothing lost is sent again");
        say("         messages are read as they were sent: a network card would have cut them up");
        onStage(this::ramp, javaOptions);
        onStage(this::consumers, javaOptions);
        return report.toString();
    }

    private void onStage(Consumer<Stage> part, String... javaOptions) {
        try (var stage = Stage.open(javaOptions)) {
            if (plan.isAlone) {
                stage.yieldToServer();
            }
            part.accept(stage);
        }
    }

    /// What this machine adds to delays while it has nothing else to do.
    private Absences itself() {
        try (var threads = Executors.newCachedThreadPool()) {
            int processors = Runtime.getRuntime().availableProcessors();
            return Absences.measure(threads, processors, plan.step);
        }
    }

    private void say(String line) {
        report.append(line).append('\n');
        progress.accept(line);
    }

    private void ramp(Stage stage) {
        say("");
        say("ramp: meetings of 1 who sends and %d who receive".formatted(plan.receivers));
        var meetings = new ArrayList<List<Peer>>();
        long limit = System.nanoTime() + plan.rampLimit.toNanos();
        double reached = 0;
        int next = plan.firstMeetings;
        Figures last;
        boolean isMore;
        do {
            isMore = add(stage, meetings, next, plan.receivers, limit);
            last = stage.measure(flat(meetings), plan.step);
            say("%3d meetings: %s".formatted(meetings.size(), last.line()));
            reached = Math.max(reached, last.deliveredPerSecond());
            next = (int) Math.min(Math.ceil(meetings.size() * GROWTH), plan.mostMeetings);
        } while (isMore && !last.isTooMuch() && meetings.size() < plan.mostMeetings);
        say(
                "reached: %,.0f packets/s, limited by %s"
                        .formatted(
                                reached, isMore ? last.limitedBy() : "how many join in the time"));
        atHalf(stage, meetings, reached);
    }

    /// More meetings, each of one who sends and some who receive.
    ///
    /// @return false if time was up, or somebody did not get in
    private boolean add(
            Stage stage, List<List<Peer>> meetings, int target, int receivers, long limit) {
        try {
            while (meetings.size() < target) {
                if (!meetings.isEmpty() && System.nanoTime() - limit > 0) {
                    return false;
                }
                meetings.add(stage.audience(receivers, plan.track()));
            }
            return true;
        } catch (BenchException e) {
            if (meetings.isEmpty()) {
                throw e;
            }
            say("no more get in: " + e.getMessage());
            return false;
        }
    }

    private void atHalf(Stage stage, List<List<Peer>> meetings, double reached) {
        int keep = Math.min(plan.meetingsAtHalf(reached), meetings.size());
        stage.leave(flat(meetings.subList(keep, meetings.size())));
        meetings.subList(keep, meetings.size()).clear();
        Stage.pause(plan.rest); // joins and leaves are not what is measured here
        var before = Proc.processors();
        var half = stage.measure(flat(meetings), plan.half);
        double stolen = Proc.processors().stolenSince(before);
        say("");
        say(
                "half: %d meetings, %,.0f packets/s, %.0f %% of what was reached"
                        .formatted(
                                keep,
                                half.deliveredPerSecond(),
                                100 * half.deliveredPerSecond() / reached));
        say("  " + half.line());
        say(
                String.format(
                        Locale.ROOT,
                        "  of the processors' time the machine below took %.2f %%",
                        100 * stolen));
        say("  through the server     " + delays(half.delays()));
        say("  straight to receivers  " + delays(half.direct()));
        double added = half.delays().percentileMillis(99) - half.direct().percentileMillis(99);
        say(
                String.format(
                        Locale.ROOT,
                        "  so the server adds %.2f ms at p99, queues of all included: %s",
                        added,
                        added < MOST_ADDED_MILLIS ? "below 1 ms" : "NOT below 1 ms"));
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
        var meetings = new ArrayList<List<Peer>>();
        long limit = System.nanoTime() + plan.rampLimit.toNanos();
        int most = plan.consumers / plan.consumersPerMeeting;
        int step = Math.ceilDiv(most, STEPS);
        Figures last;
        boolean isMore;
        do {
            // By steps, so that there is a figure even if not all get in.
            int target = Math.min(most, meetings.size() + step);
            isMore = add(stage, meetings, target, plan.consumersPerMeeting, limit);
            last = stage.measure(flat(meetings), plan.step);
            say(
                    "%3d consumers: %s"
                            .formatted(meetings.size() * plan.consumersPerMeeting, last.line()));
        } while (isMore && meetings.size() < most && !last.isTooMuch());
        boolean isServed = meetings.size() == most && !last.isTooMuch();
        say(
                isServed
                        ? "all are served"
                        : "not all are served: limited by "
                                + (isMore ? last.limitedBy() : "how many join in the time"));
    }

    private static List<Peer> flat(List<List<Peer>> meetings) {
        return meetings.stream().flatMap(List::stream).toList();
    }
}
