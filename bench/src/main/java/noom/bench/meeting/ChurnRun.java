// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import noom.bench.run.BenchException;
import noom.bench.run.Machine;

/// `./noom deep churn`: people join, send, receive and leave, or die without a word, for minutes;
/// the server must hold no more in the end than it did early on.
public final class ChurnRun {
    private static final Path RESULT = Path.of("results", "churn.txt");
    private static final int MINUTES = 10;
    private static final int GROUPS = 3;
    private static final int PEOPLE = 3;
    private static final int BITRATE_BPS = 300_000;
    private static final Duration STAY = Duration.ofSeconds(2);
    private static final int EVERY_DEATH = 4;
    private static final int EARLY = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofSeconds(60);

    /// Nothing to come back to but that nobody is there.
    private static final ServerMemory NOBODY =
            new ServerMemory(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0, 0, 0, Map.of());

    /// The dead are given up 30 s after their last word; their seats are kept for 2 minutes.
    private static final Duration AFTER = Duration.ofSeconds(150);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final double MOST_HEAP = 1.05;
    private static final double MOST_RESIDENT = 1.10;

    private final Duration minute;
    private final int minutes;
    private final Consumer<String> out;
    private final AtomicLong meetings = new AtomicLong();
    private final AtomicLong deaths = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();

    /// @param minute how long one is, which tests make short
    /// @param out hears each line
    ChurnRun(int minutes, Duration minute, Consumer<String> out) {
        this.minutes = minutes;
        this.minute = minute;
        this.out = out;
    }

    /// Runs, prints, and keeps what is of full length; exits with 1 if the server grows.
    ///
    /// @param args minutes, if not 10
    public static void main(String[] args) throws IOException {
        int minutes = args.length == 0 ? MINUTES : Integer.parseInt(args[0]);
        var report = new StringBuilder();
        var run =
                new ChurnRun(
                        minutes,
                        Duration.ofMinutes(1),
                        line -> {
                            System.out.println(line);
                            report.append(line).append('\n');
                        });
        try {
            boolean isGood = run.run();
            if (minutes >= MINUTES) {
                Files.createDirectories(RESULT.getParent());
                Files.writeString(RESULT, report);
            }
            System.exit(isGood ? 0 : 1);
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// Whether the server held no more in the end.
    boolean run() {
        out.accept("# ./noom deep churn, " + LocalDate.now(ZoneId.systemDefault()));
        out.accept("machine  " + Machine.here());
        out.accept(
                "churn    %d groups at a time: %d people join a meeting of their own, send sound and video for %d s, and leave; in each %dth they die instead"
                        .formatted(GROUPS, PEOPLE, STAY.toSeconds(), EVERY_DEATH));
        out.accept("         in a quiet minute nobody comes, and the dead have been given up");
        out.accept(ServerMemory.head());
        try (var stage = Stage.open()) {
            // classes are loaded and pools are filled before the start
            churnUntil(stage, System.nanoTime() + WARM_UP.toNanos());
            var start = settled(stage, FIRST, NOBODY);
            out.accept(start.line("start"));
            int earlyMinute = Math.min(EARLY, minutes);
            churnMinutes(stage, 1, earlyMinute);
            var early = settled(stage, AFTER, NOBODY);
            out.accept(early.line("quiet " + earlyMinute));
            churnMinutes(stage, earlyMinute + 1, minutes);
            var last = settled(stage, AFTER, start);
            out.accept(last.line("quiet " + minutes));
            out.accept(
                    "%,d meetings, %,d of them died, %,d packets arrived"
                            .formatted(meetings.get(), deaths.get(), packets.get()));
            return judge(start, early, last);
        }
    }

    private void churnMinutes(Stage stage, int from, int to) {
        for (int i = from; i <= to; i++) {
            churnUntil(stage, System.nanoTime() + minute.toNanos());
            out.accept(ServerMemory.of(stage.server()).line("minute " + i));
        }
    }

    private void churnUntil(Stage stage, long endNanos) {
        Executor threads = Executors.newVirtualThreadPerTaskExecutor();
        var groups = new CompletableFuture<?>[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = CompletableFuture.runAsync(() -> churn(stage, endNanos), threads);
        }
        try {
            CompletableFuture.allOf(groups).join();
        } catch (CompletionException e) {
            throw new BenchException("a group fell apart: " + e.getCause());
        }
        stage.checkTrouble();
    }

    private void churn(Stage stage, long endNanos) {
        while (System.nanoTime() < endNanos) {
            boolean dies = meetings.incrementAndGet() % EVERY_DEATH == 0;
            if (dies) {
                deaths.incrementAndGet();
            }
            packets.addAndGet(group(stage, dies));
        }
    }

    /// One meeting from beginning to end.
    ///
    /// @return packets that arrived
    private static long group(Stage stage, boolean dies) {
        var peers = stage.call(PEOPLE, TrackShape.voice(), TrackShape.camera(BITRATE_BPS));
        Stage.pause(STAY);
        long arrived =
                stage.receivers()
                        .ask(
                                () ->
                                        peers.stream()
                                                .flatMap(peer -> peer.streams().stream())
                                                .mapToLong(ReceivedStream::total)
                                                .sum())
                        .join();
        if (dies) {
            peers.forEach(Peer::close);
        } else {
            stage.leave(peers);
        }
        return arrived;
    }

    /// When nothing is left of those who were there, and no more files and threads than before; or
    /// after the longest time that it may take.
    private static ServerMemory settled(Stage stage, Duration atMost, ServerMemory before) {
        long limit = System.nanoTime() + atMost.toNanos();
        var now = ServerMemory.of(stage.server());
        while (System.nanoTime() < limit && !now.isBackAt(before)) {
            Stage.pause(LOOK_AGAIN);
            now = ServerMemory.of(stage.server());
        }
        return now;
    }

    private boolean judge(ServerMemory start, ServerMemory early, ServerMemory last) {
        boolean isHeapGood = ratio("heap", early.heapKib(), last.heapKib(), MOST_HEAP);
        boolean isResidentGood =
                ratio("RSS", early.residentKib(), last.residentKib(), MOST_RESIDENT);
        boolean isBack = last.isBackAt(start);
        out.accept(
                isBack
                        ? "files, threads, transports, routers, meetings and handshakes: back at start"
                        : "NOT all back at start; open files were " + start.kinds());
        if (!isBack) {
            out.accept("and are " + last.kinds());
        }
        return isHeapGood && isResidentGood && isBack;
    }

    private boolean ratio(String what, long early, long last, double most) {
        double ratio = (double) last / early;
        boolean isGood = ratio <= most;
        out.accept(
                String.format(
                        Locale.ROOT,
                        "%s of minute %d to that of minute %d: %.3f, %s %.2f",
                        what,
                        minutes,
                        Math.min(EARLY, minutes),
                        ratio,
                        isGood ? "at most" : "MORE THAN",
                        most));
        return isGood;
    }
}
