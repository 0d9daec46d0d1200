// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import noom.bench.meeting.Check;
import noom.rtc.Demux;
import noom.rtc.IntakeLimit;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtp.KnownExtension;
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
import noom.sfu.udp.UdpPort;
import noom.sfu.udp.UdpReceiver;
import noom.sfu.worker.MediaWorker;

/// The SFU itself: a media worker with one sender and all receivers in one router. Only the
/// handshake is left out; both ends simply have the keys.
final class RouterForwarder implements PortForwarder {
    private static final Fingerprint ANYBODY =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});
    private static final byte HELLO = 22;

    /// More than any machine forwards: what it can is to be seen.
    private static final IntakeLimit UNLIMITED = new IntakeLimit(1_000_000, 1_000_000_000);

    /// A third of what consent lasts.
    private static final long CONSENT_MILLIS = 10_000;

    private final RandomGenerator random = new SplittableRandom(1);
    private final List<InetSocketAddress> receivers;
    private final CountedPort counted;
    private final Scene scene;

    /// The worker with everything in it.
    private record Scene(MediaWorker worker, IceCredentials sender) {}

    /// Who asks whether they may be sent to, under which credentials. On the loop.
    private final Map<InetSocketAddress, IceCredentials> asking = new LinkedHashMap<>();

    /// Which keys a handshake comes to: of the sender, or of a receiver.
    private int nextKeys;

    RouterForwarder(List<InetSocketAddress> receivers) {
        this.receivers = receivers;
        var made = new CompletableFuture<MediaWorker>();
        counted = new CountedPort((out, left) -> worker(out, left, made));
        var port = counted.port();
        port.every(MediaWorker.TICK_MILLIS, made.join()::tick);
        var ready = new CompletableFuture<Scene>();
        port.execute(() -> ready.complete(setUp(made.join())));
        scene = ready.join();
        port.every(CONSENT_MILLIS, this::consent);
    }

    private UdpReceiver worker(
            UdpPort out, LongConsumer left, CompletableFuture<MediaWorker> made) {
        var counter = new Counter(out, left);
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
    private static final class Counter implements MediaWorker.Out {
        private final UdpPort out;
        private final LongConsumer left;
        private long waiting;

        Counter(UdpPort out, LongConsumer left) {
            this.out = out;
            this.left = left;
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
            left.accept(waiting);
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
            asking.put(receivers.get(i), own);
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
        return new Scene(worker, credentials);
    }

    /// They still want it: without their checks nothing leaves after a while (RFC 7675, 5.1).
    private void consent() {
        asking.forEach(
                (from, credentials) ->
                        scene.worker().onDatagram(ByteBuffer.wrap(check(credentials)), from));
        scene.worker().onTurnEnd();
    }

    private byte[] check(IceCredentials credentials) {
        return new Check(credentials, random).next();
    }

    private static WebRtcTransport open(
            MediaWorker worker, Router router, IceCredentials credentials) {
        var transport =
                worker.openTransport(
                        router,
                        credentials,
                        UNLIMITED,
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
        counted.port()
                .execute(
                        () -> {
                            asking.put(from, scene.sender());
                            var worker = scene.worker();
                            worker.onDatagram(ByteBuffer.wrap(check(scene.sender())), from);
                            worker.onDatagram(ByteBuffer.wrap(new byte[] {HELLO}), from);
                            worker.onTurnEnd();
                            met.complete(true);
                        });
        met.join();
    }

    @Override
    public CountedPort counted() {
        return counted;
    }
}
