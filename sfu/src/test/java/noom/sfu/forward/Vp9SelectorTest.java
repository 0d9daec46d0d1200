// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.codec.VideoCodec;
import noom.sfu.forward.LayerSelector.Verdict;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Pictures of three spatial layers, one packet each, in the L3T3 pattern: temporal layers
/// 0 2 1 2, every picture a point to step up.
class Vp9SelectorTest {
    private static final int[] TEMPORAL = {0, 2, 1, 2};

    private final MediaPacket view = new MediaPacket(0, VideoCodec.VP9, 0);
    private int seq;

    private MediaPacket packet(int picture, int spatial, boolean isKey, boolean isSwitchUp) {
        return packet(picture, spatial, isKey, isSwitchUp, 3);
    }

    private MediaPacket packet(
            int picture, int spatial, boolean isKey, boolean isSwitchUp, int layers) {
        var frame =
                new Packets.Vp9(
                        picture & 0x7FFF,
                        picture / 4 & 0xFF,
                        spatial,
                        isKey ? 0 : TEMPORAL[picture % 4],
                        !isKey,
                        isSwitchUp,
                        true,
                        true,
                        isKey && spatial == 0 ? layers : 0);
        boolean isMarker = spatial == layers - 1;
        var rtp = Packets.rtp(seq++, picture * 3_000L, isMarker, Packets.vp9(frame));
        assertThat(view.wrap(rtp)).isTrue();
        return view;
    }

    /// Which spatial layers of a picture go on, and the one that ends it.
    private String offer(Vp9Selector selector, int picture, boolean isKey) {
        var kept = new StringBuilder();
        for (int spatial = 0; spatial < 3; spatial++) {
            var verdict = selector.select(packet(picture, spatial, isKey, true), 0);
            if (verdict == Verdict.FORWARD || verdict == Verdict.START) {
                kept.append(spatial).append(selector.endsPicture(view) ? "!" : "");
            }
        }
        return kept.toString();
    }

    @Test
    void it_begins_at_a_key_picture_with_all_layers() {
        var selector = new Vp9Selector(3, false);

        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(selector, 3, false)).isEmpty();
        assertThat(offer(selector, 4, true)).isEqualTo("012!");
        assertThat(offer(selector, 5, false)).isEqualTo("012!");
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
        assertThat(selector.currentSpatialLayer()).isEqualTo(2);
        assertThat(offer(selector, 3, false)).isEmpty();
    }

    @Test
    void full_svc_goes_down_at_the_next_picture_and_up_at_a_key_picture() {
        var selector = new Vp9Selector(3, false);
        offer(selector, 0, true);

        selector.prefer(1, 7, 0);
        assertThat(offer(selector, 1, false)).isEqualTo("01!");
        selector.prefer(2, 7, 0);
        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(selector, 2, false)).isEqualTo("01!");
        assertThat(offer(selector, 3, true)).isEqualTo("012!");
    }

    @Test
    void k_svc_sends_one_layer_between_key_pictures_and_changes_it_at_those_only() {
        var selector = new Vp9Selector(3, true);
        assertThat(offer(selector, 0, true)).isEqualTo("012!");
        assertThat(offer(selector, 1, false)).isEqualTo("2!");

        selector.prefer(0, 7, 0);
        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(selector, 2, false)).isEqualTo("2!");
        assertThat(offer(selector, 3, true)).isEqualTo("0!");
        assertThat(offer(selector, 4, false)).isEqualTo("0!");
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
    }

    @Test
    void whole_pictures_of_upper_temporal_layers_are_left_out() {
        var selector = new Vp9Selector(3, false);
        offer(selector, 0, true);
        selector.prefer(2, 1, 0);

        assertThat(offer(selector, 1, false)).isEmpty();
        assertThat(offer(selector, 2, false)).isEqualTo("012!");
        assertThat(offer(selector, 3, false)).isEmpty();
        assertThat(offer(selector, 4, false)).isEqualTo("012!");
        assertThat(selector.currentTemporalLayer()).isOne();
    }

    @Test
    void a_temporal_layer_comes_back_only_where_a_picture_says_so() {
        var selector = new Vp9Selector(3, false);
        offer(selector, 0, true);
        selector.prefer(2, 0, 0);
        offer(selector, 1, false);
        selector.prefer(2, 2, 0);

        assertThat(selector.select(packet(2, 0, false, false), 0)).isEqualTo(Verdict.DROP);
        assertThat(selector.select(packet(3, 0, false, true), 0)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void a_layer_that_the_sender_stopped_is_not_waited_for() {
        var selector = new Vp9Selector(3, true);
        offer(selector, 0, true);

        selector.select(packet(1, 0, true, true, 2), 0);

        assertThat(selector.currentSpatialLayer()).isOne();
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
        assertThat(selector.select(packet(2, 1, false, true, 2), 0)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void a_late_packet_is_treated_as_the_rest_of_its_picture() {
        var selector = new Vp9Selector(3, false);
        offer(selector, 0, true);
        selector.select(packet(1, 0, false, true), 0);
        selector.prefer(0, 7, 0);
        offer(selector, 2, false);

        assertThat(selector.select(packet(1, 2, false, true), 0)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.endsPicture(view)).isTrue();
        assertThat(selector.select(packet(2, 2, false, true), 0)).isEqualTo(Verdict.DROP);
    }

    @Test
    void of_each_picture_all_layers_up_to_one_go_on_whatever_is_wished_and_however_reordered() {
        Property.forAll(
                random -> {
                    var selector = new Vp9Selector(3, false);
                    seq = 0;
                    offer(selector, 0, true);
                    var order = new ArrayList<int[]>();
                    int pictures = random.length();
                    for (int picture = 1; picture < pictures; picture++) {
                        for (int spatial = 0; spatial < 3; spatial++) {
                            order.add(new int[] {picture, spatial});
                        }
                    }
                    for (int i = 0; i + 4 < order.size(); i++) {
                        int with = i + random.between(0, 5);
                        var packet = order.get(i);
                        order.set(i, order.get(with));
                        order.set(with, packet);
                    }
                    var kept = new boolean[Math.max(1, pictures)][3];
                    for (var packet : order) {
                        if (random.between(0, 6) == 0) {
                            selector.prefer(random.between(0, 3), random.between(0, 3), 0);
                        }
                        boolean isKey = packet[0] % 7 == 0;
                        var verdict = selector.select(packet(packet[0], packet[1], isKey, true), 0);
                        kept[packet[0]][packet[1]] = verdict == Verdict.FORWARD;
                    }
                    for (var picture : kept) {
                        assertThat(List.of("000", "100", "110", "111"))
                                .contains(text(picture[0]) + text(picture[1]) + text(picture[2]));
                    }
                });
    }

    private static String text(boolean isKept) {
        return isKept ? "1" : "0";
    }
}
