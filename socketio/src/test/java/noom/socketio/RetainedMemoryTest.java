// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.OutputLimits;
import noom.socketio.engine.VirtualLoop;
import noom.socketio.protocol.PacketLimits;
import org.junit.jupiter.api.Test;

/// What hostile clients can make the server keep, measured as heap after collection. The bounds are
/// generous, but what they guard against is ten times as much.
class RetainedMemoryTest {
    private static final int SOCKETS = 1_000;
    private static final int ASKED = 10_000;
    private static final int PACKET_BYTES = 8_192;
    private static final long MEGABYTE = 1 << 20;

    /// A connection with nothing in it, its test client included.
    private static final long IDLE_BYTES = 12_000;

    private final VirtualLoop loop = new VirtualLoop();
    private final List<ScriptedClient> clients = new ArrayList<>();

    private static SocketIoServer packetsOf(long maxPacketBytes) {
        return new SocketIoServer(
                SocketIoConfig.defaults()
                        .with(new PacketLimits(10, 16, maxPacketBytes))
                        .with(SocketLimits.DEFAULT.withAttachmentTimeout(Duration.ofSeconds(10))));
    }

    private void connect(SocketIoServer io) {
        for (int i = 0; i < SOCKETS; i++) {
            clients.add(ScriptedClient.connected(io, loop));
        }
    }

    @Test
    void attachments_that_were_declared_and_never_sent_hold_no_more_than_a_packet() {
        var io = packetsOf(PACKET_BYTES);
        long before = Heap.usedBytes();
        connect(io);

        for (var client : clients) {
            client.send("510-[\"e\"]");
            for (int i = 0; i < 9; i++) {
                client.sendBinary(new byte[PACKET_BYTES / 9 - 2]);
            }
        }

        assertThat(clients).allMatch(ScriptedClient::isOpen);
        assertThat(Heap.usedBytes() - before).isLessThan(SOCKETS * (PACKET_BYTES + IDLE_BYTES));
        loop.advance(Duration.ofSeconds(10));
        assertThat(clients).noneMatch(ScriptedClient::isOpen);
        clients.clear();
        assertThat(Heap.usedBytes() - before).isLessThan(SOCKETS * IDLE_BYTES);
    }

    @Test
    void attachments_over_the_size_of_a_packet_are_not_kept() {
        var io = packetsOf(PACKET_BYTES);
        long before = Heap.usedBytes();
        connect(io);

        for (var client : clients) {
            client.send("510-[\"e\"]");
            for (int i = 0; i < 9; i++) {
                client.sendBinary(new byte[PACKET_BYTES]);
            }
        }

        assertThat(clients).noneMatch(ScriptedClient::isOpen);
        assertThat(Heap.usedBytes() - before).isLessThan(SOCKETS * IDLE_BYTES);
    }

    @Test
    void a_header_that_waits_is_kept_as_text_and_not_as_ten_times_as_large_a_tree() {
        var io = packetsOf(PACKET_BYTES);
        long before = Heap.usedBytes();
        connect(io);
        var header = "51-[\"e\"" + ",[0]".repeat(PACKET_BYTES / 4 - 4) + "]";

        for (var client : clients) {
            client.send(header);
        }

        assertThat(clients).allMatch(ScriptedClient::isOpen);
        assertThat(Heap.usedBytes() - before).isLessThan(SOCKETS * (PACKET_BYTES + IDLE_BYTES));
    }

    @Test
    void rooms_that_one_socket_asks_for_end_at_its_limit() {
        var io = new SocketIoServer(withSockets(SocketLimits.DEFAULT.withMaxRooms(20)));
        io.onConnection(socket -> socket.on("join", event -> socket.join(event.string(0))));
        var client = ScriptedClient.connected(io, loop);
        long before = Heap.usedBytes();

        for (int i = 0; i < ASKED; i++) {
            client.send("2[\"join\",\"" + "room ".repeat(40) + i + "\"]");
        }

        assertThat(Heap.usedBytes() - before).isLessThan(MEGABYTE);
        assertThat(io.adapter().rooms()).hasSize(21);
    }

    @Test
    void namespaces_that_one_socket_asks_for_leave_nothing_behind() {
        var io = new SocketIoServer(withSockets(SocketLimits.DEFAULT.withMaxNamespaces(4)));
        for (int i = 0; i < 8; i++) {
            io.of("/" + i);
        }
        var client = ScriptedClient.connected(io, loop);
        long before = Heap.usedBytes();

        for (int i = 0; i < ASKED; i++) {
            client.send("0/" + i % 8, "0/" + "unknown ".repeat(25) + i);
            client.send("1/" + i % 8);
            client.take();
        }

        assertThat(client.isOpen()).isTrue();
        assertThat(Heap.usedBytes() - before).isLessThan(MEGABYTE);
        assertThat(io.namespaces()).hasSize(9);
    }

    @Test
    void refusals_that_a_client_does_not_read_end_its_session() {
        var output = new OutputLimits(MEGABYTE / 4, 1_000, EngineConfig.UNLIMITED_TIME);
        var defaults = SocketIoConfig.defaults();
        var io = new SocketIoServer(defaults.with(defaults.engine().with(output)));
        var client = ScriptedClient.connected(io, loop);
        client.link.setWritable(false);
        long before = Heap.usedBytes();

        for (int i = 0; i < ASKED; i++) {
            client.send("0/" + "unknown ".repeat(25) + i);
        }

        assertThat(client.isOpen()).isFalse();
        assertThat(Heap.usedBytes() - before).isLessThan(MEGABYTE);
    }

    @Test
    void answers_that_a_client_never_gives_are_not_waited_for_beyond_the_limit() {
        var io = new SocketIoServer(withSockets(SocketLimits.DEFAULT.withMaxPendingAcks(256)));
        var client = ScriptedClient.connected(io, loop);
        var socket = io.sockets().values().iterator().next();
        long before = Heap.usedBytes();

        int waiting = 0;
        for (int i = 0; i < ASKED; i++) {
            var answer = holding(socket.emitWithAck("question"));
            client.take();
            waiting += answer.isDone() ? 0 : 1;
        }

        assertThat(waiting).isEqualTo(ASKED);
        assertThat(Heap.usedBytes() - before).isLessThan(MEGABYTE);
    }

    /// What an application would keep for as long as it waits.
    private static CompletableFuture<?> holding(CompletableFuture<?> answer) {
        var kept = new byte[1_000];
        return answer.whenComplete((_, _) -> kept[0] = 1);
    }

    @Test
    void answers_that_the_application_never_gives_cost_the_server_nothing() {
        var io = new SocketIoServer();
        io.onConnection(socket -> socket.on("question", _ -> {}));
        var client = ScriptedClient.connected(io, loop);
        long before = Heap.usedBytes();

        for (int i = 0; i < ASKED; i++) {
            client.send("2" + i + "[\"question\",\"" + "x".repeat(200) + "\"]");
        }

        assertThat(Heap.usedBytes() - before).isLessThan(MEGABYTE);
    }

    private static SocketIoConfig withSockets(SocketLimits sockets) {
        return SocketIoConfig.defaults().with(sockets);
    }
}
