// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import noom.socketio.SocketIoServer;
import noom.socketio.engine.EngineApplication;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionSink;

/// Looks at what waits for the newest session, on its loop: in the session, and in its channel.
final class UnsentBytes implements EngineApplication {
    private final SocketIoServer io;
    private final Map<Integer, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicLong maxSessionBytes = new AtomicLong();
    private final AtomicLong maxChannelBytes = new AtomicLong();
    private volatile EngineSession newest;
    private volatile SessionHost host;
    private volatile Channel channel;
    private volatile boolean isWatching;

    UnsentBytes(SocketIoServer io) {
        this.io = io;
    }

    @Override
    public SessionSink accept(EngineSession session, SessionHost itsHost, EngineRequest request) {
        if (!isWatching) {
            newest = session;
            host = itsHost;
        }
        return io.accept(session, itsHost, request);
    }

    void see(HttpConnection connection) {
        var port = connection.remoteAddress().port();
        channels.put(port, ((VertxConnection) connection).channelHandlerContext().channel());
    }

    /// From now on, the session that was opened last; its client has this port.
    void watch(int port) {
        channel = channels.get(port);
        isWatching = true;
    }

    /// Looks once; returns when it has.
    void look() {
        var looked = new CompletableFuture<Void>();
        if (!isWatching) {
            return;
        }
        host.loop()
                .execute(
                        () -> {
                            maxSessionBytes.accumulateAndGet(inSession(), Math::max);
                            maxChannelBytes.accumulateAndGet(inChannel(), Math::max);
                            looked.complete(null);
                        });
        looked.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /// No user of the library needs it, so there is no way to ask but this.
    private long inSession() {
        return (long) field(field(field(newest, "transmission"), "queue"), "waitingBytes");
    }

    private static Object field(Object owner, String name) {
        try {
            var field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the session keeps what waits elsewhere now", e);
        }
    }

    private long inChannel() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    long maxSessionBytes() {
        return maxSessionBytes.get();
    }

    long maxChannelBytes() {
        return maxChannelBytes.get();
    }
}
