// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import noom.rtc.srtp.SrtpContext;

/// Receives and sends one datagram at a time.
final class NaiveForwarder implements Forwarder {
    private final FanOut fanOut = new FanOut();
    private final AtomicLong sent = new AtomicLong();
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final List<InetSocketAddress> receivers;
    private final Thread thread;

    NaiveForwarder(List<InetSocketAddress> receivers) {
        this.receivers = receivers;
        try {
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("naive").start(this::run);
    }

    private void run() {
        var datagram = ByteBuffer.allocateDirect(SrtpContext.MAX_PACKET_BYTES);
        var packet = new byte[SrtpContext.MAX_PACKET_BYTES];
        var out = ByteBuffer.allocateDirect(SrtpContext.MAX_PACKET_BYTES);
        try {
            while (true) {
                channel.receive(datagram.clear());
                int lengthBytes = datagram.flip().remaining();
                datagram.get(packet, 0, lengthBytes);
                fanOut.forward(
                        packet, 0, lengthBytes, (bytes, count, to) -> send(out, bytes, count, to));
                sent.setOpaque(sent.getPlain() + FanOut.RECEIVERS);
            }
        } catch (ClosedChannelException _) {
            // as wished
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(ByteBuffer out, byte[] packet, int lengthBytes, int receiver) {
        try {
            channel.send(out.clear().put(packet, 0, lengthBytes).flip(), receivers.get(receiver));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public long threadId() {
        return thread.threadId();
    }

    @Override
    public long sentCount() {
        return sent.getOpaque();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
