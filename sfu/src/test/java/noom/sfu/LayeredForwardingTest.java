// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import noom.rtc.codec.DependencyDescriptor;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.HeaderExtensions;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.forward.Dependencies;
import noom.sfu.forward.Packets;
import noom.testkit.Allocation;
import org.junit.jupiter.api.Test;

/// Streams whose layers build on each other, through the whole router.
class LayeredForwardingTest {
    private static final long AV1_SSRC = 2_464_391_348L;
    private static final long VP9_SSRC = 3_394_644_352L;
    private static final int DEPENDENCY_ID = 7; // the router's
    private static final byte[] OBU = {0x10, 0x30, 1, 2, 3};

    private final Scene scene = new Scene();
    private int seq = 100;

    private static RtpPacket packet(RtpWriter writer) {
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, writer.writeTo(out, 0))).isTrue();
        return packet;
    }

    private void av1(int picture, int spatial, boolean isKey) {
        byte[] dependencies = Dependencies.of(2 * picture + spatial, spatial, isKey);
        scene.receive(
                packet(
                        new RtpWriter()
                                .begin(45, spatial == 1, seq++, picture * 3_000L, AV1_SSRC)
                                .extension(12, dependencies, 0, dependencies.length)
                                .payload(OBU, 0, OBU.length)));
    }

    private static DependencyDescriptor read(DependencyDescriptor reader, RtpPacket packet) {
        int at = packet.extensions().find(DEPENDENCY_ID);
        assertThat(at).isNotEqualTo(HeaderExtensions.ABSENT);
        assertThat(reader.read(packet.array(), at, packet.extensions().lengthAt(at))).isTrue();
        return reader;
    }

    @Test
    void av1_goes_on_with_its_descriptor_unchanged_while_all_layers_do() {
        var receiver = scene.consume(scene.produce("chromium-av1-1enc-L3T3"));
        receiver.consumer.resume(scene.now);
        for (int picture = 0; picture < 3; picture++) {
            av1(picture, 0, picture == 0);
            av1(picture, 1, picture == 0);
        }

        assertThat(receiver.packets).hasSize(6);
        var reader = new DependencyDescriptor();
        for (int i = 0; i < 6; i++) {
            var packet = receiver.packets.get(i);
            assertThat(read(reader, packet).frameNumber()).isEqualTo(i);
            assertThat(reader.activeTargets()).isEqualTo(0b11);
            assertThat(packet.isMarker()).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void av1_with_fewer_layers_says_so_and_ends_its_pictures_earlier() {
        var receiver = scene.consume(scene.produce("chromium-av1-1enc-L3T3"));
        receiver.consumer.resume(scene.now);
        receiver.consumer.setPreferredLayers(0, 7, scene.now);
        for (int picture = 0; picture < 3; picture++) {
            av1(picture, 0, picture == 0);
            av1(picture, 1, picture == 0);
        }

        assertThat(receiver.packets).hasSize(3).allMatch(RtpPacket::isMarker);
        var reader = new DependencyDescriptor();
        for (var packet : receiver.packets) {
            assertThat(read(reader, packet).activeTargets()).isEqualTo(0b01);
        }
        assertThat(receiver.seqs().get(2)).isEqualTo(receiver.seqs().get(0) + 2);
    }

    @Test
    void av1_sent_again_says_what_it_said_at_first() {
        var receiver = scene.consume(scene.produce("chromium-av1-1enc-L3T3"));
        receiver.consumer.resume(scene.now);
        receiver.consumer.setPreferredLayers(0, 7, scene.now);
        av1(0, 0, true);
        av1(1, 0, false);
        var lost = receiver.packets.get(1);

        receiver.consumer.onRtcp(
                new Rtcp.Nack(1, lost.ssrc(), List.of(new Rtcp.Nack.Item(lost.seq(), 0))),
                scene.now);

        var again = receiver.packets.get(2);
        int at = lost.extensions().find(DEPENDENCY_ID);
        int atAgain = again.extensions().find(DEPENDENCY_ID);
        int length = lost.extensions().lengthAt(at);
        assertThat(Arrays.copyOfRange(again.array(), atAgain, atAgain + length))
                .isEqualTo(Arrays.copyOfRange(lost.array(), at, at + length));
    }

    @Test
    void k_svc_of_vp9_sends_one_layer_with_markers_between_key_pictures() {
        var receiver = scene.consume(scene.produce("chromium-vp9-1enc-L3T3_KEY"));
        receiver.consumer.resume(scene.now);
        receiver.consumer.setPreferredLayers(1, 7, scene.now);
        for (int picture = 0; picture < 3; picture++) {
            for (int spatial = 0; spatial < 3; spatial++) {
                boolean isKey = picture == 0;
                var frame =
                        new Packets.Vp9(
                                picture,
                                0,
                                spatial,
                                0,
                                !isKey,
                                true,
                                true,
                                true,
                                isKey && spatial == 0 ? 3 : 0);
                byte[] payload = Packets.vp9(frame);
                scene.receive(
                        packet(
                                new RtpWriter()
                                        .begin(98, spatial == 2, seq++, picture * 3_000L, VP9_SSRC)
                                        .payload(payload, 0, payload.length)));
            }
        }

        assertThat(receiver.packets)
                .extracting(RtpPacket::isMarker)
                .containsExactly(false, true, true, true);
        int first = receiver.seqs().getFirst();
        assertThat(receiver.seqs()).containsExactly(first, first + 1, first + 2, first + 3);
    }

    @Test
    void the_way_of_a_packet_makes_no_garbage() {
        var producer = scene.produce("chromium-vp9-1enc-L3T3_KEY");
        for (int i = 0; i < 10; i++) {
            var place = new noom.sfu.ortc.ConsumeBuilder.Place("" + i, java.util.Set.of());
            var result =
                    scene.router.consume(
                            "c" + i,
                            producer,
                            noom.sfu.ortc.Receivers.chromium(),
                            place,
                            new Nowhere(),
                            scene.now);
            ((Router.ConsumeResult.Created) result).consumer().resume(scene.now);
        }
        var key = new Packets.Vp9(1, 0, 0, 0, false, true, true, true, 1);
        byte[] payload = Packets.vp9(key);
        var packet =
                packet(
                        new RtpWriter()
                                .begin(98, true, 1, 0, VP9_SSRC)
                                .payload(payload, 0, payload.length));
        Runnable film =
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        packet.setSeq(seq++);
                        packet.setTimestampTicks(seq * 3_000L);
                        scene.now += Scene.MILLI;
                        scene.incoming.onRtp(packet, scene.now);
                    }
                };
        film.run();
        film.run();

        long bytes = Allocation.bytesDuring(film) / 20_000;

        System.out.printf("a packet to ten receivers: %,d bytes of garbage%n", bytes);
        assertThat(bytes).isLessThan(64);
    }

    /// A receiver that keeps nothing.
    private static final class Nowhere implements Consumer.Sink {
        @Override
        public void onRtp(RtpPacket packet, long nowNanos) {}

        @Override
        public void onRepeated(RtpPacket packet, long nowNanos) {}

        @Override
        public void onRtcp(Rtcp packet) {}

        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {}

        @Override
        public void onProducerClosed() {}
    }
}
