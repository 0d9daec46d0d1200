// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.adapter.SessionStore;
import noom.socketio.adapter.StoredSession;
import noom.socketio.adapter.VirtualBus;
import noom.socketio.engine.OutputLimits;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Connection state recovery as the official client sees it.
class RecoveryTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final List<Socket> sockets = new ArrayList<>();

    private SocketIoServer server(RecoverySettings settings) {
        var io = new SocketIoServer(SocketIoConfig.defaults().with(settings));
        io.onConnection(sockets::add);
        return io;
    }

    private ScriptedClient client(SocketIoServer io) {
        return new ScriptedClient(io, loop);
    }

    private static String value(String packet, String key) {
        int start = packet.indexOf("\"" + key + "\":\"") + key.length() + 4;
        return packet.substring(start, packet.indexOf('"', start));
    }

    private static String offset(String event) {
        return event.substring(event.lastIndexOf(",\"") + 2, event.length() - 2);
    }

    /// What a client that lost its line shows: its secret, and the last offset it has seen.
    private record Credentials(String pid, String offset) {
        String connect() {
            return "0{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}";
        }
    }

    /// Connects a client that gets one event.
    private Credentials credentials(SocketIoServer io, ScriptedClient client) {
        client.send("0");
        var pid = value(client.take().getFirst(), "pid");
        io.emit("x");
        return new Credentials(pid, offset(client.take().getFirst()));
    }

    /// A client that got one event, and lost its line.
    private Credentials lostClient(SocketIoServer io) {
        var client = client(io);
        var credentials = credentials(io, client);
        client.hangUp();
        return credentials;
    }

    private ScriptedClient clientBack(SocketIoServer io, Credentials credentials) {
        var back = client(io);
        back.send(credentials.connect());
        return back;
    }

    @Test
    void who_missed_more_than_may_wait_unsent_gets_it_all_the_same() {
        var defaults = SocketIoConfig.defaults();
        var output = new OutputLimits(2_000, 100, Duration.ofDays(1));
        var config = defaults.with(defaults.engine().with(output)).with(RecoverySettings.ON);
        var io = new SocketIoServer(config);
        var lost = lostClient(io);
        for (int i = 0; i < 10; i++) {
            io.emit("missed", "x".repeat(1_000));
        }

        var back = client(io);
        back.link.setWritable(false);
        back.send(lost.connect());
        assertThat(back.take()).as("it takes nothing yet").isEmpty();
        back.link.setWritable(true);
        back.drained();

        assertThat(back.link.isClosed()).isFalse();
        assertThat(back.take()).hasSize(11);
        back.link.setWritable(false);
        io.emit("new", "x".repeat(2_001));
        loop.settle();
        assertThat(back.link.isClosed()).as("what is new counts").isTrue();
    }

    @Test
    void without_recovery_there_is_no_pid_and_no_offset() {
        var io = server(RecoverySettings.OFF);
        var client = client(io);
        client.send("0");
        io.emit("x");

        assertThat(client.take())
                .satisfiesExactly(
                        connect -> assertThat(connect).doesNotContain("pid"),
                        event -> assertThat(event).isEqualTo("2[\"x\"]"));
    }

    @Test
    void a_lost_client_gets_its_id_rooms_data_and_events_back() {
        var io = server(RecoverySettings.ON);
        var client = client(io);
        client.send("0{\"token\":1}");
        var connect = client.take().getFirst();
        var sid = value(connect, "sid");
        var pid = value(connect, "pid");
        assertThat(pid).isNotEqualTo(sid);
        sockets.getFirst().join("kitchen");
        sockets.getFirst().data().put("name", "Kim");
        sockets.getFirst().emit("first", 1);
        var first = client.take().getFirst();
        client.hangUp();
        io.to("kitchen").emit("second", new byte[] {5});
        io.to("cellar").emit("other");
        io.emit("third");

        var back = clientBack(io, new Credentials(pid, offset(first)));
        var frames = back.take();

        assertThat(frames).hasSize(4);
        assertThat(frames.get(0)).startsWith("51-[\"second\",{\"_placeholder\":true,\"num\":0},\"");
        assertThat(frames.get(1)).isEqualTo("0x05");
        assertThat(frames.get(2)).startsWith("2[\"third\",\"");
        assertThat(frames.get(3)).isEqualTo("0{\"sid\":\"" + sid + "\",\"pid\":\"" + pid + "\"}");
        var recovered = sockets.getLast();
        assertThat(recovered.recovered()).isTrue();
        assertThat(recovered.id()).isEqualTo(sid);
        assertThat(recovered.rooms()).containsExactlyInAnyOrder(sid, "kitchen");
        assertThat(recovered.data()).containsEntry("name", "Kim");
        io.to("kitchen").emit("now");
        assertThat(back.take()).hasSize(1);
    }

    @Test
    void volatile_events_and_events_with_acks_are_not_kept() {
        var io = server(RecoverySettings.ON);
        var client = client(io);
        client.send("0");
        var pid = value(client.take().getFirst(), "pid");
        io.emit("x");
        io.asVolatile().emit("v", 1);
        var frames = client.take();
        assertThat(frames.get(1)).isEqualTo("2[\"v\",1]");
        client.hangUp();
        io.asVolatile().emit("v", 2);
        var answers = io.emitWithAck("q");
        loop.settle();
        assertThat(answers).isCompleted();

        var back = clientBack(io, new Credentials(pid, offset(frames.getFirst())));
        assertThat(back.take()).hasSize(1);
    }

    @Test
    void who_left_or_was_sent_away_is_not_recovered() {
        var io = server(RecoverySettings.ON);
        for (boolean byServer : new boolean[] {true, false}) {
            var client = client(io);
            var credentials = credentials(io, client);
            if (byServer) {
                sockets.getLast().disconnect(true);
            } else {
                client.send("1");
            }
            loop.settle();

            var back = clientBack(io, credentials);
            assertThat(value(back.take().getFirst(), "pid")).isNotEqualTo(credentials.pid());
            assertThat(sockets.getLast().recovered()).isFalse();
        }
    }

    @Test
    void a_secret_works_once_and_only_with_an_offset_that_is_known() {
        var io = server(RecoverySettings.ON);
        var lost = lostClient(io);

        var wrongPid = clientBack(io, new Credentials("guess", lost.offset()));
        assertThat(wrongPid.take().getFirst()).doesNotContain(lost.pid());
        var noOffset = client(io);
        noOffset.send("0{\"pid\":\"" + lost.pid() + "\"}");
        assertThat(noOffset.take().getFirst()).doesNotContain(lost.pid());
        var right = clientBack(io, lost);
        assertThat(right.take().getLast()).contains(lost.pid());
        var thief = clientBack(io, lost);
        assertThat(thief.take().getFirst()).doesNotContain(lost.pid());
        assertThat(io.sockets()).hasSize(4);
    }

    @Test
    void an_unknown_offset_makes_a_newcomer_and_leaves_nothing_behind() {
        var io = server(RecoverySettings.ON);
        var client = client(io);
        client.send("0");
        var pid = value(client.take().getFirst(), "pid");
        sockets.getFirst().join("kitchen");
        client.hangUp();

        var back = client(io);
        back.send(new Credentials(pid, "nonsense").connect());

        assertThat(back.take()).hasSize(1).first().asString().doesNotContain(pid);
        assertThat(io.sockets()).hasSize(1);
        assertThat(io.adapter().rooms()).hasSize(1);
    }

    @Test
    void middleware_is_skipped_or_asked_as_the_settings_say() {
        for (boolean skip : new boolean[] {true, false}) {
            var io = server(RecoverySettings.ON.withSkipMiddleware(skip));
            var asked = new ArrayList<Boolean>();
            io.use(
                    (socket, next) -> {
                        asked.add(socket.recovered());
                        next.proceed();
                    });
            var lost = lostClient(io);
            var back = clientBack(io, lost);

            assertThat(back.take().getFirst()).contains(lost.pid());
            assertThat(asked).isEqualTo(skip ? List.of(false) : List.of(false, true));
        }
    }

    @Test
    void what_is_sent_while_middleware_thinks_comes_after_what_was_missed() {
        var io = server(RecoverySettings.ON.withSkipMiddleware(false));
        var waiting = new ArrayList<Middleware.Next>();
        io.use((socket, next) -> waiting.add(next));
        var client = client(io);
        client.send("0");
        waiting.removeFirst().proceed();
        var pid = value(client.take().getFirst(), "pid");
        io.emit("x");
        var lost = new Credentials(pid, offset(client.take().getFirst()));
        client.hangUp();
        io.emit("missed");
        var back = clientBack(io, lost);
        io.emit("held");
        assertThat(back.take()).isEmpty();

        waiting.removeFirst().proceed();

        assertThat(back.take())
                .satisfiesExactly(
                        missed -> assertThat(missed).startsWith("2[\"missed\""),
                        connect -> assertThat(connect).startsWith("0{"),
                        held -> assertThat(held).startsWith("2[\"held\""));
    }

    @Test
    void who_is_refused_while_coming_back_is_gone() {
        var io = server(RecoverySettings.ON.withSkipMiddleware(false));
        io.use(
                (socket, next) -> {
                    if (socket.recovered()) {
                        next.refuse("banned");
                    } else {
                        next.proceed();
                    }
                });
        var lost = lostClient(io);
        var back = clientBack(io, lost);

        assertThat(back.take()).containsExactly("4{\"message\":\"banned\"}");
        assertThat(io.sockets()).isEmpty();
        assertThat(io.adapter().rooms()).isEmpty();
        var again = clientBack(io, lost);
        assertThat(again.take().getFirst()).doesNotContain(lost.pid());
    }

    @Test
    void the_window_ends_on_time() {
        var io = server(RecoverySettings.ON.withWindow(Duration.ofSeconds(10)));
        for (int seconds : new int[] {9, 10}) {
            var lost = lostClient(io);
            loop.advance(Duration.ofSeconds(seconds));
            var back = clientBack(io, lost);

            assertThat(back.take().getFirst().contains(lost.pid())).isEqualTo(seconds == 9);
        }
    }

    @Test
    void the_limits_of_a_socket_and_of_the_server_hold() {
        assertThat(recoversAfter(RecoverySettings.ON, 256, "")).isTrue();
        assertThat(recoversAfter(RecoverySettings.ON, 257, "")).isFalse();
        var bytes = RecoverySettings.ON.withLimits(1_000, 10_000, 1 << 20);
        assertThat(recoversAfter(bytes, 9, "k".repeat(1_000))).isTrue();
        assertThat(recoversAfter(bytes, 10, "k".repeat(1_000))).isFalse();
        var server = RecoverySettings.ON.withLimits(1_000, 1 << 20, 10_000);
        assertThat(recoversAfter(server, 9, "k".repeat(1_000))).isTrue();
        assertThat(recoversAfter(server, 10, "k".repeat(1_000))).isFalse();
    }

    private boolean recoversAfter(RecoverySettings settings, int missed, String text) {
        var io = server(settings);
        var lost = lostClient(io);
        for (int i = 0; i < missed; i++) {
            io.emit("x", text);
        }
        var back = clientBack(io, lost);
        var frames = back.take();
        boolean recovered = frames.getLast().contains(lost.pid());
        assertThat(frames).hasSize(recovered ? missed + 1 : 1);
        return recovered;
    }

    /// A store that has no way to write what an application put into a socket's data.
    private static final class RefusingStore implements SessionStore {
        @Override
        public void persist(StoredSession session, long nowNanos) {
            throw new IllegalArgumentException("not plain");
        }

        @Override
        public CompletableFuture<Optional<StoredSession>> claim(
                String pid, String offset, long nowNanos) {
            return NONE.claim(pid, offset, nowNanos);
        }

        @Override
        public CompletableFuture<Optional<List<List<@Nullable Object>>>> missed(
                StoredSession session, String offset) {
            return NONE.missed(session, offset);
        }
    }

    @Test
    void who_cannot_be_kept_leaves_all_the_same() {
        var bus = new VirtualBus(loop);
        var io =
                new SocketIoServer(
                        SocketIoConfig.defaults().with(RecoverySettings.ON),
                        (namespace, local) -> bus.join("a", namespace, local, new RefusingStore()));
        var heard = new ArrayList<String>();
        io.onHandlerError((_, failure) -> heard.add(failure.getMessage()));
        io.onConnection(
                socket -> {
                    sockets.add(socket);
                    socket.onDisconnect(reason -> heard.add(reason.text()));
                });
        var client = ScriptedClient.connected(io, loop);

        client.hangUp();
        loop.settle();

        assertThat(heard).containsExactly("not plain", "transport close");
        assertThat(io.sockets()).isEmpty();
        assertThat(io.adapter().rooms()).isEmpty();
        assertThat(sockets.getFirst().isConnected()).isFalse();
    }

    @Test
    void settings_of_nothing_are_refused() {
        assertThatThrownBy(() -> RecoverySettings.ON.withWindow(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecoverySettings.ON.withLimits(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecoverySettings.ON.withLimits(1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecoverySettings.ON.withLimits(1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
