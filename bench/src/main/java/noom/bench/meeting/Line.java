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
    private final CompoundReader compound = new CompoundReader();
    private final List<MediaSource> sources = new ArrayList<>();
    private final List<ReceivedStream> streams = new ArrayList<>();
    private final List<Window.Count> sent = new ArrayList<>();
    private final byte[] sealed = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final Burst burst;
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
            descriptor = UdpOptions.descriptor(channel);
            burst = new Burst(channel);
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
                    loop.reader().watch(descriptor);
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
                        seal(bytes, lengthBytes, sentNanos, count);
                    }
                });
        burst.send(count, loop.window());
        long next = dueNanos + source.shape().periodNanos();
        long nowNanos = System.nanoTime();
        // A pause of this process is no reason for a burst.
        long dueAgain = nowNanos - next > FORGIVEN_NANOS ? nowNanos : next;
        loop.at(dueAgain, () -> emit(source, count, dueAgain));
    }

    /// Has it leave with the rest of its picture.
    private void seal(byte[] bytes, int lengthBytes, long sentNanos, Window.Count count) {
        var context = srtp;
        if (context == null) {
            return;
        }
        int sealedBytes = context.sender().protectRtp(bytes, 0, lengthBytes, sealed, 0);
        if (sealedBytes == SrtpSender.REFUSED) {
            throw new IllegalStateException("refused: " + context.sender().refusal());
        }
        if (!burst.takes(sealedBytes)) {
            burst.send(count, loop.window());
        }
        burst.add(sealed, sealedBytes, sentNanos);
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
        var reader = loop.reader();
        for (int i = 0; i < READS_PER_TURN && channel.isOpen(); i++) {
            int lengthBytes = reader.read(descriptor);
            if (lengthBytes == 0) {
                return; // or the server's port is closed: whoever waits for something gives up
            }
            for (int at = 0; at < lengthBytes; at += reader.segmentBytes()) {
                int datagramBytes = Math.min(reader.segmentBytes(), lengthBytes - at);
                onDatagram(reader.bytes(), at, datagramBytes, reader.arrivalNanos());
            }
        }
    }

    private void onDatagram(byte[] bytes, int offset, int lengthBytes, long arrivalNanos) {
        switch (Demux.of(bytes, offset, lengthBytes)) {
            case STUN -> onStun(Arrays.copyOfRange(bytes, offset, offset + lengthBytes));
            case DTLS ->
                    exchange.onDatagram(Arrays.copyOfRange(bytes, offset, offset + lengthBytes));
            case RTP -> onRtp(bytes, offset, lengthBytes, arrivalNanos);
            case RTCP -> onRtcp(bytes, offset, lengthBytes);
            default -> {}
        }
    }

    private void onStun(byte[] datagram) {
        if (!isAnswered && check.isAnsweredBy(datagram, datagram.length)) {
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

    private void onRtp(byte[] bytes, int offset, int lengthBytes, long arrivalNanos) {
        var context = srtp;
        if (context == null) {
            return;
        }
        int plain = context.receiver().unprotectRtp(bytes, offset, lengthBytes, bytes, offset);
        if (plain == SrtpReceiver.REFUSED || !packet.wrap(bytes, offset, plain)) {
            return;
        }
        for (var stream : streams) {
            if (stream.ssrc() == packet.ssrc()) {
                stream.onPacket(packet, loop.window(), arrivalNanos);
                return;
            }
        }
    }

    private void onRtcp(byte[] bytes, int offset, int lengthBytes) {
        var context = srtp;
        if (context == null || sources.isEmpty()) {
            return;
        }
        int plain = context.receiver().unprotectRtcp(bytes, offset, lengthBytes, bytes, offset);
        if (plain == SrtpReceiver.REFUSED || !compound.read(bytes, offset, plain)) {
            return;
        }
        for (var message : compound.packets()) {
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
