// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.rtp.Rtx;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final String VP8 = "chromium-vp8-3enc-L1T3";
    private static final String OPUS = "chromium-opus";

    private final Scene scene = new Scene();
    private final Camera[] cameras = {new Camera(0), new Camera(1), new Camera(2)};
    private int picture;

    private static RtpPacket sound(int seq, int levelDb) {
        var writer = new RtpWriter().begin(111, false, seq, seq * 960L, 3_778_453_345L);
        writer.extension(1, new byte[] {(byte) levelDb}, 0, 1);
        writer.payload(new byte[] {1, 2, 3, (byte) seq}, 0, 4);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        var packet = new RtpPacket();
        packet.wrap(out, 0, writer.writeTo(out, 0));
        return packet;
    }

    /// All cameras send a picture each 30 ms, and a sender report at first.
    private void film(int pictures, boolean isKey) {
        for (int i = 0; i < pictures; i++) {
            picture++;
            for (var camera : cameras) {
                for (var packet : camera.picture(picture, isKey && i == 0)) {
                    scene.receive(packet);
                }
                scene.incoming.onRtcp(camera.report(picture), scene.now);
            }
            scene.pass(30);
        }
    }

    @Test
    void sound_reaches_a_receiver_in_the_receivers_numbers() {
        var receiver = scene.consume(scene.produce(OPUS));
        receiver.consumer.resume(scene.now);

        scene.receive(sound(7, 0x80 | 20));

        var packet = receiver.packets.getFirst();
        var encoding = receiver.consumer.parameters().encodings().getFirst();
        assertThat(packet.ssrc()).isEqualTo(encoding.ssrc());
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.extensions().text(1)).isEqualTo("7");
        assertThat(packet.extensions().find(4, 3)).isPositive();
        int level = packet.extensions().find(6, 1);
        assertThat(packet.array()[level]).isEqualTo((byte) (0x80 | 20));
        assertThat(packet.payloadBytes()).isEqualTo(4);
        assertThat(packet.array()[packet.payloadOffset() + 3]).isEqualTo((byte) 7);
        assertThat(scene.requests()).isEmpty();
    }

    @Test
    void a_consumer_begins_paused() {
        var receiver = scene.consume(scene.produce(OPUS));

        scene.receive(sound(7, 20));

        assertThat(receiver.packets).isEmpty();
        assertThat(receiver.consumer.currentSpatialLayer()).isEqualTo(-1);
    }

    @Test
    void who_speaks_is_told_and_who_leaves_too() {
        var producer = scene.produce(OPUS);
        for (int i = 0; i < 100; i++) {
            scene.receive(sound(i, 20));
            scene.pass(20);
        }

        assertThat(scene.speakers).containsExactly(OPUS);
        assertThat(scene.router.audioLevels(scene.now).getFirst().attenuationDb())
                .isBetween(15, 30);
        scene.router.close(producer);
        assertThat(scene.speakers).containsExactly(OPUS, "");
        assertThat(scene.router.audioLevels(scene.now)).isEmpty();
    }

    @Test
    void the_best_living_layer_goes_on_from_its_key_frame() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(3, false);
        assertThat(receiver.packets).isEmpty();
        assertThat(scene.requests()).isNotEmpty();

        film(1, true);
        film(5, false);

        assertThat(receiver.packets).hasSize(12);
        int first = receiver.packets.getFirst().seq();
        for (int i = 0; i < 12; i++) {
            assertThat(receiver.packets.get(i).seq()).isEqualTo((first + i) & 0xFFFF);
            assertThat(receiver.packets.get(i).isMarker()).isEqualTo(i % 2 == 1);
        }
        assertThat(receiver.layers).hasSize(1);
    }

    @Test
    void layers_change_without_a_break() {
        var producer = scene.produce(VP8);
        film(1, true);
        film(80, false);
        var receiver = scene.consume(producer);
        receiver.consumer.resume(scene.now);
        film(2, true);
        assertThat(receiver.consumer.currentSpatialLayer()).isEqualTo(2);

        receiver.consumer.setPreferredLayers(0, 7, scene.now);
        film(1, false);
        assertThat(receiver.consumer.currentSpatialLayer()).isEqualTo(2);
        film(3, true);

        assertThat(receiver.consumer.currentSpatialLayer()).isZero();
        assertThat(scene.layersWanted).containsExactly(-1, 2, 0);
        var seqs = receiver.seqs();
        var descriptor = new Vp8Descriptor();
        int last = -1;
        for (int i = 0; i < seqs.size(); i++) {
            var packet = receiver.packets.get(i);
            assertThat(packet.seq()).isEqualTo((seqs.getFirst() + i) & 0xFFFF);
            long ticks = receiver.packets.getFirst().timestampTicks() + i / 2 * 3_000L;
            assertThat(packet.timestampTicks()).isEqualTo(ticks & 0xFFFF_FFFFL);
            descriptor.wrap(packet.array(), packet.payloadOffset(), packet.payloadBytes());
            int expected = last == -1 || i % 2 == 1 ? descriptor.pictureId() : (last + 1) & 0x7FFF;
            assertThat(descriptor.pictureId()).isEqualTo(expected);
            last = descriptor.pictureId();
        }
        assertThat(receiver.layers.getFirst()).startsWith("2/");
        assertThat(receiver.layers.getLast()).startsWith("0/");
    }

    @Test
    void names_are_needed_once_only() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        int before = receiver.packets.size();
        for (var camera : cameras) {
            camera.isNamed = false;
        }

        film(4, false);

        assertThat(receiver.packets).hasSize(before + 8);
    }

    @Test
    void what_belongs_to_nobody_is_dropped() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        for (var camera : cameras) {
            camera.isNamed = false;
        }

        film(2, true);

        assertThat(receiver.packets).isEmpty();
        assertThat(scene.requests()).isEmpty();
    }

    @Test
    void probes_before_any_picture_make_no_layer() {
        var producer = scene.produce(VP8);
        scene.receive(cameras[2].probe(1));
        scene.receive(cameras[2].probe(2));

        assertThat(producer.score(2)).isZero();
        film(1, true);
        assertThat(producer.score(2)).isEqualTo(10);
        scene.receive(cameras[2].probe(3));
    }

    @Test
    void padding_leaves_no_hole() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        int before = receiver.packets.size();
        for (var camera : cameras) {
            scene.receive(camera.padding(picture));
        }
        film(1, false);

        var seqs = receiver.seqs();
        assertThat(seqs).hasSize(before + 2);
        assertThat(seqs.get(before)).isEqualTo((seqs.get(before - 1) + 1) & 0xFFFF);
    }

    @Test
    void a_key_frame_whose_packets_came_in_the_wrong_order_is_whole() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        var camera = cameras[0];
        for (var packet : camera.picture(1, false)) {
            scene.receive(packet);
        }
        var packets = camera.picture(2, true);
        scene.receive(packets[1]);
        assertThat(receiver.packets).isEmpty();

        scene.receive(packets[0]);

        assertThat(receiver.packets).hasSize(2);
        assertThat(receiver.packets.get(1).isMarker()).isTrue();
        assertThat(receiver.seqs().get(1)).isEqualTo((receiver.seqs().get(0) + 1) & 0xFFFF);
    }

    @Test
    void what_a_receiver_lost_it_gets_again_as_it_was() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        film(3, false);
        var lost = receiver.packets.get(3);
        int before = receiver.packets.size();

        var nack = new Rtcp.Nack(1, lost.ssrc(), List.of(new Rtcp.Nack.Item(lost.seq(), 0)));
        receiver.consumer.onRtcp(nack, scene.now);

        var again = receiver.packets.getLast();
        var encoding = receiver.consumer.parameters().encodings().getFirst();
        assertThat(receiver.packets).hasSize(before + 1);
        assertThat(again.ssrc()).isEqualTo(encoding.rtxSsrc());
        assertThat(again.payloadType()).isEqualTo(97);
        assertThat(Rtx.unwrap(again, 96, encoding.ssrc(), again)).isTrue();
        assertThat(bytes(again)).isEqualTo(bytes(lost));
    }

    private static byte[] bytes(RtpPacket packet) {
        int from = packet.offset();
        return java.util.Arrays.copyOfRange(packet.array(), from, from + packet.lengthBytes());
    }

    @Test
    void what_was_lost_on_the_way_in_is_asked_for_and_goes_on_in_its_place() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        var camera = cameras[0];
        int seq = receiver.seqs().getLast();
        var lost = camera.picture(picture + 1, false);
        scene.receive(lost[0]);
        var next = camera.picture(picture + 2, false);
        scene.receive(next[0]);
        scene.pass(20);

        var nack = scene.toSender.stream().filter(Rtcp.Nack.class::isInstance).findFirst();
        assertThat(nack)
                .contains(
                        new Rtcp.Nack(
                                scene.router.localSsrc(),
                                camera.ssrc,
                                List.of(new Rtcp.Nack.Item(lost[1].seq(), 0))));
        scene.receive(cameraProbeThenAgain(camera, lost[1]));
        scene.receive(camera.again(lost[1], 78));

        assertThat(receiver.seqs().subList(2, 5))
                .containsExactly((seq + 1) & 0xFFFF, (seq + 3) & 0xFFFF, (seq + 2) & 0xFFFF);
        assertThat(receiver.packets).hasSize(5);
    }

    /// The first packet of the stream for retransmissions tells by its rid whose it is.
    private RtpPacket cameraProbeThenAgain(Camera camera, RtpPacket packet) {
        scene.receive(camera.probe(76));
        return camera.again(packet, 77);
    }

    @Test
    void many_who_need_a_key_frame_ask_once() {
        var producer = scene.produce(VP8);
        film(1, true);
        scene.toSender.clear();
        for (int i = 0; i < 10; i++) {
            scene.consume(producer).consumer.resume(scene.now);
        }
        scene.pass(400);

        assertThat(scene.requests()).hasSize(1);
        scene.pass(2_000);
        assertThat(scene.requests()).hasSizeBetween(2, 4);
    }

    @Test
    void a_receiver_that_lost_the_picture_gets_a_key_frame_asked_for_of_what_it_sees() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        scene.pass(600);
        scene.toSender.clear();
        long current = cameras[receiver.consumer.currentSpatialLayer()].ssrc;

        receiver.consumer.onRtcp(new Rtcp.Pli(1, 2), scene.now);

        assertThat(scene.requests())
                .containsExactly(new Rtcp.Pli(scene.router.localSsrc(), current));
    }

    @Test
    void sender_reports_tell_the_time_of_capture_and_the_persons_name() {
        var receiver = scene.consume(scene.produce(VP8));
        receiver.consumer.resume(scene.now);
        film(1, true);
        film(40, false);

        var report =
                (Rtcp.SenderReport)
                        receiver.rtcp.reversed().stream()
                                .filter(Rtcp.SenderReport.class::isInstance)
                                .findFirst()
                                .orElseThrow();
        var expected = cameras[0].report(0);
        long seconds = (report.ntpTime() - expected.ntpTime()) >>> 32;
        assertThat(seconds).isBetween(0L, 2L);
        var sent =
                receiver.packets.stream()
                        .filter(p -> p.timestampTicks() == report.rtpTicks())
                        .findFirst();
        assertThat(sent).isPresent();
        assertThat(report.packetCount()).isPositive();
        assertThat(receiver.rtcp)
                .contains(
                        new Rtcp.SourceDescription(
                                List.of(
                                        new Rtcp.SourceDescription.Chunk(
                                                report.ssrc(), Scene.CNAME))));
        long middle = report.ntpTime() >>> 16 & 0xFFFF_FFFFL;
        var block = new Rtcp.ReportBlock(report.ssrc(), 0, 0, 0, 0, middle, 0);
        receiver.consumer.onRtcp(
                new Rtcp.ReceiverReport(1, List.of(block)), scene.now + 80 * Scene.MILLI);
        assertThat(receiver.consumer.roundTripNanos()).isBetween(0L, 1_200 * Scene.MILLI);
    }

    @Test
    void the_sender_hears_how_its_streams_arrive_and_when() {
        scene.produce(VP8);
        film(40, true);

        var reports =
                scene.toSender.stream()
                        .filter(Rtcp.ReceiverReport.class::isInstance)
                        .map(Rtcp.ReceiverReport.class::cast)
                        .toList();
        assertThat(reports).isNotEmpty();
        assertThat(reports.getLast().blocks())
                .extracting(Rtcp.ReportBlock::ssrc)
                .containsExactly(1_000L, 1_001L, 1_002L);
        long feedback = scene.toSender.stream().filter(Rtcp.Arrivals.class::isInstance).count();
        assertThat(feedback).isBetween(9L, 13L);
    }

    @Test
    void a_paused_producer_goes_on_with_a_key_frame() {
        var producer = scene.produce(VP8);
        var receiver = scene.consume(producer);
        receiver.consumer.resume(scene.now);
        film(1, true);
        int before = receiver.packets.size();
        producer.setPaused(true);
        film(2, false);
        assertThat(receiver.packets).hasSize(before);

        producer.setPaused(false);
        film(2, false);
        assertThat(receiver.packets).hasSize(before);
        film(1, true);

        assertThat(receiver.packets).hasSize(before + 2);
        assertThat(receiver.seqs().get(before))
                .isEqualTo((receiver.seqs().get(before - 1) + 1) & 0xFFFF);
    }

    @Test
    void a_producers_end_is_its_consumers_end() {
        var producer = scene.produce(VP8);
        var receiver = scene.consume(producer);
        var gone = scene.consume(producer);
        receiver.consumer.resume(scene.now);
        scene.router.close(gone.consumer);

        scene.router.close(producer);
        scene.incoming.remove(producer);
        film(1, true);

        assertThat(receiver.isClosed).isTrue();
        assertThat(gone.isClosed).isFalse();
        assertThat(receiver.packets).isEmpty();
        assertThat(producer.bitrateBps(0, scene.now)).isZero();
    }

    @Test
    void a_name_is_given_once() {
        scene.produce(OPUS);

        assertThatThrownBy(() -> new SceneProducer(scene).again())
                .isInstanceOf(IllegalStateException.class);
    }

    /// Asks for the same name again.
    private record SceneProducer(Scene scene) {
        void again() {
            var track =
                    (noom.sfu.ortc.ProduceCheck.Accepted)
                            new noom.sfu.ortc.ProduceRules(
                                            noom.sfu.ortc.RouterCapabilities.STANDARD)
                                    .check(
                                            noom.sfu.ortc.MediaKind.AUDIO,
                                            noom.sfu.ortc.OrtcJson.captured("firefox-opus"),
                                            noom.sfu.ortc.ProduceRules.InUse.NOTHING);
            scene.router.produce(OPUS, track, "x", null);
        }
    }
}
