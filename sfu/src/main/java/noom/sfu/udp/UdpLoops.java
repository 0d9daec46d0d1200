// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The threads of media, an event loop each: with epoll where the system has it, and then past
/// Netty on the way out where that is allowed; else with NIO, which receives and sends one
/// datagram at a time.
public final class UdpLoops {
    private static final int DATAGRAMS_PER_READ = 64;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /// Past this, what a worker sends is dropped until the kernel has taken half of it.
    private static final int MAX_WAITING_BYTES = 4 << 20;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final IoEventLoopGroup loops;
    private final Kind kind;

    /// How the system is asked.
    enum Kind {
        DIRECT,
        EPOLL,
        NIO;

        private static Kind best() {
            if (!Epoll.isAvailable()) {
                return NIO;
            }
            return Sendmmsg.isAvailable() ? DIRECT : EPOLL;
        }
    }

    private UdpLoops(IoEventLoopGroup loops, Kind kind) {
        this.loops = loops;
        this.kind = kind;
    }

    /// Whether sockets can share a port so that each gets its part of what comes: elsewhere than
    /// on Linux, where epoll is, `SO_REUSEPORT` has other meanings or none.
    public static boolean canShare() {
        return Epoll.isAvailable();
    }

    /// Starts threads.
    ///
    /// @param threads 1 or more
    public static UdpLoops start(int threads) {
        return start(threads, Kind.best());
    }

    static UdpLoops start(int threads, Kind kind) {
        var io = kind == Kind.NIO ? NioIoHandler.newFactory() : EpollIoHandler.newFactory();
        return new UdpLoops(new MultiThreadIoEventLoopGroup(threads, named(), io), kind);
    }

    private static ThreadFactory named() {
        var threads = new DefaultThreadFactory("media", true);
        return loop ->
                threads.newThread(
                        () -> {
                            ShortSlice.request();
                            loop.run();
                        });
    }

    /// Opens a socket on the next loop.
    ///
    /// Several share one port number: the kernel spreads senders over them by address
    /// (`SO_REUSEPORT`, socket(7)). Other programs of the same user could join them, so a port
    /// that is taken shows at its TCP twin, not here.
    ///
    /// @param address port 0 takes any that is free
    /// @param receiver called once on the loop, before the address is bound
    /// @return fails with what the system says if the address cannot be had
    public CompletionStage<UdpPort> open(
            InetSocketAddress address, Function<UdpPort, UdpReceiver> receiver) {
        var opened = new CompletableFuture<UdpPort>();
        var handler = new UdpHandler(maxSegments(), kind == Kind.DIRECT, receiver);
        bootstrap(loops.next())
                .handler(handler)
                .bind(address)
                .addListener(
                        bound -> {
                            if (bound.isSuccess()) {
                                opened.complete(handler.port());
                            } else {
                                opened.completeExceptionally(bound.cause());
                            }
                        });
        return opened;
    }

    /// Ends the threads; sockets should be closed before.
    public CompletionStage<Void> close() {
        return toStage(loops.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }

    private int maxSegments() {
        return kind != Kind.NIO && EpollDatagramChannel.isSegmentedDatagramPacketSupported()
                ? SendBatch.MAX_SEGMENTS
                : 1;
    }

    private Bootstrap bootstrap(EventLoop loop) {
        var bootstrap =
                new Bootstrap()
                        .group(loop)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .option(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(MAX_WAITING_BYTES / 2, MAX_WAITING_BYTES));
        if (kind != Kind.NIO) {
            return bootstrap
                    .channel(EpollDatagramChannel.class)
                    .option(EpollChannelOption.SO_REUSEPORT, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, UdpPort.SLOT_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(UdpPort.SLOT_BYTES * DATAGRAMS_PER_READ));
        }
        return bootstrap
                .channel(NioDatagramChannel.class)
                .option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(UdpPort.SLOT_BYTES));
    }

    static CompletionStage<Void> toStage(Future<?> future) {
        var stage = new CompletableFuture<Void>();
        future.addListener(
                done -> {
                    if (done.isSuccess()) {
                        stage.complete(null);
                    } else {
                        stage.completeExceptionally(done.cause());
                    }
                });
        return stage;
    }
}
