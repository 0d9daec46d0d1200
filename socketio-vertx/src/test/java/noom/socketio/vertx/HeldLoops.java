// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import noom.socketio.SocketIoServer;

/// A server whose event loops can be held, so that everything queued meanwhile is one turn, and
/// whose flushes are counted by connection, below everything that Vert.x and this library do.
final class HeldLoops implements AutoCloseable {
    private final Vertx vertx;
    private final TestServer server;
    private final Map<Thread, Context> contexts = new ConcurrentHashMap<>();
    private final Map<Channel, AtomicInteger> flushes = new ConcurrentHashMap<>();
    private final Map<Channel, Thread> webSockets = new ConcurrentHashMap<>();

    HeldLoops(SocketIoServer io, int loops) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        var handler = new SocketIoHandler(vertx, io, ClientBundle.none());
        server =
                TestServer.watched(
                        vertx,
                        SocketIoHandler.serverOptions(io.config()),
                        request -> {
                            contexts.put(Thread.currentThread(), vertx.getOrCreateContext());
                            see(request);
                            handler.handle(request);
                        },
                        this::watch,
                        loops);
    }

    TestServer server() {
        return server;
    }

    private static Channel channel(HttpConnection connection) {
        return ((VertxConnection) connection).channelHandlerContext().channel();
    }

    private void see(HttpServerRequest request) {
        if (request.canUpgradeToWebSocket()) {
            webSockets.put(channel(request.connection()), Thread.currentThread());
        }
    }

    private void watch(HttpConnection connection) {
        var channel = channel(connection);
        var count = new AtomicInteger();
        flushes.put(channel, count);
        channel.pipeline()
                .addFirst(
                        new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void flush(ChannelHandlerContext context) {
                                count.incrementAndGet();
                                context.flush();
                            }
                        });
    }

    /// Runs something while no loop runs anything; all loops that served a request are held.
    void whileHeld(Runnable work) throws Exception {
        var held = new CountDownLatch(contexts.size());
        var go = new CountDownLatch(1);
        for (var context : contexts.values()) {
            context.runOnContext(
                    _ -> {
                        held.countDown();
                        try {
                            go.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
        }
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("a loop did not stop in 30 s");
        }
        flushes.values().forEach(count -> count.set(0));
        work.run();
        go.countDown();
    }

    /// Flushes of each WebSocket since the loops were held.
    int[] webSocketFlushes() {
        return webSockets.keySet().stream()
                .mapToInt(channel -> flushes.get(channel).get())
                .sorted()
                .toArray();
    }

    /// Loops that serve WebSockets.
    long webSocketLoops() {
        return webSockets.values().stream().distinct().count();
    }

    @Override
    public void close() {
        server.close();
    }
}
