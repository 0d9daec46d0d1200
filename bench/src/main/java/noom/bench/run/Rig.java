// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// One server with clients of its own, each a process.
///
/// Every message is accounted for: a run whose clients heard one more or one less than they should,
/// or lost a connection, is no measurement.
final class Rig implements AutoCloseable {
    /// `42["m","…"]` with the text of 100 bytes.
    private static final int EVENT_BYTES = 110;

    private static final long STALL_MILLIS = 30_000;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int POLLS = 3_000;

    /// What a server still has to do when the last message has arrived belongs to its cost.
    private static final Duration AFTERMATH = Duration.ofMillis(200);

    private final Side side;
    private final LineProcess server;
    private final LineProcess load;
    private String versions = "";
    private int port;
    private int clients;
    private long events;

    private Rig(Side side) {
        this.side = side;
        this.server = LineProcess.start(side.title() + " server", side.command());
        this.load = LineProcess.start(side.title() + " clients", Side.loadClient());
    }

    /// Starts both processes and waits until they are ready.
    static Rig start(Side side) {
        var rig = new Rig(side);
        try {
            rig.load.answer("ready");
            var listening = rig.server.answer("listening");
            rig.port = listening.getInteger("port");
            rig.versions = listening.getString("versions");
            return rig;
        } catch (BenchException e) {
            rig.close();
            throw e;
        }
    }

    /// What the server runs on, for the report.
    String versions() {
        return versions;
    }

    long serverPid() {
        return server.pid();
    }

    /// Event packets that the clients have heard.
    long events() {
        return events;
    }

    /// Adds clients until there are so many, and waits until all are in the room.
    void openUntil(int count) {
        var opened = load.ask("open " + port + " " + (count - clients), "opened");
        if (opened.getInteger("open") != count) {
            throw new BenchException(
                    "only %d of %d clients got into the %s server; is the limit of open files high enough?"
                            .formatted(opened.getInteger("open"), count, side.title()));
        }
        clients = count;
        for (int i = 0; i < POLLS; i++) {
            if (server.ask("members", "members").getInteger("count") == count) {
                return;
            }
            pause(POLL);
        }
        throw new BenchException("not all clients got into the room.");
    }

    /// Broadcasts, waits until everything has arrived, and tells what it cost.
    Sample.Load run(Phase phase) {
        long messages = (long) clients * phase.broadcasts();
        events += messages;
        var before = ProcessCost.cpu(server.pid());
        long startNanos = System.nanoTime();
        load.tell("expect " + events + " " + STALL_MILLIS);
        server.ask(phase.command(), "sent");
        var heard = load.answer("heard");
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        pause(AFTERMATH);
        var cpu = ProcessCost.cpu(server.pid()).minus(before);
        check(heard);
        return new Sample.Load(messages, seconds, cpu);
    }

    /// Sees that nothing has arrived besides what should have.
    void checkNothingMore() {
        check(load.ask("count", "counted"));
    }

    private void check(JsonObject tally) {
        if (!isComplete(tally, events, clients)) {
            throw new BenchException(
                    "the %s server should have delivered %d events to %d clients, but they say %s"
                            .formatted(side.title(), events, clients, tally.encode()));
        }
    }

    /// Whether the clients heard what they should, no more and no less, and are all still there.
    static boolean isComplete(JsonObject tally, long events, int clients) {
        return tally.getLong("events") == events
                && tally.getLong("eventBytes") == events * EVENT_BYTES
                && tally.getInteger("open") == clients
                && tally.getInteger("lost") == 0;
    }

    /// Memory of the server after a full collection.
    Sample.Memory memory(Duration settle) {
        pause(settle);
        server.ask("gc", "collected"); // what only finalizers and cleaners hold is let go by this
        long heapBytes = server.ask("gc", "collected").getLong("heapBytes");
        return new Sample.Memory(ProcessCost.residentKib(server.pid()), heapBytes);
    }

    private static void pause(Duration duration) {
        long untilNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        load.close();
        server.close();
    }
}
