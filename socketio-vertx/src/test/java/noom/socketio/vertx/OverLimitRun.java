// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import noom.socketio.EventRate;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.SocketLimits;

/// Attackers over every limit while a bystander echoes every 100 ms: the attackers get the refusal
/// that is documented, the bystander sees no error.
///
/// Run with the number of rounds as argument; prints the result as text.
public final class OverLimitRun {
    private static final String FRESH = "?EIO=4&transport=websocket";

    private OverLimitRun() {}

    /// What came of it.
    ///
    /// @param refusals documented refusals that attackers got
    /// @param expected how many they should have got
    /// @param echoes answers that the bystander got
    /// @param bystanderErrors answers that it did not get, or got wrong
    /// @param slowestMillis the bystander's longest wait
    record Result(
            int refusals, int expected, int echoes, int bystanderErrors, long slowestMillis) {}

    /// Runs and prints; the exit code is 1 if anything was not as it should be.
    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? 100 : Integer.parseInt(args[0]);
        var result = run(rounds);
        System.out.printf(
                "over-limit: %d rounds, %d of %d refusals as documented; bystander: %d echoes, %d errors, slowest %d ms%n",
                rounds,
                result.refusals,
                result.expected,
                result.echoes,
                result.bystanderErrors,
                result.slowestMillis);
        System.exit(result.refusals == result.expected && result.bystanderErrors == 0 ? 0 : 1);
    }

    static SocketIoServer limitedServer() {
        var rate = new EventRate(50, 100, 3, Duration.ofSeconds(60));
        var limits =
                SocketLimits.DEFAULT
                        .withMaxRooms(20)
                        .withMaxNamespaces(4)
                        .withMaxPendingAcks(256)
                        .withAttachmentTimeout(Duration.ofSeconds(10))
                        .withEventRate(rate);
        var io = new SocketIoServer(SocketIoConfig.defaults().with(limits));
        io.onConnection(
                socket -> {
                    socket.on("echo", event -> event.ack(event.get(0)));
                    socket.on(
                            "join",
                            event -> {
                                socket.join(event.string(0));
                                event.ack("in");
                            });
                });
        return io;
    }

    static Result run(int rounds) throws Exception {
        try (var server = TestServer.of(limitedServer());
                var client = new WireClient(server, "/socket.io/")) {
            var bystander = new Bystander(client);
            var watching = Thread.ofPlatform().name("bystander").start(bystander);
            var refusals = 0;
            for (int i = 0; i < rounds; i++) {
                refusals += isBodyRefused(client) ? 1 : 0;
                refusals += areEventsRefused(client) ? 1 : 0;
                refusals += areRoomsRefused(client) ? 1 : 0;
                refusals += isMessageRefused(client) ? 1 : 0;
            }
            bystander.enough = true;
            watching.join(Duration.ofSeconds(60));
            return new Result(
                    refusals,
                    4 * rounds,
                    bystander.echoes.get(),
                    bystander.errors.get(),
                    bystander.slowestMillis);
        }
    }

    private static boolean isBodyRefused(WireClient client) throws Exception {
        var body = "4" + "x".repeat(1_000_000);
        return client.post(client.openPolling(), body).statusCode() == 413;
    }

    private static boolean isMessageRefused(WireClient client) throws Exception {
        var frames = client.webSocket(FRESH);
        var _ = frames.socket.sendText("4" + "x".repeat(1_000_000), true);
        return frames.untilClosed().equals("closed");
    }

    private static boolean areEventsRefused(WireClient client) throws Exception {
        var frames = connect(client);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            frames.socket.sendText("42" + i + "[\"echo\",1]", true).handle((_, _) -> null).join();
        }
        for (var answer = frames.next(); !answer.equals("closed"); answer = frames.next()) {
            refused += answer.endsWith("[{\"error\":\"rate-limited\"}]") ? 1 : 0;
        }
        return refused >= 2; // the third strike closes, maybe before its answer
    }

    private static boolean areRoomsRefused(WireClient client) throws Exception {
        var frames = connect(client);
        for (int i = 0; i < 20; i++) {
            var answer = frames.say("42" + i + "[\"join\",\"room " + i + "\"]").next();
            if (!answer.equals("43" + i + "[\"in\"]")) {
                return false;
            }
        }
        var refusal = frames.say("4220[\"join\",\"one more\"]").next();
        frames.socket.abort();
        return refusal.equals("4320[{\"error\":\"too-many-rooms\"}]");
    }

    private static WireClient.Frames connect(WireClient client) throws Exception {
        var frames = client.webSocket(FRESH);
        frames.next();
        frames.say("40").next();
        return frames;
    }

    private static final class Bystander implements Runnable {
        private static final long ECHO_MILLIS = 100;

        private final WireClient.Frames frames;
        private final AtomicInteger echoes = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();
        private volatile long slowestMillis;
        private volatile boolean enough;

        Bystander(WireClient client) throws Exception {
            frames = connect(client);
        }

        @Override
        public void run() {
            var pause = new java.util.concurrent.CountDownLatch(1);
            try {
                for (int i = 0; !enough; i++) {
                    long start = System.nanoTime();
                    var answer = frames.say("42" + i + "[\"echo\",\"" + i + "\"]").next();
                    long tookMillis = (System.nanoTime() - start) / 1_000_000;
                    slowestMillis = Math.max(slowestMillis, tookMillis);
                    if (answer.equals("43" + i + "[\"" + i + "\"]")) {
                        echoes.incrementAndGet();
                    } else {
                        errors.incrementAndGet();
                    }
                    pause.await(ECHO_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (Exception | AssertionError _) {
                errors.incrementAndGet();
            }
        }
    }
}
