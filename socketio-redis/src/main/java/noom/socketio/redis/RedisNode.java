// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import noom.socketio.adapter.ClusterAdapter;
import noom.socketio.adapter.ClusterHost;
import noom.socketio.adapter.ClusterMessage;
import noom.socketio.adapter.ClusterMessage.Envelope;
import noom.socketio.adapter.LocalSockets;
import noom.socketio.engine.SessionLoop;
import org.jspecify.annotations.Nullable;

/// This server's part of one namespace: its adapter, with Redis as the way to the others.
///
/// Lasting messages go into the stream, which keeps their order. Requests, and what must be
/// answered at once, go to a channel that all servers of the namespace listen to; answers go to a
/// channel of the server that asked.
final class RedisNode implements ClusterHost {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 8;

    /// A field of an entry that only its sender reads.
    private static final String OWN_NUMBER = "own";

    private final RedisLink link;
    private final RedisStreamsConfig config;
    private final ClusterLoop loop;
    private final Executor callbacks;
    private final String namespace;
    private final String nodeId = randomId();
    private final ClusterAdapter adapter;
    private final Listening listening;
    private final Consumer<RedisNode> onClosed;

    private final OwnEntries own;
    private @Nullable Future<?> timer;

    RedisNode(
            String namespace,
            LocalSockets sockets,
            RedisLink link,
            RedisStreamsConfig config,
            ClusterLoop loop,
            Executor callbacks,
            Consumer<RedisNode> onClosed) {
        this.onClosed = onClosed;
        this.namespace = namespace;
        this.link = link;
        this.config = config;
        this.loop = loop;
        this.callbacks = callbacks;
        this.own = new OwnEntries(loop.turns());
        this.listening =
                new Listening(
                        link.listeners(),
                        List.of(publicChannel(), privateChannel(nodeId)),
                        this::onPayload);
        this.adapter =
                new ClusterAdapter(
                        namespace,
                        nodeId,
                        sockets,
                        this,
                        new RedisSessions(namespace, sockets, link, config),
                        config.timings());
    }

    ClusterAdapter adapter() {
        return adapter;
    }

    String namespace() {
        return namespace;
    }

    /// Listens to its channels and says hello; blocks while Redis is away.
    void open() {
        listening.begin();
        loop.execute(adapter::start);
    }

    @Override
    public void closed() {
        listening.end();
        onClosed.accept(this);
    }

    private void onPayload(String channel, byte[] payload) {
        ClusterCodec.fromPayload(payload).ifPresent(message -> hear(message, ""));
    }

    /// From any thread.
    private void hear(Envelope message, String offset) {
        loop.execute(() -> adapter.receive(message, offset, nowNanos()));
    }

    @Override
    public CompletableFuture<String> publish(Envelope message) {
        var sent =
                isRequest(message.message())
                        ? link.publish(publicChannel(), ClusterCodec.toPayload(message))
                                .thenApply(_ -> "")
                                .toCompletableFuture()
                                .copy() // whoever stops waiting must not take the message back
                        : append(message);
        return sent.orTimeout(config.publishTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Completes when the entry is read again, not when Redis has it: what others appended
    /// before it may not have come yet. A client that had got this entry already would say so
    /// when it comes back, and would never get theirs.
    private CompletableFuture<String> append(Envelope message) {
        var expected = own.expect();
        var fields = ClusterCodec.toFields(message);
        fields.put(OWN_NUMBER, expected.number());
        link.append(config.streamName(), fields, config.maxLength())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                expected.read().completeExceptionally(failure);
                            }
                        });
        return expected.read();
    }

    /// An entry of the stream; on the thread that reads them, so that all are told in their order.
    void onEntry(RedisLink.Entry entry) {
        var number = entry.fields().get(OWN_NUMBER);
        if (number != null && nodeId.equals(entry.fields().get("uid"))) {
            own.onRead(number, entry.id());
        } else {
            ClusterCodec.fromFields(entry.fields()).ifPresent(message -> hear(message, entry.id()));
        }
    }

    private static boolean isRequest(ClusterMessage message) {
        return switch (message) {
            case ClusterMessage.Broadcast broadcast -> broadcast.requestId() != null;
            case ClusterMessage.ServerSideEmit _, ClusterMessage.FetchSockets _ -> true;
            default -> false;
        };
    }

    @Override
    public void respond(String to, Envelope message) {
        var _ = link.publish(privateChannel(to), ClusterCodec.toPayload(message));
    }

    @Override
    public CompletableFuture<OptionalInt> serverCount() {
        return link.subscribers(publicChannel())
                .thenApply(count -> OptionalInt.of(Math.max(1, count.intValue())))
                .toCompletableFuture()
                .copy()
                .orTimeout(config.publishTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public SessionLoop loop() {
        return loop;
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public String newId() {
        return randomId();
    }

    @Override
    public Executor callbacks() {
        return callbacks;
    }

    @Override
    public Executor newHandlerThread() {
        return new InOrder(callbacks);
    }

    @Override
    public void rearm() {
        if (timer != null) {
            timer.cancel(false);
        }
        long next = adapter.nextDeadlineNanos();
        timer = next == Long.MAX_VALUE ? null : loop.at(next, this::advance);
    }

    private void advance() {
        adapter.advance(nowNanos());
        rearm();
    }

    private String publicChannel() {
        return config.channelPrefix() + "#" + namespace + "#";
    }

    private String privateChannel(String node) {
        return publicChannel() + node + "#";
    }

    private static String randomId() {
        var bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
