// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static noom.sfu.TwoRouters.OPUS;
import static noom.sfu.TwoRouters.VP8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

/// Receivers on another worker than the sender.
class MirrorTest {
    private final TwoRouters scene = new TwoRouters();

    private static <T> T last(List<T> all, Class<? extends T> kind) {
        return all.stream().filter(kind::isInstance).reduce((_, next) -> next).orElseThrow();
    }

    @Test
    void who_is_elsewhere_gets_what_who_is_here_gets() {
        var producer = scene.home.produce(VP8);
        var here = scene.home.consume(producer);
        here.consumer.resume(scene.home.now);
        var there = scene.watchAway(producer);

        scene.film(1, true);
        scene.film(200, false);
        scene.film(30, true);

        assertThat(here.consumer.currentSpatialLayer()).isEqualTo(2);
        assertThat(there.consumer.currentSpatialLayer()).isEqualTo(2);
        assertThat(there.packets).hasSameSizeAs(here.packets).hasSizeGreaterThan(200);
        TwoRouters.checkNoHoles(there);
        assertThat(there.packets.getLast().isMarker()).isTrue();
        assertThat(there.layers).isEqualTo(here.layers);
    }

    @Test
    void sound_is_handed_over_once_for_all_who_are_there() {
        var producer = scene.home.produce(OPUS);
        var receivers = IntStream.range(0, 3).mapToObj(_ -> scene.watchAway(producer)).toList();
        for (int seq = 0; seq < 10; seq++) {
            scene.speak(seq, 20);
            scene.pass(20);
        }

        assertThat(scene.toAway.packets).isEqualTo(10);
        assertThat(receivers).allSatisfy(one -> assertThat(one.packets).hasSize(10));
        assertThat(TwoRouters.payloads(receivers.get(2)))
                .isEqualTo(TwoRouters.payloads(receivers.get(0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void nothing_is_handed_over_while_nobody_there_wants_it() {
        var producer = scene.home.produce(OPUS);
        var receiver = scene.consumeAway(producer);
        scene.deliver();
        scene.speak(0, 20);
        assertThat(scene.toAway.packets).isZero();

        receiver.consumer.resume(scene.home.now);
        scene.deliver();
        scene.speak(1, 20);
        scene.deliver();
        receiver.consumer.pause();
        scene.deliver();
        scene.speak(2, 20);
        scene.deliver();

        assertThat(scene.toAway.packets).isEqualTo(1);
        assertThat(receiver.packets).hasSize(1);
    }

    @Test
    void the_mirror_ends_with_its_last_receiver_and_may_come_again() {
        var producer = scene.home.produce(OPUS);
        var ada = scene.watchAway(producer);
        var bob = scene.watchAway(producer);
        assertThat(scene.mirror(producer)).isSameAs(ada.consumer.producer());

        scene.away.close(ada.consumer);
        scene.deliver();
        scene.speak(0, 20);
        scene.away.close(bob.consumer); // while a packet is under way to it
        scene.deliver();
        scene.speak(1, 20);
        scene.deliver();
        assertThat(scene.toAway.packets).isEqualTo(1);
        assertThat(bob.packets).isEmpty();

        var cleo = scene.watchAway(producer);
        scene.speak(2, 20);
        scene.deliver();
        assertThat(cleo.packets).hasSize(1);
        assertThat(cleo.consumer.producer()).isNotSameAs(ada.consumer.producer());
    }

    @Test
    void a_late_mirror_has_a_key_frame_asked_for_and_knows_which_layers_live() {
        var producer = scene.home.produce(VP8);
        scene.film(1, true);
        scene.film(90, false);
        assertThat(scene.home.requests()).isEmpty();

        var there = scene.watchAway(producer);
        scene.pass(10);
        assertThat(scene.home.requests())
                .extracting(Rtcp.Pli::mediaSsrc)
                .containsExactly(scene.cameras[2].ssrc);
        scene.film(5, false);
        assertThat(there.packets).isEmpty();
        scene.film(3, true);

        assertThat(there.packets).hasSize(6);
        assertThat(there.consumer.currentSpatialLayer()).isEqualTo(2);
    }

    @Test
    void a_hundred_who_ask_for_a_key_frame_elsewhere_are_one_request() {
        var producer = scene.home.produce(VP8);
        scene.film(1, true);
        scene.film(90, false);
        var receivers = IntStream.range(0, 100).mapToObj(_ -> scene.consumeAway(producer)).toList();
        scene.deliver();
        int before = scene.toHome.told;

        receivers.forEach(one -> one.consumer.resume(scene.home.now));
        scene.deliver();
        scene.pass(400);

        assertThat(scene.home.requests()).hasSize(1);
        assertThat(scene.toHome.told - before)
                .as("that it begins, which layers, and a key frame")
                .isEqualTo(3);
    }

    @Test
    void a_receivers_loss_of_the_picture_reaches_the_sender() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(1, true);
        scene.film(90, false);
        scene.film(20, true);
        int before = scene.home.requests().size();

        there.consumer.onRtcp(new Rtcp.Pli(1, 2), scene.home.now);
        scene.deliver();

        assertThat(scene.home.requests()).hasSize(before + 1);
    }

    @Test
    void the_sender_hears_of_the_highest_layer_that_anybody_wants_anywhere() {
        var producer = scene.home.produce(VP8);
        var here = scene.home.consume(producer);
        here.consumer.setPreferredLayers(0, 7, scene.home.now);
        here.consumer.resume(scene.home.now);
        var there = scene.consumeAway(producer);
        there.consumer.setPreferredLayers(1, 7, scene.home.now);
        scene.film(1, true);
        scene.pass(300);
        assertThat(scene.home.layersWanted).containsExactly(0);

        there.consumer.resume(scene.home.now);
        scene.pass(300);
        assertThat(scene.home.layersWanted).containsExactly(0, 1);
        there.consumer.setPreferredLayers(2, 7, scene.home.now);
        scene.pass(300);
        assertThat(scene.home.layersWanted).containsExactly(0, 1, 2);
        scene.away.close(there.consumer);
        scene.pass(300);
        assertThat(scene.home.layersWanted).containsExactly(0, 1, 2, 0);
    }

    @Test
    void the_senders_clock_is_known_elsewhere_though_it_was_told_before() {
        var producer = scene.home.produce(VP8);
        var here = scene.home.consume(producer);
        here.consumer.resume(scene.home.now);
        scene.film(1, true);
        scene.film(90, false);
        var there = scene.watchAway(producer);
        scene.film(1, true);
        scene.film(70, false);

        var reportHere = (Rtcp.SenderReport) last(here.rtcp, Rtcp.SenderReport.class);
        var reportThere = (Rtcp.SenderReport) last(there.rtcp, Rtcp.SenderReport.class);
        long apart = Math.abs(reportHere.ntpTime() - reportThere.ntpTime());
        assertThat(apart).as("they report within a second").isLessThan(1L << 32);
        var lastTicks = there.packets.getLast().timestampTicks();
        assertThat(lastTicks - reportThere.rtpTicks()).isBetween(0L, 90_000L);
    }

    @Test
    void an_encoding_that_falls_silent_does_so_everywhere() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(1, true);
        scene.film(90, false);
        scene.film(2, true);
        assertThat(there.consumer.currentSpatialLayer()).isEqualTo(2);

        scene.cameras[2] = scene.cameras[1]; // the large one stops
        scene.cameras[1] = scene.cameras[0];
        scene.film(80, false);
        scene.film(40, true);

        assertThat(there.consumer.currentSpatialLayer()).isEqualTo(1);
    }

    @Test
    void what_a_receiver_lost_comes_out_of_the_mirrors_memory() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(4, true);
        int told = scene.toHome.told;
        var lost = there.packets.get(3);

        var nack = new Rtcp.Nack.Item(lost.seq(), 0);
        there.consumer.onRtcp(new Rtcp.Nack(1, 2, List.of(nack)), scene.home.now);

        var again = there.packets.getLast();
        var rtxSsrc = there.consumer.parameters().encodings().getFirst().rtxSsrc();
        assertThat(again.ssrc()).isEqualTo(rtxSsrc);
        assertThat(again.payloadBytes()).isEqualTo(lost.payloadBytes() + 2);
        assertThat(scene.toHome.told).isEqualTo(told);
    }

    @Test
    void padding_leaves_no_hole_elsewhere() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(1, true);
        for (var camera : scene.cameras) {
            scene.home.receive(camera.padding(1));
        }
        scene.film(5, false);

        assertThat(there.packets).hasSize(12);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void a_track_that_its_host_holds_is_held_everywhere_and_goes_on_with_a_key_frame() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(4, true);
        producer.setPaused(true);
        scene.film(4, false);
        assertThat(there.packets).hasSize(8);
        int before = scene.home.requests().size();

        producer.setPaused(false);
        scene.film(20, false);
        assertThat(there.packets).hasSize(8);
        assertThat(scene.home.requests()).hasSizeGreaterThan(before);
        scene.film(2, true);

        assertThat(there.packets).hasSize(12);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void who_comes_while_a_track_is_held_waits_like_all() {
        var producer = scene.home.produce(OPUS);
        producer.setPaused(true);
        var there = scene.watchAway(producer);
        scene.speak(0, 20);
        scene.deliver();
        assertThat(there.packets).isEmpty();

        producer.setPaused(false);
        scene.deliver();
        scene.speak(1, 20);
        scene.deliver();

        assertThat(there.packets).hasSize(1);
    }

    @Test
    void a_sender_that_begins_anew_is_followed_everywhere() {
        var producer = scene.home.produce(VP8);
        var there = scene.watchAway(producer);
        scene.film(4, true);
        for (var camera : scene.cameras) {
            camera.seq = (camera.seq + 20_000) & 0xFFFF;
        }
        scene.film(3, false);
        int before = there.packets.size();
        scene.film(3, true);

        assertThat(there.packets).hasSize(before + 6);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void who_speaks_is_found_at_home_only() {
        var producer = scene.home.produce(OPUS);
        scene.watchAway(producer);
        for (int seq = 0; seq < 100; seq++) {
            scene.speak(seq, 20);
            scene.pass(20);
        }

        assertThat(scene.home.speakers).containsExactly(OPUS);
        assertThat(scene.speakersAway).isEmpty();
        assertThat(scene.away.audioLevels(scene.home.now)).isEmpty();
    }

    @Test
    void a_track_ends_for_all_its_receivers_and_what_is_under_way_with_it() {
        var producer = scene.home.produce(OPUS);
        var ada = scene.watchAway(producer);
        var bob = scene.consumeAway(producer);
        scene.speak(0, 20);
        scene.home.router.close(producer);
        scene.away.close(ada.consumer);
        scene.deliver();

        assertThat(bob.isClosed).isTrue();
        assertThat(ada.isClosed).as("it had closed before it could hear").isFalse();
        assertThat(scene.away.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        bob.consumer.resume(scene.home.now);
        scene.pass(200);
        assertThat(bob.packets).isEmpty();
    }

    @Test
    void a_track_that_ended_while_its_mirror_was_made_ends_there_too() {
        var producer = scene.home.produce(OPUS);
        var there = scene.consumeAway(producer);
        scene.home.router.close(producer);
        assertThat(there.isClosed).isFalse();

        scene.deliver();

        assertThat(there.isClosed).isTrue();
        assertThat(scene.away.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_router_has_no_mirror_of_its_own_track() {
        var producer = scene.home.produce(OPUS);

        assertThat(scene.home.router.mirror(producer.link(scene.toHome), scene.toHome))
                .isSameAs(producer);
    }

    @Test
    void a_fault_at_a_receiver_elsewhere_ends_the_mirror_and_not_the_track() {
        var producer = scene.home.produce(OPUS);
        var here = scene.home.consume(producer);
        here.consumer.resume(scene.home.now);
        var there = scene.watchAway(producer);
        var broken = scene.consumeAway(producer, new Broken());
        broken.resume(scene.home.now);
        scene.deliver();
        scene.speak(0, 20);

        assertThatThrownBy(scene::deliver).hasMessage("as the test wants it");
        scene.deliver();
        scene.speak(1, 20);
        scene.deliver();

        assertThat(there.isClosed).isTrue();
        assertThat(here.packets).hasSize(2);
        assertThat(scene.toAway.packets).isEqualTo(1);
    }

    private static final class Broken implements Consumer.Sink {
        @Override
        public void onRtp(RtpPacket packet, long nowNanos) {
            throw new IllegalStateException("as the test wants it");
        }

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
