// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import noom.socketio.DisconnectReason;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.engine.OutputLimits;

/// One member of a room stops reading its socket, over real TCP. What waits for it is bounded,
/// it is closed, the others miss nothing, and when it comes back it gets what it missed.
///
/// Three phases: all read; one does not, until the server closes it; it is back. Run without
/// arguments for the figures, printed as text.
final class SlowConsumerRun implements AutoCloseable {
    static final int MAX_UNSENT_BYTES = 1 << 20;
    private static final int EVENT_BYTES = 10_000;
    private static final int SEND_BUFFER_BYTES = 64 << 10;
    private static final int MAX_MISSED = 4_000;
    private static final Duration PACE = Duration.ofMillis(50);

    private final CompletableFuture<DisconnectReason> slowLeft = new CompletableFuture<>();
    private final CompletableFuture<String> slowJoined = new CompletableFuture<>();
    private final int members;
    private final CountDownLatch joined;
    private final SocketIoServer io;
    private final UnsentBytes unsent;
    private final TestServer server;
    private final List<RoomReader> others = new ArrayList<>();
    private final String text = "x".repeat(EVENT_BYTES);
    private int sent;

    /// What came of it.
    ///
    /// @param reason why the slow one was disconnected
    /// @param sent events, all of which everybody should have got
    /// @param complete members that got every event once and in order, the slow one among them
    /// @param sentWhileSlow events of the second phase
    /// @param maxUnsentBytes most that ever waited in the slow one's session
    /// @param maxChannelBytes most that waited in its channel besides
    /// @param recovered whether it came back as who it was
    /// @param allReading delays of the others while all read
    /// @param oneSlow delays of the others while one did not
    record Result(
            DisconnectReason reason,
            int sent,
            int complete,
            int sentWhileSlow,
            long maxUnsentBytes,
            long maxChannelBytes,
            boolean recovered,
            Delays allReading,
            Delays oneSlow) {}

    SlowConsumerRun(int members) {
        var defaults = SocketIoConfig.defaults();
        var output = new OutputLimits(MAX_UNSENT_BYTES, Integer.MAX_VALUE, Duration.ofDays(1));
        var recovery = RecoverySettings.ON.withLimits(MAX_MISSED, 128 << 20, 256 << 20);
        this.members = members;
        this.joined = new CountDownLatch(members);
        this.io = new SocketIoServer(defaults.with(defaults.engine().with(output)).with(recovery));
        io.onConnection(this::join);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TestServer.LOOPS));
        this.unsent = new UnsentBytes(io);
        var engine = new EngineHandler(vertx, io.config().engine(), unsent);
        var options = SocketIoHandler.serverOptions(io.config());
        options.setSendBufferSize(SEND_BUFFER_BYTES); // else the kernel waits for the slow one
        this.server = TestServer.watched(vertx, options, engine, unsent::see, TestServer.LOOPS);
    }

    private void join(noom.socketio.Socket socket) {
        socket.join("room");
        socket.on(
                "slow",
                _ -> {
                    socket.onDisconnect(slowLeft::complete);
                    slowJoined.complete(socket.id());
                });
        joined.countDown();
    }

    /// @param paced whether 20 events a second are sent; else the next one is, as soon as all who
    ///     read have got the last
    /// @param perPhase events before somebody stops reading, and after it has come back
    Result run(boolean paced, int perPhase) throws Exception {
        while (others.size() < members - 1) {
            others.add(RoomReader.connect(server));
        }
        var slow = new RawWebSocket(server, "");
        slow.write("40");
        var history = new RoomHistory(slow.readMessage().text());
        slow.write("42[\"slow\"]");
        slowJoined.get(30, TimeUnit.SECONDS);
        joined.await(30, TimeUnit.SECONDS);
        unsent.watch(slow.localPort());

        for (int i = 0; i < perPhase; i++) {
            broadcast(paced);
            history.take(slow.readMessage().text());
        }
        int before = sent;
        while (!slowLeft.isDone() && sent < before + MAX_MISSED / 2) {
            broadcast(paced);
        }
        var reason = slowLeft.get(30, TimeUnit.SECONDS);
        int after = sent;
        slow.close();
        boolean recovered = comeBack(history, perPhase, paced);
        for (var other : others) {
            other.awaitCount(sent);
        }
        long complete = others.stream().filter(other -> other.isComplete(sent)).count();
        return new Result(
                reason,
                sent,
                (int) complete + (history.isComplete(sent) ? 1 : 0),
                after - before,
                unsent.maxSessionBytes(),
                unsent.maxChannelBytes(),
                recovered,
                delays(0, before),
                delays(before, after));
    }

    private boolean comeBack(RoomHistory history, int events, boolean paced) throws Exception {
        broadcast(paced); // nobody is there to take it
        try (var back = new RawWebSocket(server, "")) {
            back.write(history.comingBack());
            var message = back.readMessage().text();
            for (; !message.startsWith("40"); message = back.readMessage().text()) {
                history.take(message);
            }
            for (int i = 0; i < events; i++) {
                broadcast(paced);
                history.take(back.readMessage().text());
            }
            return history.isSame(message);
        }
    }

    private void broadcast(boolean paced) throws InterruptedException {
        io.to("room").emit("m", sent, System.nanoTime(), text);
        sent++;
        unsent.look();
        if (paced) {
            var _ = new CountDownLatch(1).await(PACE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            for (var other : others) {
                other.awaitCount(sent);
            }
        }
    }

    private Delays delays(int from, int to) {
        return Delays.of(others.stream().flatMapToLong(other -> other.delaysNanos(from, to)));
    }

    @Override
    public void close() throws IOException {
        for (var other : others) {
            other.close();
        }
        server.close();
    }

    /// Prints the figures; the exit code is 1 if anything was not as it should be.
    public static void main(String[] args) throws Exception {
        int members = 20;
        try (var run = new SlowConsumerRun(members)) {
            var result = run.run(true, 200);
            Stream.of(
                            "%d members of a room, 20 broadcasts a second of %,d bytes; one stops reading"
                                    .formatted(members, EVENT_BYTES),
                            "all read:      delay of the others " + result.allReading(),
                            "one does not:  delay of the others " + result.oneSlow(),
                            "waiting for it at most %,d bytes in its session (limit %,d) and %,d in its channel"
                                    .formatted(
                                            result.maxUnsentBytes(),
                                            MAX_UNSENT_BYTES,
                                            result.maxChannelBytes()),
                            "closed with '%s' after %d events; back: recovered %s"
                                    .formatted(
                                            result.reason().text(),
                                            result.sentWhileSlow(),
                                            result.recovered()),
                            "members that got all %d events once and in order: %d of %d"
                                    .formatted(result.sent(), result.complete(), members))
                    .forEach(System.out::println);
            boolean isFine =
                    result.recovered()
                            && result.complete() == members
                            && result.maxUnsentBytes() <= MAX_UNSENT_BYTES;
            System.exit(isFine ? 0 : 1);
        }
    }
}
