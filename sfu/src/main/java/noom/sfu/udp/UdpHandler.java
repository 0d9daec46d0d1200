// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What Netty calls on the loop, handed to the [UdpPort] that it makes for its channel.
final class UdpHandler extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger("noom.sfu.udp");

    private final UdpPort.Sending sending;
    private final Function<UdpPort, UdpReceiver> receiver;
    private @Nullable UdpPort port;

    UdpHandler(UdpPort.Sending sending, Function<UdpPort, UdpReceiver> receiver) {
        this.sending = sending;
        this.receiver = receiver;
    }

    /// @throws NullPointerException before the channel is registered
    UdpPort port() {
        return Objects.requireNonNull(port, "not registered yet");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        port = new UdpPort(context.channel(), sending, receiver);
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
