// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static noom.sfu.TwoRouters.OPUS;
import static noom.sfu.TwoRouters.VP8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.RtpCapabilities;
import org.junit.jupiter.api.Test;

/// What happens when another worker does not keep up.
class FeedTest {
    private final TwoRouters scene = new TwoRouters();

    /// Somebody elsewhere who has got pictures for a while.
    private Scene.Receiver watching(Producer producer) {
        var there = scene.watchAway(producer);
        scene.film(1, true);
        scene.film(90, false);
        scene.film(2, true);
        assertThat(there.consumer.currentSpatialLayer()).isEqualTo(2);
        return there;
    }

    @Test
    void pictures_that_lost_a_packet_wait_for_a_key_frame_which_is_asked_for() {
        var there = watching(scene.home.produce(VP8));
        int before = there.packets.size();
        int requests = scene.home.requests().size();
        scene.pass(600);

        scene.toAway.isNearlyFull = true;
        scene.film(false);
        scene.toAway.isNearlyFull = false;
        scene.film(20, false);
        assertThat(there.packets).as("nothing that cannot be decoded").hasSize(before);
        assertThat(scene.home.requests()).hasSizeGreaterThan(requests);
        scene.film(3, true);

        assertThat(there.packets).hasSize(before + 6);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void what_cannot_be_decoded_is_not_handed_over() {
        watching(scene.home.produce(VP8));
        scene.toAway.isNearlyFull = true;
        scene.film(false);
        scene.toAway.isNearlyFull = false;
        int before = scene.toAway.packets;

        scene.film(20, false);

        assertThat(scene.toAway.packets).isEqualTo(before);
    }

    @Test
    void it_is_told_once_for_each_encoding() {
        watching(scene.home.produce(VP8));
        scene.toAway.isNearlyFull = true;
        scene.film(false);
        scene.pass(30);
        int before = scene.toAway.told;
        for (int i = 0; i < 30; i++) {
            scene.film(false);
        }

        int reports = 30 * scene.cameras.length;
        assertThat(scene.toAway.told - before).isEqualTo(reports);
    }

    @Test
    void key_frames_pass_where_others_do_not() {
        var there = watching(scene.home.produce(VP8));
        int before = there.packets.size();
        scene.toAway.isNearlyFull = true;
        scene.film(3, false);

        scene.film(1, true);

        assertThat(there.packets).as("both of its packets").hasSize(before + 2);
    }

    @Test
    void a_key_frame_that_finds_no_room_is_followed_by_nothing() {
        var there = watching(scene.home.produce(VP8));
        int before = there.packets.size();
        scene.toAway.isFull = true;
        scene.film(1, true);
        scene.toAway.isFull = false;
        scene.film(20, false);
        assertThat(there.packets).hasSize(before);

        scene.film(2, true);

        assertThat(there.packets).hasSize(before + 4);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void a_key_frame_in_the_wrong_order_after_a_cut_is_whole() {
        var there = watching(scene.home.produce(VP8));
        int before = there.packets.size();
        scene.toAway.isNearlyFull = true;
        scene.film(false);
        scene.toAway.isNearlyFull = false;
        scene.pass(700);

        for (var camera : scene.cameras) {
            var packets = camera.picture(500, true);
            scene.home.receive(packets[1]);
            scene.home.receive(packets[0]);
        }
        scene.pass(30);

        assertThat(there.packets).hasSize(before + 2);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void of_pictures_nothing_is_handed_over_before_a_key_frame() {
        var producer = scene.home.produce(VP8);
        scene.film(1, true);
        scene.watchAway(producer);
        scene.film(5, false);
        assertThat(scene.toAway.packets).isZero();

        scene.film(2, true);

        assertThat(scene.toAway.packets).as("two of each camera's pictures").isEqualTo(12);
    }

    @Test
    void a_key_frame_in_the_wrong_order_is_whole_for_who_has_just_come() {
        var producer = scene.home.produce(VP8);
        scene.film(1, true);
        scene.film(90, false);
        var there = scene.consumeAway(producer);
        for (var camera : scene.cameras) {
            var packets = camera.picture(500, true);
            scene.home.receive(packets[1]);
            there.consumer.resume(scene.home.now);
            scene.deliver();
            scene.home.receive(packets[0]);
        }
        scene.pass(30);

        assertThat(there.packets).hasSize(2);
        TwoRouters.checkNoHoles(there);
    }

    @Test
    void what_was_handed_over_before_and_comes_again_after_a_late_key_frame_goes_on_once() {
        var there = watching(scene.home.produce(VP8));
        int before = there.packets.size();
        var late = new RtpPacket[scene.cameras.length];
        for (var camera : scene.cameras) {
            var packets = camera.picture(500, true);
            late[camera.index] = packets[0];
            scene.home.receive(packets[1]);
        }
        scene.deliver();
        int without = there.packets.size();
        there.consumer.pause();
        scene.deliver();
        there.consumer.resume(scene.home.now);
        scene.deliver();
        for (var packet : late) {
            scene.home.receive(packet);
        }
        scene.pass(30);

        assertThat(without).isEqualTo(before + 1);
        assertThat(there.packets).as("the key frame, both packets").hasSize(without + 2);
        assertThat(there.seqs()).doesNotHaveDuplicates();
    }

    @Test
    void others_at_home_do_not_notice() {
        var producer = scene.home.produce(VP8);
        var here = scene.home.consume(producer);
        here.consumer.resume(scene.home.now);
        watching(producer);
        int before = here.packets.size();

        scene.toAway.isFull = true;
        scene.film(10, false);

        assertThat(here.packets).hasSize(before + 20);
    }

    @Test
    void padding_that_finds_no_room_cuts_as_a_packet_does() {
        var there = watching(scene.home.produce(VP8));
        scene.toAway.isFull = true;
        for (var camera : scene.cameras) {
            scene.home.receive(camera.padding(1));
        }
        scene.toAway.isFull = false;
        int before = there.packets.size();
        scene.film(5, false);
        assertThat(there.packets).hasSize(before);
        scene.film(2, true);

        TwoRouters.checkNoHoles(there);
        assertThat(there.packets).hasSize(before + 4);
    }

    @Test
    void sound_that_finds_no_room_is_a_loss_like_any_other() {
        var there = scene.watchAway(scene.home.produce(OPUS));
        for (int seq = 0; seq < 3; seq++) {
            scene.toAway.isFull = seq == 1;
            scene.speak(seq, 20);
            scene.deliver();
        }

        int first = there.packets.getFirst().seq();
        assertThat(there.seqs()).containsExactly(first, first + 2);
    }

    @Test
    void sound_is_not_the_first_to_go() {
        var there = scene.watchAway(scene.home.produce(OPUS));
        scene.toAway.isNearlyFull = true;
        scene.speak(0, 20);
        scene.deliver();

        assertThat(there.packets).hasSize(1);
    }

    @Test
    void who_cannot_receive_a_track_leaves_no_mirror() {
        var producer = scene.home.produce(OPUS);
        var mirror = scene.mirror(producer);
        var place = new ConsumeBuilder.Place("7", Set.of());
        var none = new RtpCapabilities(List.of(), List.of());

        var result =
                scene.away.consume("x", mirror, none, place, new Scene.Receiver(), scene.home.now);
        scene.deliver();

        assertThat(result).isInstanceOf(Router.ConsumeResult.Refused.class);
        assertThat(scene.away.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(scene.mirror(producer)).isNotSameAs(mirror);
    }
}
