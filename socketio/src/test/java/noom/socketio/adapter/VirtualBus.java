// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import noom.socketio.engine.SessionLoop;
import noom.socketio.engine.VirtualLoop;
import org.jspecify.annotations.Nullable;

/// Servers on a bus in virtual time. Every message crosses it as its number and its fields, takes
/// a millisecond, and keeps its place in the order of the bus.
public final class VirtualBus {
    private static final Duration DELAY = Duration.ofMillis(1);

    private final VirtualLoop loop;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private OptionalInt counted = OptionalInt.empty();
    private boolean away;
    private int offsets;
    private int ids;

    /// A bus without servers.
    public VirtualBus(VirtualLoop loop) {
        this.loop = loop;
    }

    /// A server's adapter, not started.
    public ClusterAdapter join(String nodeId, String namespace, LocalSockets sockets) {
        return join(nodeId, namespace, sockets, SessionStore.NONE);
    }

    /// A server's adapter with sessions, not started.
    public ClusterAdapter join(
            String nodeId, String namespace, LocalSockets sockets, SessionStore sessions) {
        var node = new Node();
        nodes.put(nodeId + namespace, node);
        node.adapter =
                new ClusterAdapter(
                        namespace, nodeId, sockets, node, sessions, ClusterTimings.DEFAULT);
        return node.adapter();
    }

    /// The server hears and says nothing any more.
    public void kill(String nodeId, String namespace) {
        Objects.requireNonNull(nodes.remove(nodeId + namespace)).dead = true;
    }

    /// Publishing fails from now on, or works again.
    public void setAway(boolean value) {
        away = value;
    }

    /// The bus knows how many servers there are.
    public void setCounted(int count) {
        counted = OptionalInt.of(count);
    }

    /// Who said what since the last call, as `node:type` and `node>node:type`.
    public List<String> takeLog() {
        var taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    /// Puts a foreign message on the bus, as it travels.
    public void inject(String from, String namespace, int type, Map<String, ?> data) {
        carry(nodes.keySet().stream().toList(), from, namespace, type, data, "");
    }

    /// Time for everything that was said to arrive and be answered.
    public void settle() {
        for (int i = 0; i < 10; i++) {
            loop.advance(DELAY);
        }
    }

    private void carry(
            List<String> to,
            String from,
            String namespace,
            int type,
            Map<String, ?> data,
            String offset) {
        loop.schedule(
                DELAY,
                () -> {
                    for (var id : to) {
                        arrive(id, from, namespace, type, data, offset);
                    }
                    loop.settle();
                });
    }

    private void arrive(
            String to, String from, String namespace, int type, Map<?, ?> data, String offset) {
        var node = nodes.get(to);
        var message = ClusterFormat.parse(type, namespace, data);
        if (node != null && message != null) {
            long now = loop.nowNanos();
            node.adapter()
                    .receive(new ClusterMessage.Envelope(from, namespace, message), offset, now);
        }
    }

    private final class Node implements ClusterHost {
        private @Nullable ClusterAdapter adapter;
        private Runnable cancel = () -> {};
        private boolean dead;

        ClusterAdapter adapter() {
            return Objects.requireNonNull(adapter);
        }

        @Override
        public SessionLoop loop() {
            return loop;
        }

        @Override
        public long nowNanos() {
            return loop.nowNanos();
        }

        @Override
        public String newId() {
            return "request" + ids++;
        }

        @Override
        public Executor callbacks() {
            return loop::execute;
        }

        @Override
        public Executor newHandlerThread() {
            return loop::execute;
        }

        @Override
        public void rearm() {
            cancel.run();
            cancel = () -> {};
            long deadline = dead ? Long.MAX_VALUE : adapter().nextDeadlineNanos();
            if (deadline != Long.MAX_VALUE) {
                long delay = Math.max(0, deadline - nowNanos());
                cancel = loop.schedule(Duration.ofNanos(delay), this::advance);
            }
        }

        private void advance() {
            adapter().advance(nowNanos());
            loop.settle();
            rearm();
        }

        @Override
        public CompletableFuture<String> publish(ClusterMessage.Envelope message) {
            if (away) {
                return CompletableFuture.failedFuture(new IllegalStateException("bus is away"));
            }
            if (dead) {
                return CompletableFuture.completedFuture("");
            }
            int type = ClusterFormat.type(message.message());
            log.add(message.nodeId() + ":" + type);
            var offset = "offset" + offsets++;
            carry(
                    List.copyOf(nodes.keySet()),
                    message.nodeId(),
                    message.namespace(),
                    type,
                    ClusterFormat.data(message.message()),
                    offset);
            var published = new CompletableFuture<String>();
            loop.schedule(DELAY, () -> published.complete(offset));
            return published;
        }

        @Override
        public void respond(String nodeId, ClusterMessage.Envelope message) {
            if (dead) {
                return;
            }
            int type = ClusterFormat.type(message.message());
            log.add(message.nodeId() + ">" + nodeId + ":" + type);
            carry(
                    List.of(nodeId + message.namespace()),
                    message.nodeId(),
                    message.namespace(),
                    type,
                    ClusterFormat.data(message.message()),
                    "");
        }

        @Override
        public CompletableFuture<OptionalInt> serverCount() {
            return CompletableFuture.completedFuture(counted);
        }
    }
}
