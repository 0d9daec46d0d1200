// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import noom.rtc.Demux;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.CompoundReader;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpReceiver;
import noom.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/// One transport to the server: a socket, checks, a handshake, and then media one way.
///
/// Owner: its loop; [#start], [#connected] and [#close] may be called from elsewhere. Nothing is
/// repaired and no lost packet asked for again, so that what is counted is what the way lost.
final class Line implements MediaLoop.Reader, AutoCloseable {
    private static final long CHECK_AGAIN_NANOS = Duration.ofMillis(200).toNanos();
    private static final long CONSENT_NANOS = Duration.ofMillis(2_500).toNanos();
    private static final long FORGIVEN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final int READS_PER_TURN = 64;

    private final MediaLoop loop;
    private final Check check;
    private final KeyExchange exchange;
    private final DatagramChannel channel;
    private final int descriptor;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final RtpPacket packet = new RtpPacket();
    private final CompoundReader reader = new CompoundReader();
    private final List<MediaSource> sources = new ArrayList<>();
    private final List<ReceivedStream> streams = new ArrayList<>();
    private final List<Window.Count> sent = new ArrayList<>();
    private final byte[] sealed = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final ByteBuffer out = ByteBuffer.allocateDirect(SrtpContext.MAX_PACKET_BYTES);
    private @Nullable SrtpContext srtp;
    private boolean isAnswered;
    private boolean isClosed;
    private int transportSeq;

    /// What signalling has told of the server's end.
    record Remote(InetSocketAddress address, IceCredentials credentials, Fingerprint fingerprint) {}

    Line(MediaLoop loop, Remote remote, OwnCertificate own, RandomGenerator random) {
        this.loop = loop;
        check = new Check(remote.credentials(), random);
        exchange = new KeyExchange(own, remote.fingerprint(), this::write);
        try {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.connect(remote.address());
            descriptor = ArrivalClock.descriptor(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins to connect.
    ///
    /// @return done when there are keys
    CompletableFuture<Void> start() {
        loop.execute(
                () -> {
                    loop.register(channel, this);
                    loop.arrivals().watch(descriptor);
                    ask();
                });
        return connected;
    }

    MediaLoop loop() {
        return loop;
    }

    private void ask() {
        if (!isClosed) {
            write(check.next());
            loop.at(
                    System.nanoTime() + (isAnswered ? CONSENT_NANOS : CHECK_AGAIN_NANOS),
                    this::ask);
        }
    }

    /// Begins to send a track. On the loop.
    void add(MediaSource source, long firstNanos) {
        sources.add(source);
        var count = new Window.Count();
        sent.add(count);
        loop.at(firstNanos, () -> emit(source, count, firstNanos));
    }

    /// Expects a track. On the loop.
    void add(ReceivedStream stream) {
        streams.add(stream);
    }

    /// What comes. On the loop.
    List<ReceivedStream> streams() {
        return streams;
    }

    /// How many packets of a source left within a window. On the loop.
    long sentIn(Window window, MediaSource source) {
        return sent.get(sources.indexOf(source)).in(window);
    }

    private void emit(MediaSource source, Window.Count count, long dueNanos) {
        if (isClosed) {
            return;
        }
        source.emit(
                System::nanoTime,
                new MediaSource.Sink() {
                    @Override
                    public int nextTransportSeq() {
                        return transportSeq++ & 0xFFFF;
                    }

                    @Override
                    public void send(byte[] bytes, int lengthBytes, long sentNanos) {
                        if (sendRtp(bytes, lengthBytes)) {
                            count.add(loop.window(), sentNanos);
                        }
                    }
                });
        long next = dueNanos + source.shape().periodNanos();
        long nowNanos = System.nanoTime();
        // A pause of this process is no reason for a burst.
        long dueAgain = nowNanos - next > FORGIVEN_NANOS ? nowNanos : next;
        loop.at(dueAgain, () -> emit(source, count, dueAgain));
    }

    private boolean sendRtp(byte[] bytes, int lengthBytes) {
        var context = srtp;
        if (context == null) {
            return false;
        }
        int sealedBytes = context.sender().protectRtp(bytes, 0, lengthBytes, sealed, 0);
        if (sealedBytes == SrtpSender.REFUSED) {
            throw new IllegalStateException("refused: " + context.sender().refusal());
        }
        out.clear().put(sealed, 0, sealedBytes).flip();
        try {
            return channel.write(out) == sealedBytes;
        } catch (IOException _) {
            return false; // the server's port is closed: counted as not sent
        }
    }

    /// A datagram of control; the handshake's thread calls this too.
    private void write(byte[] datagram) {
        try {
            channel.write(ByteBuffer.wrap(datagram));
        } catch (IOException _) {
            // asked again, or given up by who waits
        }
    }

    @Override
    public void onReadable() {
        try {
            for (int i = 0; i < READS_PER_TURN && channel.isOpen(); i++) {
                int lengthBytes = channel.read(loop.direct.clear());
                if (lengthBytes <= 0) {
                    return;
                }
                loop.direct.flip().get(loop.datagram, 0, lengthBytes);
                long nowNanos = System.nanoTime();
                onDatagram(
                        loop.datagram,
                        lengthBytes,
                        loop.arrivals().arrivalNanos(descriptor, nowNanos));
            }
        } catch (IOException _) {
            // the server's port is closed; whoever waits for something gives up
        }
    }

    private void onDatagram(byte[] datagram, int lengthBytes, long arrivalNanos) {
        switch (Demux.of(datagram, 0, lengthBytes)) {
            case STUN -> onStun(datagram, lengthBytes);
            case DTLS -> exchange.onDatagram(Arrays.copyOf(datagram, lengthBytes));
            case RTP -> onRtp(datagram, lengthBytes, arrivalNanos);
            case RTCP -> onRtcp(datagram, lengthBytes);
            default -> {}
        }
    }

    private void onStun(byte[] datagram, int lengthBytes) {
        if (!isAnswered && check.isAnsweredBy(datagram, lengthBytes)) {
            isAnswered = true;
            var _ =
                    exchange.start()
                            .whenComplete(
                                    (keys, failure) -> loop.execute(() -> onKeys(keys, failure)));
        }
    }

    private void onKeys(@Nullable SrtpContext keys, @Nullable Throwable failure) {
        srtp = keys;
        if (keys == null) {
            connected.completeExceptionally(
                    failure == null ? new IllegalStateException("no keys") : failure);
        } else {
            connected.complete(null);
        }
    }

    private void onRtp(byte[] datagram, int lengthBytes, long arrivalNanos) {
        var context = srtp;
        if (context == null) {
            return;
        }
        int plain = context.receiver().unprotectRtp(datagram, 0, lengthBytes, datagram, 0);
        if (plain == SrtpReceiver.REFUSED || !packet.wrap(datagram, 0, plain)) {
            return;
        }
        for (var stream : streams) {
            if (stream.ssrc() == packet.ssrc()) {
                stream.onPacket(packet, loop.window(), arrivalNanos);
                return;
            }
        }
    }

    private void onRtcp(byte[] datagram, int lengthBytes) {
        var context = srtp;
        if (context == null || sources.isEmpty()) {
            return;
        }
        int plain = context.receiver().unprotectRtcp(datagram, 0, lengthBytes, datagram, 0);
        if (plain == SrtpReceiver.REFUSED || !reader.read(datagram, 0, plain)) {
            return;
        }
        for (var message : reader.packets()) {
            switch (message) {
                case Rtcp.Pli pli -> wantKeyFrame(pli.mediaSsrc());
                case Rtcp.Fir fir -> fir.entries().forEach(entry -> wantKeyFrame(entry.ssrc()));
                default -> {}
            }
        }
    }

    private void wantKeyFrame(long ssrc) {
        sources.stream().filter(source -> source.ssrc() == ssrc).forEach(MediaSource::wantKeyFrame);
    }

    /// Falls silent, without a word to the server.
    @Override
    public void close() {
        loop.execute(
                () -> {
                    isClosed = true;
                    try {
                        channel.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    if (srtp != null) {
                        srtp.close();
                        srtp = null;
                    }
                });
    }
}
