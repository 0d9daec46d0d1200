// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcJson;
import noom.sfu.ortc.ProduceCheck;
import noom.sfu.ortc.ProduceRules;
import noom.sfu.ortc.Receivers;
import noom.sfu.ortc.RouterCapabilities;

/// One router, one sender, any number of receivers that write down what they get.
final class Scene {
    static final long MILLI = 1_000_000L;
    static final String CNAME = "sender-cname";

    /// Checked once for all scenes, of which a search makes millions.
    private static final Map<String, ProduceCheck.Accepted> FIRST = new ConcurrentHashMap<>();

    final List<String> speakers = new ArrayList<>();
    final List<Rtcp> toSender = new ArrayList<>();
    final List<Integer> layersWanted = new ArrayList<>();
    final Router router = new Router(new SplittableRandom(5), speakers::add);
    final IncomingStreams incoming = new IncomingStreams(router.localSsrc(), toSender::add);
    long now = 10_000 * MILLI;
    private final Set<String> mids = new HashSet<>();

    /// What a receiver got.
    static final class Receiver implements Consumer.Sink {
        final List<RtpPacket> packets = new ArrayList<>();
        final List<Rtcp> rtcp = new ArrayList<>();
        final List<String> layers = new ArrayList<>();
        Consumer consumer;
        boolean isClosed;

        @Override
        public void onRtp(RtpPacket packet, long nowNanos) {
            var copy = new RtpPacket();
            int end = packet.offset() + packet.lengthBytes();
            assertThat(copy.wrap(Arrays.copyOfRange(packet.array(), packet.offset(), end)))
                    .isTrue();
            packets.add(copy);
        }

        @Override
        public void onRepeated(RtpPacket packet, long nowNanos) {
            onRtp(packet, nowNanos);
        }

        @Override
        public void onRtcp(Rtcp packet) {
            rtcp.add(packet);
        }

        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {
            layers.add(spatialLayer + "/" + temporalLayer);
        }

        @Override
        public void onProducerClosed() {
            isClosed = true;
        }

        List<Integer> seqs() {
            return packets.stream().map(RtpPacket::seq).toList();
        }
    }

    Producer produce(String captured) {
        var track =
                mids.isEmpty()
                        ? FIRST.computeIfAbsent(captured, name -> check(name, Set.of()))
                        : check(captured, mids);
        mids.add(track.parameters().mid());
        var producer =
                router.produce(
                        captured,
                        track,
                        CNAME,
                        new Producer.Sink() {
                            @Override
                            public void onRtcp(Rtcp packet) {
                                toSender.add(packet);
                            }

                            @Override
                            public void onLayersWanted(int maxSpatialLayer) {
                                layersWanted.add(maxSpatialLayer);
                            }
                        });
        incoming.add(producer);
        return producer;
    }

    private static ProduceCheck.Accepted check(String captured, Set<String> midsInUse) {
        var kind = captured.endsWith("opus") ? MediaKind.AUDIO : MediaKind.VIDEO;
        var parameters = OrtcJson.captured(captured);
        var inUse = new ProduceRules.InUse(midsInUse, Set.of());
        var rules = new ProduceRules(RouterCapabilities.STANDARD);
        return (ProduceCheck.Accepted) rules.check(kind, parameters, inUse);
    }

    Receiver consume(Producer producer) {
        var receiver = new Receiver();
        var place = new ConsumeBuilder.Place("7", Set.of());
        var result = router.consume("c", producer, Receivers.chromium(), place, receiver, now);
        receiver.consumer = ((Router.ConsumeResult.Created) result).consumer();
        return receiver;
    }

    void receive(RtpPacket packet) {
        incoming.onRtp(packet, now);
    }

    /// Lets time pass in steps of ten milliseconds.
    void pass(long millis) {
        for (long i = 0; i < millis; i += 10) {
            now += 10 * MILLI;
            router.advance(now);
            incoming.advance(now);
        }
    }

    List<Rtcp.Pli> requests() {
        return toSender.stream()
                .filter(Rtcp.Pli.class::isInstance)
                .map(Rtcp.Pli.class::cast)
                .toList();
    }
}
