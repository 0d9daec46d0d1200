// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;

/// One seeded run: a server that sends, rooms that change, and a client whose line is cut at random
/// moments. A model knows what the client must get.
///
/// The client believes what it sees, as the official one does: it remembers the offset of the last
/// event and says it when it comes back. Of what was under way when the line was cut it sees a
/// part.
final class RecoveryRun {
    private static final int MAX_PACKETS = 20;
    private static final Pattern OFFSET = Pattern.compile("\"([^\"]*)\"]$");
    private static final Pattern NUMBER = Pattern.compile("^2\\[\"e\",(\\d+)");
    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]*)\"");
    private static final List<String> ROOMS = List.of("a", "b", "c");
    private static final Duration WINDOW = Duration.ofMinutes(2);

    private final SplittableRandom random;
    private final VirtualLoop loop = new VirtualLoop();
    private final SocketIoServer io;
    private final List<String> trace = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>();
    private final List<Integer> received = new ArrayList<>();
    private final Set<String> rooms = new HashSet<>();
    private final ScriptedClient bystander;
    private ScriptedClient client;
    private @Nullable Socket socket;
    private String pid = "";
    private String offset = "";
    private int sent;
    int recoveries;
    int losses;

    RecoveryRun(long seed) {
        random = new SplittableRandom(seed);
        var settings =
                RecoverySettings.ON.withWindow(WINDOW).withLimits(MAX_PACKETS, 1 << 20, 1 << 20);
        io = new SocketIoServer(SocketIoConfig.defaults().with(settings));
        bystander = ScriptedClient.connected(io, loop);
        io.onConnection(joined -> socket = joined);
        client = new ScriptedClient(io, loop);
        comeBack();
    }

    List<String> trace() {
        return trace;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(8) == 0) {
                cut();
            } else {
                act();
            }
        }
        see(client.take(), Integer.MAX_VALUE);
        assertThat(received).isEqualTo(expected);
    }

    private Socket socket() {
        return java.util.Objects.requireNonNull(socket);
    }

    /// The server does something while the client is connected, or believed to be.
    private void act() {
        switch (random.nextInt(6)) {
            case 0 -> {
                var room = room();
                socket().join(room);
                rooms.add(room);
            }
            case 1 -> {
                var room = room();
                socket().leave(room);
                rooms.remove(room);
            }
            case 2 -> see(client.take(), Integer.MAX_VALUE);
            default -> send();
        }
    }

    private String room() {
        return ROOMS.get(random.nextInt(ROOMS.size()));
    }

    /// One event to somebody; the model notes whether the client is among them.
    private void send() {
        var to = room();
        var except = room();
        int number = sent++;
        boolean forClient =
                switch (random.nextInt(5)) {
                    case 0 -> {
                        io.emit("e", number);
                        yield true;
                    }
                    case 1 -> {
                        io.to(to).emit("e", number);
                        yield rooms.contains(to);
                    }
                    case 2 -> {
                        io.except(except).emit("e", number);
                        yield !rooms.contains(except);
                    }
                    case 3 -> {
                        io.to(to).except(except).emit("e", number, "text");
                        yield rooms.contains(to) && !rooms.contains(except);
                    }
                    default -> {
                        io.to(socket().id()).emit("e", number);
                        yield true;
                    }
                };
        if (forClient) {
            expected.add(number);
        }
        bystander.take();
    }

    /// The line is cut: some frames are lost, the server notices later, the client later still.
    private void cut() {
        var underWay = client.take();
        see(underWay, random.nextInt(underWay.size() + 1));
        if (random.nextBoolean()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                send(); // into the void
            }
        }
        client.hangUp();
        loop.settle();
        for (int i = random.nextInt(30); i > 0; i--) {
            send();
        }
        var away = Duration.ofSeconds(random.nextInt(150));
        loop.advance(away);
        int missed = expected.size() - received.size();
        boolean recoverable =
                !offset.isEmpty() && away.compareTo(WINDOW) < 0 && missed <= MAX_PACKETS;
        client = new ScriptedClient(io, loop);
        boolean recovered = comeBack();
        trace.add("away " + away + ", missed " + missed + ", recovered " + recovered);
        assertThat(recovered).as("%s", trace).isEqualTo(recoverable);
    }

    /// The client connects, sometimes at the second try because the line is cut again.
    private boolean comeBack() {
        var auth = pid.isEmpty() ? "" : "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}";
        client.send("0" + auth);
        if (random.nextInt(5) == 0 && !pid.isEmpty()) {
            var secondTry = client.take().stream().anyMatch(text -> text.contains(pid));
            client.hangUp();
            loop.settle();
            client = new ScriptedClient(io, loop);
            client.send("0" + (secondTry ? auth : ""));
        }
        var frames = client.take();
        var connect =
                frames.stream().filter(text -> text.startsWith("0")).findFirst().orElseThrow();
        var matcher = PID.matcher(connect);
        assertThat(matcher.find()).isTrue();
        boolean recovered = matcher.group(1).equals(pid);
        assertThat(socket().recovered()).isEqualTo(recovered);
        if (recovered) {
            recoveries++;
            assertThat(socket().rooms()).containsAll(rooms).hasSize(rooms.size() + 1);
        } else {
            losses++;
            expected.clear();
            received.clear();
            rooms.clear();
            offset = "";
        }
        pid = matcher.group(1);
        see(frames, Integer.MAX_VALUE);
        return recovered;
    }

    private void see(List<String> frames, int count) {
        for (var frame : frames.subList(0, Math.min(count, frames.size()))) {
            var number = NUMBER.matcher(frame);
            if (number.find()) {
                received.add(Integer.parseInt(number.group(1)));
                trace.add("got " + number.group(1));
                var last = OFFSET.matcher(frame);
                assertThat(last.find()).isTrue();
                offset = last.group(1);
            }
        }
    }
}
