// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import noom.sfu.udp.MessageQueue.Message;
import org.jspecify.annotations.Nullable;

/// One worker's socket on the one UDP port of all media. [UdpLoops#open] opens it.
///
/// Owner: the loop it was opened on; only [#execute], [#every], [#localAddress] and [#close] may be
/// called from elsewhere.
public final class UdpPort {
    /// Longest datagram that is taken or sent: what an Ethernet frame holds, with room to spare.
    public static final int MAX_DATAGRAM_BYTES = 2_047;

    private static final System.Logger LOG = System.getLogger("noom.sfu.udp");

    /// One byte longer, so that a datagram which the kernel cut off shows.
    static final int SLOT_BYTES = MAX_DATAGRAM_BYTES + 1;

    /// errno: the device cannot cut messages; and it cannot cut this one, as its datagrams are
    /// longer than the way to that address takes.
    private static final int EIO = 5;

    private static final int EINVAL = 22;

    /// With so many waiting, those of one sender leave before another's are taken: what came first
    /// in a long turn does not wait for what came last, and what belongs together stays together.
    static final int MAX_WAITING_DATAGRAMS = 256;

    private final Channel channel;
    private final SendBatch batch;
    private final @Nullable MessageQueue direct;
    private final UdpReceiver receiver;
    private final byte[] slot = new byte[SLOT_BYTES];
    private final ByteBuffer datagram = ByteBuffer.wrap(slot);
    private @Nullable InetSocketAddress lastFrom;
    private long receivedDatagrams;
    private long receivedBytes;
    private long oversizedDatagrams;
    private long sentDatagrams;
    private long sentBytes;
    private long sentRuns;
    private long droppedDatagrams;
    private long failedRuns;

    /// Messages that Netty sends when the socket has room again; what comes after them waits, too.
    private int waitingWrites;

    /// @param maxSegments that the kernel cuts a message into; 1 where it cannot
    /// @param kernel the way out past Netty, if there is one
    UdpPort(
            Channel channel,
            int maxSegments,
            MessageQueue.@Nullable Kernel kernel,
            Function<UdpPort, UdpReceiver> receiver) {
        this.channel = channel;
        this.batch = new SendBatch(channel.alloc(), maxSegments, this::write);
        this.direct = kernel == null ? null : new MessageQueue(kernel, new PastNetty());
        this.receiver = receiver.apply(this);
    }

    /// Where it listens; the port is the real one.
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Copies a datagram into what leaves at the next [#flush].
    ///
    /// What goes to one address stays in order. Dropped and counted while the kernel is more
    /// than 4 MB behind.
    ///
    /// @param lengthBytes 1 to [#MAX_DATAGRAM_BYTES]
    /// @throws IllegalArgumentException if the length is not
    public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
        if (lengthBytes < 1 || lengthBytes > MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(lengthBytes + " bytes are no datagram of ours");
        }
        batch.add(bytes, offset, lengthBytes, to);
    }

    /// Sends all that waits. Called by itself at the end of a turn that received something, and
    /// within a long one; who sends at another time, as after a timer, calls it.
    public void flush() {
        batch.flush();
        if (direct != null) {
            sendDirect(direct);
        }
        channel.flush();
    }

    /// Runs a task on the loop, after what other tasks this thread gave before. Any thread may call
    /// it; what the task sends needs a [#flush].
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /// Runs a task on the loop again and again until this is closed, whatever it throws.
    public void every(long millis, Runnable task) {
        var ticks =
                channel.eventLoop()
                        .scheduleAtFixedRate(
                                () -> runOnce(task), millis, millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> ticks.cancel(false));
    }

    private static void runOnce(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.log(System.Logger.Level.ERROR, "a task of the media loop failed", e);
        }
    }

    /// Closes the socket; what has not been flushed is forgotten.
    public CompletionStage<Void> close() {
        return UdpLoops.toStage(channel.close());
    }

    /// What has been counted so far.
    public UdpStats stats() {
        return new UdpStats(
                receivedDatagrams,
                receivedBytes,
                oversizedDatagrams,
                sentDatagrams,
                sentBytes,
                sentRuns,
                droppedDatagrams,
                failedRuns);
    }

    void take(ByteBuf content, InetSocketAddress from) {
        int lengthBytes = content.readableBytes();
        if (lengthBytes > MAX_DATAGRAM_BYTES) {
            oversizedDatagrams++;
            return;
        }
        if (from.getPort() == 0) {
            return; // who wants no answer (RFC 768) is of no use here, and none can be sent
        }
        if (batch.waitingCount() >= MAX_WAITING_DATAGRAMS && !from.equals(lastFrom)) {
            flush();
        }
        lastFrom = from;
        content.readBytes(slot, 0, lengthBytes);
        receivedDatagrams++;
        receivedBytes += lengthBytes;
        receiver.onDatagram(datagram.clear().limit(lengthBytes), from);
    }

    private void write(Message message) {
        if (!channel.isWritable()) {
            droppedDatagrams += message.count();
            message.datagrams().release();
            return;
        }
        sentRuns++;
        sentDatagrams += message.count();
        sentBytes += message.datagrams().readableBytes();
        if (direct != null && direct.isFull()) {
            sendDirect(direct);
        }
        if (direct == null || waitingWrites > 0) {
            writeLater(message);
        } else {
            direct.add(message);
        }
    }

    private void sendDirect(MessageQueue queue) {
        if (channel.isOpen()) {
            queue.send();
        } else {
            queue.discard(); // its descriptor may be another's by now
        }
    }

    private void writeLater(Message message) {
        waitingWrites++;
        var datagrams = message.datagrams();
        channel.write(
                        message.count() == 1
                                ? new DatagramPacket(datagrams, message.to())
                                : new SegmentedDatagramPacket(
                                        datagrams, message.segmentBytes(), message.to()))
                .addListener(future -> written(message, future.cause()));
    }

    private void written(Message message, @Nullable Throwable cause) {
        waitingWrites--;
        if (cause != null) {
            int errno = cause instanceof NativeIoException failure ? -failure.expectedErr() : 0;
            onFailed(message, errno);
        }
    }

    private void onFailed(Message message, int errno) {
        failedRuns++;
        if (message.count() > 1 && errno == EIO) {
            batch.sendSingly();
        } else if (message.count() > 1 && errno == EINVAL) {
            batch.sendSingly(message.to());
        }
    }

    /// What came in one turn has been told.
    void turnEnds() {
        receiver.onTurnEnd();
        flush();
    }

    void forgetUnsent() {
        batch.discard();
        if (direct != null) {
            direct.discard();
        }
    }

    private final class PastNetty implements MessageQueue.Sink {
        @Override
        public void onNoRoom(Message message) {
            writeLater(message);
        }

        @Override
        public void onRefused(Message message, int errno) {
            onFailed(message, errno);
        }
    }
}
