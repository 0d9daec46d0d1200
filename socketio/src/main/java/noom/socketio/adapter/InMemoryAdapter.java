// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// Rooms of this server alone; with recovery, also what its lost clients miss.
public final class InMemoryAdapter implements Adapter {
    /// How long answers are awaited if nobody says it; the official server's cluster default.
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final LocalSockets sockets;
    private final Rooms rooms = new Rooms();
    private final @Nullable RecoveryStore store;
    private final AtomicLong offsets = new AtomicLong();

    /// @param sockets those of one namespace
    public InMemoryAdapter(LocalSockets sockets) {
        this(sockets, sockets.recovery());
    }

    /// @param recovery off if sessions wait elsewhere
    InMemoryAdapter(LocalSockets sockets, RecoverySettings recovery) {
        this.sockets = sockets;
        this.store = recovery.isOn() ? new RecoveryStore(recovery) : null;
    }

    @Override
    public void open(String socketId) {
        rooms.open(socketId);
        if (store != null) {
            store.inTurn(log -> log.open(socketId));
        }
    }

    @Override
    public void join(String socketId, Collection<String> joined) {
        var entered = rooms.join(socketId, joined);
        if (!entered.isEmpty()) {
            sockets.onJoined(socketId, entered);
        }
    }

    @Override
    public void leave(String socketId, String room) {
        if (rooms.leave(socketId, room)) {
            sockets.onLeft(socketId, List.of(room));
        }
    }

    @Override
    public void close(String socketId) {
        var left = rooms.close(socketId);
        if (!left.isEmpty()) {
            sockets.onLeft(socketId, left);
        }
        if (store != null) {
            store.inTurn(log -> log.close(socketId));
        }
    }

    @Override
    public Map<String, Set<String>> rooms() {
        return rooms.rooms();
    }

    @Override
    public Map<String, Set<String>> sids() {
        return rooms.sids();
    }

    @Override
    public Set<String> select(Selection selection) {
        var selected = new LinkedHashSet<String>();
        if (selection.rooms().isEmpty()) {
            selected.addAll(sockets.ids());
        }
        for (var room : selection.rooms()) {
            selected.addAll(members(room));
        }
        for (var room : selection.except()) {
            members(room).forEach(selected::remove);
        }
        return selected;
    }

    private Set<String> members(String room) {
        return rooms.rooms().getOrDefault(room, Set.of());
    }

    @Override
    public void broadcast(Packet.Event packet, Selection selection, BroadcastFlags flags) {
        if (store == null || flags.isVolatile()) {
            deliver(packet, selection, flags, "");
        } else {
            sockets.check(packet);
            store.inTurn(log -> keepAndDeliver(log, packet, selection, flags));
        }
    }

    /// Sends an event that has an offset already, or none.
    void deliver(Packet.Event packet, Selection selection, BroadcastFlags flags, String offset) {
        sockets.deliver(select(selection), packet, flags, offset);
    }

    private void keepAndDeliver(
            RecoveryLog log, Packet.Event packet, Selection selection, BroadcastFlags flags) {
        var offset = Long.toString(offsets.getAndIncrement(), Character.MAX_RADIX);
        var data = new ArrayList<@Nullable Object>(packet.data());
        data.add(offset);
        var receivers = new ArrayList<>(select(selection));
        receivers.retainAll(sockets.ids());
        log.add(offset, data, receivers, selection);
        sockets.deliver(receivers, packet, flags, offset);
    }

    @Override
    public CompletableFuture<ClientAnswers> broadcastWithAck(
            Packet.Event packet, Selection selection, BroadcastFlags flags) {
        var asked = request(packet, selection, flags);
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .handle(
                        (_, _) -> {
                            var answers = new ArrayList<List<@Nullable Object>>();
                            for (var answer : asked) {
                                if (!answer.isCompletedExceptionally()) {
                                    answers.add(answer.join());
                                }
                            }
                            return new ClientAnswers(answers, asked.size() - answers.size(), 0);
                        });
    }

    /// Asks the selected sockets of this server; a future for each.
    List<CompletableFuture<List<@Nullable Object>>> request(
            Packet.Event packet, Selection selection, BroadcastFlags flags) {
        var timed = flags.withTimeout(flags.timeoutOr(DEFAULT_TIMEOUT));
        return sockets.request(select(selection), packet, timed);
    }

    List<SocketDetails> describe(Selection selection) {
        return sockets.describe(select(selection));
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(
            Selection selection, BroadcastFlags flags) {
        return CompletableFuture.completedFuture(describe(selection));
    }

    @Override
    public void joinSelected(Selection selection, BroadcastFlags flags, Collection<String> joined) {
        for (var socketId : select(selection)) {
            join(socketId, joined);
        }
    }

    @Override
    public void leaveSelected(Selection selection, BroadcastFlags flags, Collection<String> left) {
        for (var socketId : select(selection)) {
            left.forEach(room -> leave(socketId, room));
        }
    }

    @Override
    public void disconnectSelected(Selection selection, BroadcastFlags flags, boolean close) {
        sockets.disconnect(List.copyOf(select(selection)), close);
    }

    @Override
    public void serverSideEmit(List<@Nullable Object> data) {
        // nobody else is there
    }

    @Override
    public CompletableFuture<ServerAnswers> serverSideEmitWithAck(List<@Nullable Object> data) {
        return CompletableFuture.completedFuture(ServerAnswers.NONE);
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public SessionStore sessions() {
        return store == null ? SessionStore.NONE : store;
    }

    @Override
    public void close() {}
}
