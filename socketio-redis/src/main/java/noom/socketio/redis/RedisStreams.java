// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import noom.socketio.adapter.Adapter;
import noom.socketio.adapter.LocalSockets;

/// Makes a server one of a cluster, together with official ones that use
/// `@socket.io/redis-streams-adapter` 0.3:
///
/// ```java
/// var cluster = RedisStreams.connect("redis://127.0.0.1:6379");
/// var io = new SocketIoServer(SocketIoConfig.defaults(), cluster);
/// ```
///
/// Needs Redis 6.2 or newer. While Redis is away, events reach the sockets of this server after
/// [RedisStreamsConfig#publishTimeout], requests count this server alone, and what others sent is
/// heard when Redis is back, as far as the stream was kept. A message whose receipt Redis could not
/// confirm is sent again, so others may get it twice.
///
/// One object serves one [noom.socketio.SocketIoServer]. Any thread may call.
public final class RedisStreams implements Adapter.Factory, AutoCloseable {
    private final RedisStreamsConfig config;
    private final RedisLink link;
    private final ClusterLoop loop = new ClusterLoop();
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, RedisNode> nodes = new ConcurrentHashMap<>();

    private RedisStreams(String uri, RedisStreamsConfig config) {
        this.config = config;
        this.link = new RedisLink(uri);
        link.follow(config.streamName(), config.readCount(), config.blockTime(), this::hear);
    }

    /// Connects with the official adapter's settings, and waits until it has.
    ///
    /// @throws io.lettuce.core.RedisConnectionException when Redis is not there
    public static RedisStreams connect(String uri) {
        return connect(uri, RedisStreamsConfig.DEFAULT);
    }

    /// Connects, and waits until it has.
    ///
    /// @param uri for example `redis://127.0.0.1:6379` or `rediss://user:secret@redis.example`
    /// @throws io.lettuce.core.RedisConnectionException when Redis is not there
    public static RedisStreams connect(String uri, RedisStreamsConfig config) {
        return new RedisStreams(uri, config);
    }

    @Override
    public Adapter create(String namespace, LocalSockets sockets) {
        var node = new RedisNode(namespace, sockets, link, config, loop, callbacks, this::forget);
        nodes.put(namespace, node);
        callbacks.execute(node::open);
        return node.adapter();
    }

    private void forget(RedisNode closed) {
        nodes.remove(closed.namespace(), closed);
    }

    private void hear(RedisLink.Entry entry) {
        var namespace = ClusterCodec.namespace(entry.fields());
        var node = namespace == null ? null : nodes.get(namespace);
        if (node != null) {
            node.onEntry(entry);
        }
    }

    /// Leaves the cluster; close the server before, and use neither again.
    @Override
    public void close() {
        nodes.values().forEach(node -> node.adapter().close());
        loop.close();
        link.close();
        callbacks.shutdown();
    }
}
