// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import noom.rtc.Demux;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.sfu.Router;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.ortc.RtcpFeedback;
import noom.sfu.ortc.RtcpParameters;
import noom.sfu.ortc.RtpCodecParameters;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpHeaderExtensionParameters;
import noom.sfu.ortc.RtpParameters;
import noom.sfu.udp.UdpLoops;
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;
import noom.sfu.worker.MediaWorker;

/// The SFU itself: a media worker with one sender and all receivers in one router. Only the
/// handshake is left out; both ends simply have the keys.
final class RouterForwarder implements Forwarder {
    private static final Fingerprint ANYBODY =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});
    private static final byte HELLO = 22;

    private final UdpLoops loops = UdpLoops.start(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong threadId = new AtomicLong();
    private final RandomGenerator random = new SplittableRandom(1);
    private final List<InetSocketAddress> receivers;
    private final UdpPort port;
    private final Scene scene;

    /// The worker with everything in it.
    private record Scene(MediaWorker worker, WebRtcTransport sender, IceCredentials credentials) {}

    /// Which keys a handshake comes to: of the sender, or of a receiver.
    private int nextKeys;

    RouterForwarder(List<InetSocketAddress> receivers) {
        this.receivers = receivers;
        var made = new CompletableFuture<MediaWorker>();
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = loops.open(anyPort, out -> counted(out, made)).toCompletableFuture().join();
        port.every(MediaWorker.TICK_MILLIS, made.join()::tick);
        var ready = new CompletableFuture<Scene>();
        port.execute(() -> ready.complete(setUp(made.join())));
        scene = ready.join();
    }

    private UdpReceiver counted(UdpPort out, CompletableFuture<MediaWorker> made) {
        threadId.set(Thread.currentThread().threadId());
        var counter = new Counter(out);
        var worker =
                new MediaWorker(
                        counter,
                        out::execute,
                        System::nanoTime,
                        random,
                        (_, _, sink) -> new Keys(sink, nextKeys++));
        made.complete(worker);
        return worker;
    }

    /// Counts media as it leaves; control packets are part of the cost and not of the count.
    private final class Counter implements MediaWorker.Out {
        private final UdpPort out;
        private long waiting;

        Counter(UdpPort out) {
            this.out = out;
        }

        @Override
        public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
            if (Demux.of(bytes, offset, lengthBytes) == Demux.RTP) {
                waiting++;
            }
            out.send(bytes, offset, lengthBytes, to);
        }

        @Override
        public void flush() {
            out.flush();
            sent.setOpaque(sent.getPlain() + waiting);
            waiting = 0;
        }
    }

    private Scene setUp(MediaWorker worker) {
        var router = worker.openRouter(_ -> {});
        var credentials = IceCredentials.random(random);
        var sender = open(worker, router, credentials);
        var result = sender.produce("video", MediaKind.VIDEO, track(), "bench", _ -> {});
        if (!(result instanceof WebRtcTransport.ProduceResult.Created(var producer))) {
            throw new IllegalStateException("refused: " + result);
        }
        for (int i = 0; i < receivers.size(); i++) {
            var own = IceCredentials.random(random);
            var receiver = open(worker, router, own);
            worker.onDatagram(ByteBuffer.wrap(check(own)), receivers.get(i));
            worker.onDatagram(ByteBuffer.wrap(new byte[] {HELLO}), receivers.get(i));
            var consumed =
                    receiver.consume(
                            "video" + i,
                            producer,
                            RouterCapabilities.STANDARD,
                            new Unheard(),
                            worker.nowNanos());
            if (!(consumed instanceof Router.ConsumeResult.Created(var consumer))) {
                throw new IllegalStateException("refused: " + consumed);
            }
            consumer.resume(worker.nowNanos());
        }
        return new Scene(worker, sender, credentials);
    }

    private static WebRtcTransport open(
            MediaWorker worker, Router router, IceCredentials credentials) {
        var transport =
                worker.openTransport(
                        router,
                        credentials,
                        new MediaWorker.Listener() {
                            @Override
                            public void onEvent(TransportEvent event) {}

                            @Override
                            public void onBroken() {
                                throw new IllegalStateException("a transport broke");
                            }
                        });
        transport.connect(ANYBODY, worker.nowNanos());
        return transport;
    }

    private static RtpParameters track() {
        var vp8 =
                new RtpCodecParameters(
                        "video/VP8",
                        FanOut.PAYLOAD_TYPE,
                        90_000,
                        0,
                        Map.of(),
                        List.of(RtcpFeedback.NACK, RtcpFeedback.PLI, RtcpFeedback.TRANSPORT_CC));
        return new RtpParameters(
                "0",
                List.of(vp8),
                List.of(
                        new RtpHeaderExtensionParameters(
                                KnownExtension.TRANSPORT_CC.uri(), FanOut.TRANSPORT_CC_ID)),
                List.of(
                        new RtpEncodingParameters(
                                "", FanOut.SSRC, RtpEncodingParameters.NO_SSRC, "", 0, false)),
                new RtcpParameters("bench", true),
                "");
    }

    private static byte[] check(IceCredentials credentials) {
        return new StunWriter()
                .begin(StunMessage.BINDING_REQUEST, new byte[StunMessage.TRANSACTION_ID_BYTES])
                .attribute(StunAttribute.USERNAME, (credentials.ufrag() + ":x").getBytes(UTF_8))
                .attribute(StunAttribute.ICE_CONTROLLING, new byte[8])
                .attribute(StunAttribute.PRIORITY, new byte[] {110, 0, 1, (byte) 255})
                .attribute(StunAttribute.USE_CANDIDATE)
                .messageIntegrity(MessageIntegrity.ofShortTerm(credentials.password()))
                .fingerprint()
                .toBytes();
    }

    /// The first datagram brings the keys.
    private static final class Keys implements DtlsEndpoint {
        private final Sink sink;
        private final int number;

        Keys(Sink sink, int number) {
            this.sink = sink;
            this.number = number;
        }

        @Override
        public boolean receive(ByteBuffer datagram, long nowNanos) {
            sink.onConnected(FanOut.PROFILE, FanOut.keys(number));
            return true;
        }

        @Override
        public void advance(long nowNanos) {}

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {}
    }

    private static final class Unheard implements WebRtcTransport.ConsumerEvents {
        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {}

        @Override
        public void onProducerClosed() {}
    }

    @Override
    public void meet(InetSocketAddress from) {
        var met = new CompletableFuture<Boolean>();
        port.execute(
                () -> {
                    var worker = scene.worker();
                    worker.onDatagram(ByteBuffer.wrap(check(scene.credentials())), from);
                    worker.onDatagram(ByteBuffer.wrap(new byte[] {HELLO}), from);
                    worker.onTurnEnd();
                    met.complete(true);
                });
        met.join();
    }

    @Override
    public InetSocketAddress address() {
        return port.localAddress();
    }

    @Override
    public long threadId() {
        return threadId.get();
    }

    @Override
    public long sentCount() {
        return sent.getOpaque();
    }

    @Override
    public void close() {
        port.close().toCompletableFuture().join();
        loops.close().toCompletableFuture().join();
    }
}
