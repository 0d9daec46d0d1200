// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.codec.VideoCodec;
import noom.sfu.forward.LayerSelector.Verdict;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class DependencySelectorTest {
    /// One OBU of a frame, one element, not fragmented: what AV1 payloads begin with.
    private static final byte[] OBU = {0x10, 0x30, 1, 2, 3};

    private MediaPacket view = new MediaPacket(0, VideoCodec.AV1, Packets.DEPENDENCY_ID);
    private final DependencySelector selector = new DependencySelector(2);
    private int seq = 500;

    private Verdict offer(int picture, int spatial, boolean isKey) {
        return offer(
                seq++, picture, spatial, Dependencies.of(2 * picture + spatial, spatial, isKey));
    }

    private Verdict offer(int number, int picture, int spatial, byte[] dependencies) {
        var rtp = Packets.rtp(number, picture * 3_000L, spatial == 1, OBU, dependencies);
        assertThat(view.wrap(rtp)).isTrue();
        return selector.select(view, 0);
    }

    @Test
    void it_begins_at_a_key_frame_with_everything() {
        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(0, 0, false)).isEqualTo(Verdict.IGNORE);

        assertThat(offer(1, 0, true)).isEqualTo(Verdict.START);
        assertThat(view.isKeyFrameStart()).isTrue();
        assertThat(offer(1, 1, true)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.endsPicture(view)).isTrue();
        assertThat(offer(2, 0, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.currentSpatialLayer()).isOne();
        assertThat(selector.targetMask(view.dependencies())).isEqualTo(0b11);
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
    }

    @Test
    void a_packet_without_descriptor_cannot_be_judged() {
        offer(0, 0, true);

        assertThat(offer(seq++, 0, 1, new byte[0])).isEqualTo(Verdict.IGNORE);
    }

    @Test
    void it_goes_down_where_the_lower_target_may_begin_and_ends_pictures_there() {
        offer(0, 0, true);
        offer(0, 1, true);
        selector.prefer(0, 7, 0);

        assertThat(offer(1, 0, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.endsPicture(view)).isTrue();
        assertThat(selector.targetMask(view.dependencies())).isEqualTo(0b01);
        assertThat(offer(1, 1, false)).isEqualTo(Verdict.DROP);
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
    }

    @Test
    void it_goes_up_at_a_key_frame_only_and_asks_for_it() {
        selector.prefer(0, 7, 0);
        offer(0, 0, true);
        assertThat(offer(0, 1, true)).isEqualTo(Verdict.DROP);
        selector.prefer(1, 7, 0);

        assertThat(offer(1, 0, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(1, 1, false)).isEqualTo(Verdict.DROP);
        assertThat(offer(2, 0, true)).isEqualTo(Verdict.FORWARD);
        assertThat(offer(2, 1, true)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
    }

    @Test
    void the_mask_that_is_written_says_what_is_sent() {
        selector.prefer(0, 7, 0);
        offer(0, 0, true);
        var out = new byte[255];

        long mask = selector.targetMask(view.dependencies());
        int length = view.dependencies().writeTo(out, 0, mask);

        var again = new noom.rtc.codec.DependencyDescriptor();
        assertThat(again.read(out, 0, length)).isTrue();
        assertThat(again.activeTargets()).isEqualTo(0b01);
    }

    @Test
    void after_a_pause_it_waits_for_a_key_frame() {
        offer(0, 0, true);
        selector.restart();

        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(selector.currentTemporalLayer()).isEqualTo(LayerSelector.NONE);
        assertThat(offer(1, 0, false)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(2, 0, true)).isEqualTo(Verdict.START);
    }

    @Test
    void what_speaks_of_an_older_structure_is_not_read() {
        int old = seq++;
        offer(5, 0, true);

        assertThat(offer(old, 4, 1, Dependencies.of(9, 1, false))).isEqualTo(Verdict.IGNORE);
    }

    @Test
    void a_structure_stays_in_force_however_many_packets_follow() {
        offer(0, 0, 0, Dependencies.of(0, 0, true));
        for (int i = 1; i <= 66_000; i++) {
            var verdict = offer(i & 0xFFFF, i, 0, Dependencies.of(2 * i & 0xFFFF, 0, false));
            assertThat(verdict).isEqualTo(Verdict.FORWARD);
        }
    }

    @Test
    void all_packets_of_a_frame_are_treated_alike_and_the_lower_layer_is_never_missing() {
        Property.forAll(
                random -> {
                    view = new MediaPacket(0, VideoCodec.AV1, Packets.DEPENDENCY_ID);
                    selector.restart();
                    selector.prefer(1, 7, 0);
                    var packets = new ArrayList<int[]>();
                    int pictures = 1 + random.length();
                    for (int i = 0; i < pictures * 4; i++) {
                        packets.add(new int[] {i / 4, i / 2 % 2, i % 2});
                    }
                    // Not across a key frame: late ones of the age before are left out on purpose.
                    for (int i = 4; i + 3 < packets.size(); i++) {
                        var packet = packets.get(i);
                        int with = i + random.between(0, 3);
                        packets.set(i, packets.get(with));
                        packets.set(with, packet);
                    }
                    int base = random.between(0, 60_000);
                    var kept = new int[pictures][2];
                    for (var packet : packets) {
                        if (random.between(0, 5) == 0) {
                            selector.prefer(random.between(0, 2), 7, 0);
                        }
                        int frame = (base + 2 * packet[0] + packet[1]) & 0xFFFF;
                        int number = (base + 4 * packet[0] + 2 * packet[1] + packet[2]) & 0xFFFF;
                        var descriptor =
                                Dependencies.of(
                                        frame,
                                        packet[1],
                                        packet[0] == 0,
                                        packet[2] == 0,
                                        packet[2] == 1);
                        var verdict = offer(number, packet[0], packet[1], descriptor);
                        boolean isKept = verdict == Verdict.FORWARD || verdict == Verdict.START;
                        kept[packet[0]][packet[1]] += isKept ? 1 : 0;
                    }
                    for (var picture : kept) {
                        assertThat(picture[0]).isEqualTo(2);
                        assertThat(List.of(0, 2)).contains(picture[1]);
                    }
                });
    }
}
