// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What Netty calls on the loop, handed to the [UdpPort] that it makes for its channel.
final class UdpHandler extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger("noom.sfu.udp");

    private final int maxSegments;
    private final boolean isDirect;
    private final Function<UdpPort, UdpReceiver> receiver;
    private @Nullable UdpPort port;

    /// @param maxSegments that the kernel cuts a message into; 1 where it cannot
    /// @param isDirect whether messages may go to it past Netty
    UdpHandler(int maxSegments, boolean isDirect, Function<UdpPort, UdpReceiver> receiver) {
        this.maxSegments = maxSegments;
        this.isDirect = isDirect;
        this.receiver = receiver;
    }

    /// @throws NullPointerException before the channel is registered
    UdpPort port() {
        return Objects.requireNonNull(port, "not registered yet");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        var channel = context.channel();
        port = new UdpPort(channel, maxSegments, isDirect ? kernel(channel) : null, receiver);
    }

    private static MessageQueue.@Nullable Kernel kernel(Channel channel) {
        return channel instanceof EpollDatagramChannel epoll && hasAddresses(channel.alloc())
                ? new Sendmmsg(epoll.fd().intValue())
                : null;
    }

    private static boolean hasAddresses(ByteBufAllocator allocator) {
        var buffer = allocator.directBuffer(1);
        try {
            return buffer.hasMemoryAddress();
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var packet = (DatagramPacket) message;
        try {
            port().take(packet.content(), packet.sender());
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        port().turnEnds();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        port().forgetUnsent();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A datagram that breaks the worker is lost; those after it are not.
        LOG.log(System.Logger.Level.ERROR, "the media port failed on a datagram", cause);
    }
}
