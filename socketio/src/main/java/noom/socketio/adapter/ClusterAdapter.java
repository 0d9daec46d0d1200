// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import noom.socketio.adapter.ClusterMessage.Envelope;
import noom.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

/// One server's part of a namespace that spans several, whatever moves the messages: the behaviour
/// of the official cluster adapters. No socket, no thread, no clock.
///
/// What is asked of it is a task on its loop: it publishes, and when the message has its offset it
/// does the same here. So broadcasts reach a socket in the order of the transport, on every server;
/// what is sent to one socket directly does not wait for them, and may overtake.
///
/// A server is known from its first message, and dead when nothing was heard of it for
/// [ClusterTimings#heartbeatTimeout]. Requests end when every server that is known at their start
/// has answered or gone, or at their time.
///
/// Owner: the loop of its host. The methods of [Adapter] may be called from any thread; `start`,
/// `receive`, `advance` and `nextDeadlineNanos` on the loop only.
public final class ClusterAdapter implements Adapter {
    private final String namespace;
    private final String nodeId;
    private final LocalSockets sockets;
    private final InMemoryAdapter local;
    private final ClusterHost host;
    private final SessionStore sessions;
    private final ClusterTimings timings;
    private final ClusterNodes nodes;
    private final ClusterRequests requests;
    private final Executor handlerThread;
    private State state = State.NEW;
    private long heartbeatNanos = Long.MAX_VALUE;

    private enum State {
        NEW,
        MEMBER,
        CLOSED
    }

    /// @param nodeId of this server in this namespace, that no other has
    /// @param sockets those of the namespace on this server
    /// @param sessions where they wait, [SessionStore#NONE] if nowhere
    public ClusterAdapter(
            String namespace,
            String nodeId,
            LocalSockets sockets,
            ClusterHost host,
            SessionStore sessions,
            ClusterTimings timings) {
        this.namespace = namespace;
        this.nodeId = nodeId;
        this.sockets = sockets;
        this.local = new InMemoryAdapter(sockets, RecoverySettings.OFF);
        this.host = host;
        this.sessions = sessions;
        this.timings = timings;
        this.nodes = new ClusterNodes(timings.heartbeatTimeout().toNanos());
        this.requests = new ClusterRequests(host.callbacks());
        this.handlerThread = host.newHandlerThread();
    }

    /// The namespace's name.
    public String namespace() {
        return namespace;
    }

    /// This server's id in this namespace.
    public String nodeId() {
        return nodeId;
    }

    /// The transport is ready: says hello to the other servers.
    public void start() {
        if (state == State.NEW) {
            state = State.MEMBER;
            publish(new ClusterMessage.InitialHeartbeat());
        }
    }

    /// A message came; this server's own, and those of other namespaces, are passed over.
    ///
    /// @param offset of the message, empty if it has none
    public void receive(Envelope envelope, String offset, long nowNanos) {
        var from = envelope.nodeId();
        if (state != State.MEMBER
                || from.equals(nodeId)
                || !envelope.namespace().equals(namespace)) {
            return;
        }
        nodes.heard(from, nowNanos);
        switch (envelope.message()) {
            case ClusterMessage.Response response -> requests.onResponse(from, response);
            case ClusterMessage.Notice notice -> onNotice(from, notice, offset);
        }
        host.rearm();
    }

    /// Time in; at or after [#nextDeadlineNanos()].
    public void advance(long nowNanos) {
        for (var dead : nodes.takeDead(nowNanos)) {
            requests.onGone(dead, false);
        }
        requests.advance(nowNanos);
        if (state == State.MEMBER && nowNanos >= heartbeatNanos) {
            publish(new ClusterMessage.Heartbeat());
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        if (state != State.MEMBER) {
            return requests.nextDeadlineNanos();
        }
        long next = Math.min(heartbeatNanos, nodes.nextDeadlineNanos());
        return Math.min(next, requests.nextDeadlineNanos());
    }

    private void onNotice(String from, ClusterMessage.Notice notice, String offset) {
        switch (notice) {
            case ClusterMessage.InitialHeartbeat _ -> publish(new ClusterMessage.Heartbeat());
            case ClusterMessage.Heartbeat _ -> {}
            case ClusterMessage.Broadcast broadcast -> onBroadcast(from, broadcast, offset);
            case ClusterMessage.SocketsJoin(var selection, var flags, var rooms) ->
                    local.joinSelected(selection, flags, rooms);
            case ClusterMessage.SocketsLeave(var selection, var flags, var rooms) ->
                    local.leaveSelected(selection, flags, rooms);
            case ClusterMessage.DisconnectSockets(var selection, var flags, var close) ->
                    local.disconnectSelected(selection, flags, close);
            case ClusterMessage.FetchSockets(var selection, _, var id) ->
                    respond(
                            from,
                            new ClusterMessage.FetchSocketsResponse(id, local.describe(selection)));
            case ClusterMessage.ServerSideEmit(var data, var id) -> {
                var answer = id == null ? null : answerOf(from, id);
                handlerThread.execute(() -> sockets.onServerSideEvent(data, answer));
            }
            case ClusterMessage.AdapterClose _ -> {
                nodes.remove(from);
                requests.onGone(from, true);
            }
        }
    }

    private Consumer<@Nullable Object> answerOf(String from, String id) {
        return answer ->
                onLoop(() -> respond(from, new ClusterMessage.ServerSideEmitResponse(id, answer)));
    }

    private void onBroadcast(String from, ClusterMessage.Broadcast broadcast, String offset) {
        var id = broadcast.requestId();
        if (id == null) {
            deliver(broadcast.packet(), broadcast.selection(), broadcast.flags(), offset);
            return;
        }
        var asked = local.request(broadcast.packet(), broadcast.selection(), broadcast.flags());
        respond(from, new ClusterMessage.BroadcastClientCount(id, asked.size()));
        for (CompletionStage<List<@Nullable Object>> answer : asked) {
            answer.thenAccept(
                    arguments -> {
                        var first = arguments.isEmpty() ? null : arguments.getFirst();
                        onLoop(() -> respond(from, new ClusterMessage.BroadcastAck(id, first)));
                    });
        }
    }

    /// The official rule: only what is stored has an offset, as its last argument.
    private void deliver(
            Packet.Event packet, Selection selection, BroadcastFlags flags, String offset) {
        boolean stored = sockets.recovery().isOn() && !flags.isVolatile();
        local.deliver(packet, selection, flags, stored ? offset : "");
    }

    /// Tells the others; what they must not miss keeps their heartbeat timeout from running out.
    private CompletionStage<String> publish(ClusterMessage.Notice notice) {
        heartbeatNanos = host.nowNanos() + timings.heartbeatInterval().toNanos();
        var published = host.publish(new Envelope(nodeId, namespace, notice));
        host.rearm();
        return published;
    }

    private void respond(String to, ClusterMessage.Response response) {
        if (state == State.MEMBER) {
            host.respond(to, new Envelope(nodeId, namespace, response));
        }
    }

    private void onLoop(Runnable task) {
        host.loop().execute(task);
    }

    /// Tells the others, then does the same here; if they cannot be told, without an offset.
    private void publishThen(ClusterMessage.Notice notice, Consumer<String> here) {
        onLoop(
                () -> {
                    if (state == State.CLOSED) {
                        here.accept("");
                        return;
                    }
                    publish(notice)
                            .exceptionally(_ -> "")
                            .thenAccept(offset -> onLoop(() -> here.accept(offset)));
                });
    }

    @Override
    public void broadcast(Packet.Event packet, Selection selection, BroadcastFlags flags) {
        if (flags.isLocal()) {
            local.broadcast(packet, selection, flags);
            return;
        }
        sockets.check(packet);
        publishThen(
                new ClusterMessage.Broadcast(packet, selection, flags, null),
                offset -> deliver(packet, selection, flags, offset));
    }

    @Override
    public CompletableFuture<ClientAnswers> broadcastWithAck(
            Packet.Event packet, Selection selection, BroadcastFlags flags) {
        if (flags.isLocal()) {
            return local.broadcastWithAck(packet, selection, flags);
        }
        sockets.check(packet);
        var timed = flags.withTimeout(flags.timeoutOr(timings.requestTimeout()));
        var future = new CompletableFuture<ClientAnswers>();
        ask(
                timed,
                (id, awaited) -> {
                    publish(new ClusterMessage.Broadcast(packet, selection, timed, id));
                    var asked = local.request(packet, selection, timed);
                    var request = new ClusterRequest.Ack(awaited, asked.size(), future);
                    for (CompletionStage<List<@Nullable Object>> answer : asked) {
                        answer.thenAccept(
                                (List<@Nullable Object> values) ->
                                        settle(id, request, () -> request.onAnswerHere(values)));
                        answer.exceptionally(_ -> lost(id, request));
                    }
                    return request;
                });
        return future;
    }

    private void settle(String id, ClusterRequest request, Runnable change) {
        onLoop(
                () -> {
                    change.run();
                    requests.settle(id, request);
                });
    }

    private List<@Nullable Object> lost(String id, ClusterRequest.Ack request) {
        settle(id, request, request::onLossHere);
        return List.of();
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(
            Selection selection, BroadcastFlags flags) {
        if (flags.isLocal()) {
            return local.fetchSockets(selection, flags);
        }
        var future = new CompletableFuture<List<SocketDetails>>();
        ask(
                flags,
                (id, awaited) -> {
                    var here = new ArrayList<>(local.describe(selection));
                    if (awaited.missing() > 0) {
                        publish(new ClusterMessage.FetchSockets(selection, flags, id));
                    }
                    return new ClusterRequest.Fetch(awaited, here, future);
                });
        return future;
    }

    @Override
    public CompletableFuture<ServerAnswers> serverSideEmitWithAck(List<@Nullable Object> data) {
        var future = new CompletableFuture<ServerAnswers>();
        ask(
                BroadcastFlags.NONE,
                (id, awaited) -> {
                    if (awaited.missing() > 0) {
                        publish(new ClusterMessage.ServerSideEmit(data, id));
                    }
                    return new ClusterRequest.Emit(awaited, new ArrayList<>(), future);
                });
        return future;
    }

    /// Makes a request that waits for the servers that are there now.
    private interface Question {
        ClusterRequest ask(String requestId, AwaitedNodes awaited);
    }

    private void ask(BroadcastFlags flags, Question question) {
        onLoop(() -> withServerCount(count -> ask(flags, count, question)));
    }

    private void ask(BroadcastFlags flags, OptionalInt count, Question question) {
        var awaited =
                state == State.CLOSED
                        ? new AwaitedNodes(Set.of(), OptionalInt.empty())
                        : new AwaitedNodes(nodes.ids(), count);
        var id = host.newId();
        long timeoutNanos = flags.timeoutOr(timings.requestTimeout()).toNanos();
        requests.add(id, question.ask(id, awaited), host.nowNanos() + timeoutNanos);
        host.rearm();
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        var future = new CompletableFuture<Integer>();
        onLoop(() -> withServerCount(count -> complete(future, count.orElse(1 + nodes.size()))));
        return future;
    }

    private void withServerCount(Consumer<OptionalInt> then) {
        host.serverCount()
                .exceptionally(_ -> OptionalInt.empty())
                .thenAccept(count -> onLoop(() -> then.accept(count)));
    }

    private void complete(CompletableFuture<Integer> future, int value) {
        host.callbacks().execute(() -> future.complete(value));
    }

    @Override
    public void serverSideEmit(List<@Nullable Object> data) {
        onLoop(() -> publishIfOpen(new ClusterMessage.ServerSideEmit(data, null)));
    }

    private void publishIfOpen(ClusterMessage.Notice notice) {
        if (state != State.CLOSED) {
            publish(notice);
        }
    }

    private void everywhere(BroadcastFlags flags, ClusterMessage.Notice notice, Runnable here) {
        if (flags.isLocal()) {
            here.run();
        } else {
            publishThen(notice, _ -> here.run());
        }
    }

    @Override
    public void joinSelected(Selection selection, BroadcastFlags flags, Collection<String> rooms) {
        everywhere(
                flags,
                new ClusterMessage.SocketsJoin(selection, flags, List.copyOf(rooms)),
                () -> local.joinSelected(selection, flags, rooms));
    }

    @Override
    public void leaveSelected(Selection selection, BroadcastFlags flags, Collection<String> rooms) {
        everywhere(
                flags,
                new ClusterMessage.SocketsLeave(selection, flags, List.copyOf(rooms)),
                () -> local.leaveSelected(selection, flags, rooms));
    }

    @Override
    public void disconnectSelected(Selection selection, BroadcastFlags flags, boolean close) {
        everywhere(
                flags,
                new ClusterMessage.DisconnectSockets(selection, flags, close),
                () -> local.disconnectSelected(selection, flags, close));
    }

    @Override
    public void close() {
        onLoop(
                () -> {
                    if (state == State.CLOSED) {
                        return;
                    }
                    if (state == State.MEMBER) {
                        publish(new ClusterMessage.AdapterClose());
                        nodes.ids().forEach(node -> requests.onGone(node, true));
                    }
                    state = State.CLOSED;
                    host.rearm();
                    host.closed();
                });
    }

    @Override
    public void open(String socketId) {
        local.open(socketId);
    }

    @Override
    public void join(String socketId, Collection<String> rooms) {
        local.join(socketId, rooms);
    }

    @Override
    public void leave(String socketId, String room) {
        local.leave(socketId, room);
    }

    @Override
    public void close(String socketId) {
        local.close(socketId);
    }

    @Override
    public Map<String, Set<String>> rooms() {
        return local.rooms();
    }

    @Override
    public Map<String, Set<String>> sids() {
        return local.sids();
    }

    @Override
    public Set<String> select(Selection selection) {
        return local.select(selection);
    }

    @Override
    public SessionStore sessions() {
        return sessions;
    }
}
