// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import noom.socketio.adapter.BroadcastFlags;
import noom.socketio.adapter.LocalSockets;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.adapter.SocketDetails;
import noom.socketio.engine.SessionLoop;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// The sockets of a namespace as its adapter sees them. From any thread: it reads the namespace's
/// map, and whatever it writes is a task on a socket's loop.
final class LocalDelivery implements LocalSockets {
    private final Namespace namespace;
    private final Map<String, Socket> sockets;

    LocalDelivery(Namespace namespace, Map<String, Socket> sockets) {
        this.namespace = namespace;
        this.sockets = sockets;
    }

    @Override
    public Set<String> ids() {
        return Collections.unmodifiableSet(sockets.keySet());
    }

    @Override
    public RecoverySettings recovery() {
        return namespace.server().config().recovery();
    }

    @Override
    public void check(Packet.Event packet) {
        namespace.frames(packet);
    }

    @Override
    public void deliver(
            Collection<String> socketIds,
            Packet.Event packet,
            BroadcastFlags flags,
            String offset) {
        var frames = namespace.frames(withOffset(packet, offset), flags);
        var byLoop = new IdentityHashMap<SessionLoop, List<Membership>>();
        for (var socket : present(socketIds)) {
            socket.notifyOutgoing(packet);
            var member = socket.membership();
            byLoop.computeIfAbsent(member.host().loop(), _ -> new ArrayList<>()).add(member);
        }
        byLoop.forEach(
                (loop, members) ->
                        loop.execute(
                                () ->
                                        members.forEach(
                                                member -> member.write(frames, flags, offset))));
    }

    private static Packet.Event withOffset(Packet.Event packet, String offset) {
        if (offset.isEmpty()) {
            return packet;
        }
        var data = new ArrayList<@Nullable Object>(packet.data());
        data.add(offset);
        return new Packet.Event(packet.namespace(), data, packet.ackId());
    }

    @Override
    public List<CompletableFuture<List<@Nullable Object>>> request(
            Collection<String> socketIds, Packet.Event packet, BroadcastFlags flags) {
        long id = namespace.nextAckId();
        var event = new Packet.Event(packet.namespace(), packet.data(), id);
        var frames = namespace.frames(event, flags);
        var answers = new ArrayList<CompletableFuture<List<@Nullable Object>>>();
        for (var socket : present(socketIds)) {
            socket.notifyOutgoing(packet);
            var answer = new CompletableFuture<AckArguments>();
            var member = socket.membership();
            member.host().loop().execute(() -> member.request(frames, id, flags.timeout(), answer));
            answers.add(answer.thenApply(AckArguments::values));
        }
        return answers;
    }

    @Override
    public List<SocketDetails> describe(Collection<String> socketIds) {
        return present(socketIds).stream().map(Socket::details).toList();
    }

    @Override
    public void disconnect(Collection<String> socketIds, boolean close) {
        present(socketIds).forEach(socket -> socket.disconnect(close));
    }

    @Override
    public void onServerSideEvent(
            List<@Nullable Object> data, @Nullable Consumer<@Nullable Object> answer) {
        namespace.onServerSideEvent(new ServerSideEvent(data, answer));
    }

    @Override
    public void onJoined(String socketId, Collection<String> rooms) {
        namespace.tellRooms(listener -> rooms.forEach(room -> listener.onJoined(socketId, room)));
    }

    @Override
    public void onLeft(String socketId, Collection<String> rooms) {
        namespace.tellRooms(listener -> rooms.forEach(room -> listener.onLeft(socketId, room)));
    }

    private List<Socket> present(Collection<String> socketIds) {
        var present = new ArrayList<Socket>(socketIds.size());
        for (var id : socketIds) {
            var socket = sockets.get(id);
            if (socket != null) {
                present.add(socket);
            }
        }
        return present;
    }
}
