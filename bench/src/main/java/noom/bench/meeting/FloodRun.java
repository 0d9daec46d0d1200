// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import noom.bench.run.BenchException;
import noom.bench.run.Machine;

/// `./noom deep flood`: a call of two while somebody sends garbage to the port of all media.
public final class FloodRun {
    private static final Path RESULT = Path.of("results", "flood.txt");
    private static final int SECONDS = 60;
    private static final int PER_SECOND = 50_000;
    private static final int BITRATE_BPS = 1_500_000;
    private static final double PERCENT = 100;

    private FloodRun() {}

    /// Runs, prints, and keeps what is of full length; exits with 1 if the call suffers.
    ///
    /// @param args seconds, if not 60
    public static void main(String[] args) throws IOException {
        try {
            int seconds = args.length == 0 ? SECONDS : Integer.parseInt(args[0]);
            var outcome = run(Duration.ofSeconds(seconds), PER_SECOND);
            System.out.print(outcome.report);
            if (seconds >= SECONDS) {
                Files.createDirectories(RESULT.getParent());
                Files.writeString(RESULT, outcome.report);
            }
            System.exit(outcome.isGood ? 0 : 1);
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// What came of it.
    record Outcome(String report, boolean isGood, long garbage, long strange) {}

    static Outcome run(Duration length, int perSecond, String... javaOptions) {
        try (var stage = Stage.open(javaOptions)) {
            var peers = stage.call(2, TrackShape.voice(), TrackShape.camera(BITRATE_BPS));
            var before = stage.measure(peers, length.dividedBy(4));
            long strangeBefore = strange(stage);
            Figures during;
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.port());
            var sender = GarbageSender.start(to, perSecond);
            long start = System.nanoTime();
            try (sender) {
                during = stage.measure(peers, length);
            }
            long garbage = sender.sentCount();
            double seconds = (System.nanoTime() - start) / 1e9;
            long strange = strange(stage) - strangeBefore;
            boolean isGood = during.loss() < Figures.MOST_LOSS;
            String report =
                    String.join(
                            "\n",
                            "# ./noom deep flood, " + LocalDate.now(ZoneId.systemDefault()),
                            "machine  " + Machine.here(),
                            "call     two load clients, sound and 1.5 Mbit/s of video each way;",
                            "         nothing lost is sent again",
                            "garbage  STUN-, DTLS- and RTP-like by turns, from 200 ports, by a",
                            "         thread of the clients' process: its CPU is among theirs",
                            "quiet    " + before.line(),
                            "flooded  " + during.line(),
                            "");
            return new Outcome(
                    report + verdict(garbage, seconds, strange, during), isGood, garbage, strange);
        }
    }

    private static String verdict(long garbage, double seconds, long strange, Figures during) {
        return String.format(
                Locale.ROOT,
                "%,d datagrams of garbage in %.1f s: %,.0f a second; the server took in %,d of them and knew them for strange%ncall loss %.3f %% of %,d packets: %s%n",
                garbage,
                seconds,
                garbage / seconds,
                strange,
                during.loss() * PERCENT,
                during.expected(),
                during.loss() < Figures.MOST_LOSS ? "below 0.5 %" : "NOT below 0.5 %");
    }

    /// Datagrams that the server has seen and that were nobody's.
    private static long strange(Stage stage) {
        return stage.server().state().getJsonArray("workers").stream()
                .mapToLong(worker -> ((JsonObject) worker).getLong("strangeDatagrams"))
                .sum();
    }
}
