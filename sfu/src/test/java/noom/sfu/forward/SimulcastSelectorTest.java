// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import noom.rtc.codec.VideoCodec;
import noom.sfu.forward.LayerSelector.Verdict;
import noom.testkit.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulcastSelectorTest {
    private static final int RATE = 90_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long[] BASES = {1_000, 4_000_000_000L, 70_000};

    private final SenderClock[] clocks = new SenderClock[3];
    private final MediaPacket[] views = new MediaPacket[3];
    private TimestampRewriter timestamps;
    private SimulcastSelector selector;

    @BeforeEach
    void begin() {
        for (int i = 0; i < 3; i++) {
            clocks[i] = new SenderClock(RATE);
            clocks[i].onSenderReport(0, BASES[i]);
            views[i] = new MediaPacket(i, VideoCodec.VP8, 0);
        }
        timestamps = new TimestampRewriter(RATE);
        selector = new SimulcastSelector(clocks, timestamps);
    }

    private Verdict offer(int encoding, int picture, boolean isKey) {
        return offer(encoding, picture, isKey, 0, false);
    }

    private Verdict offer(int encoding, int picture, boolean isKey, int temporal, boolean isSync) {
        long ticks = BASES[encoding] + picture * 3_000L;
        byte[] payload = Packets.vp8(true, isKey, picture, 0, temporal, isSync);
        var view = views[encoding];
        assertThat(view.wrap(Packets.rtp(picture, ticks, true, payload))).isTrue();
        var verdict = selector.select(view, 0);
        if (verdict == Verdict.START || verdict == Verdict.FORWARD) {
            timestamps.rewrite(view.rtp().timestampTicks());
        }
        return verdict;
    }

    private void allAlive() {
        for (int i = 0; i < 3; i++) {
            selector.onAlive(i, -10 * SECOND_NANOS, 0);
        }
    }

    @Test
    void nothing_is_wanted_before_anything_is_alive() {
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
        assertThat(offer(0, 1, true)).isEqualTo(Verdict.IGNORE);
        assertThat(selector.currentSpatialLayer()).isEqualTo(LayerSelector.NONE);
    }

    @Test
    void it_begins_with_the_best_encoding_at_its_key_frame() {
        allAlive();

        assertThat(selector.keyFrameWanted()).isEqualTo(2);
        assertThat(offer(2, 1, false)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(1, 1, true)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(2, 2, true)).isEqualTo(Verdict.START);
        assertThat(offer(2, 3, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
        assertThat(selector.currentSpatialLayer()).isEqualTo(2);
    }

    @Test
    void the_old_encoding_goes_on_until_the_new_ones_key_frame() {
        allAlive();
        offer(2, 1, true);

        selector.prefer(0, 7, 0);

        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(2, 2, false)).isEqualTo(Verdict.FORWARD);
        assertThat(offer(0, 2, false)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(0, 3, true)).isEqualTo(Verdict.START);
        assertThat(offer(2, 3, false)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(0, 4, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.wantedSpatialLayer()).isZero();
    }

    @Test
    void an_encoding_that_just_began_must_live_two_seconds_before_it_takes_over() {
        selector.onAlive(0, 0, 0);
        offer(0, 1, true);
        selector.onAlive(2, SECOND_NANOS, SECOND_NANOS);

        selector.advance(SECOND_NANOS + SimulcastSelector.MATURE_NANOS - 1);
        assertThat(selector.keyFrameWanted()).isEqualTo(LayerSelector.NONE);

        selector.advance(SECOND_NANOS + SimulcastSelector.MATURE_NANOS);
        assertThat(selector.keyFrameWanted()).isEqualTo(2);
    }

    @Test
    void when_an_encoding_goes_silent_another_takes_over() {
        allAlive();
        offer(2, 1, true);

        selector.onSilent(2, 0);

        assertThat(selector.keyFrameWanted()).isEqualTo(1);
        assertThat(offer(1, 2, true)).isEqualTo(Verdict.START);
    }

    @Test
    void something_above_the_bound_is_better_than_nothing() {
        selector.prefer(0, 7, 0);
        selector.onAlive(2, 0, 0);

        assertThat(selector.keyFrameWanted()).isEqualTo(2);
    }

    @Test
    void without_a_sender_report_it_waits_and_asks_again() {
        clocks[0] = new SenderClock(RATE);
        selector = new SimulcastSelector(clocks, timestamps);
        allAlive();
        offer(2, 1, true);
        selector.prefer(0, 7, 0);

        assertThat(offer(0, 2, true)).isEqualTo(Verdict.IGNORE);
        assertThat(selector.keyFrameWanted()).isZero();
        clocks[0].onSenderReport(0, BASES[0]);
        assertThat(offer(0, 3, true)).isEqualTo(Verdict.START);
    }

    @Test
    void a_source_far_behind_is_refused_once() {
        allAlive();
        offer(2, 100, true);
        selector.prefer(0, 7, 0);

        assertThat(offer(0, 50, true)).isEqualTo(Verdict.IGNORE);
        assertThat(selector.keyFrameWanted()).isZero();
        assertThat(offer(0, 51, true)).isEqualTo(Verdict.START);
    }

    @Test
    void after_a_pause_it_begins_with_a_key_frame_again() {
        allAlive();
        offer(2, 1, true);

        selector.restart();

        assertThat(selector.keyFrameWanted()).isEqualTo(2);
        assertThat(offer(2, 2, false)).isEqualTo(Verdict.IGNORE);
        assertThat(offer(2, 3, true)).isEqualTo(Verdict.START);
    }

    @Test
    void temporal_layers_go_down_at_once_and_up_where_a_picture_says_so() {
        allAlive();
        offer(2, 1, true);
        assertThat(offer(2, 2, false, 2, false)).isEqualTo(Verdict.FORWARD);

        selector.prefer(2, 0, 0);
        assertThat(offer(2, 3, false, 1, false)).isEqualTo(Verdict.DROP);
        assertThat(offer(2, 4, false, 0, false)).isEqualTo(Verdict.FORWARD);
        assertThat(selector.currentTemporalLayer()).isZero();

        selector.prefer(2, 1, 0);
        assertThat(offer(2, 5, false, 1, false)).isEqualTo(Verdict.DROP);
        assertThat(offer(2, 6, false, 2, true)).isEqualTo(Verdict.DROP);
        assertThat(offer(2, 7, false, 1, true)).isEqualTo(Verdict.FORWARD);
        assertThat(offer(2, 8, false, 1, false)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void a_key_frame_opens_all_temporal_layers_that_are_wanted() {
        allAlive();
        selector.prefer(2, 0, 0);
        offer(2, 1, true);
        selector.prefer(2, 1, 0);
        assertThat(offer(2, 2, false, 1, false)).isEqualTo(Verdict.DROP);
        offer(2, 3, true);

        assertThat(offer(2, 4, false, 1, false)).isEqualTo(Verdict.FORWARD);
        assertThat(offer(2, 5, false, 2, false)).isEqualTo(Verdict.DROP);
    }

    @Test
    void all_packets_of_a_picture_are_treated_alike_whatever_is_wished_meanwhile() {
        Property.forAll(
                random -> {
                    begin();
                    allAlive();
                    offer(2, 0, true);
                    var seen = new HashMap<Integer, Verdict>();
                    for (int i = 0; i < random.length(); i++) {
                        // Up to three packets of a picture, reordered over a few pictures.
                        int picture = Math.max(1, i / 2 + random.between(-3, 4));
                        int temporal = picture % 4 == 0 ? 0 : picture % 2 == 0 ? 1 : 2;
                        if (random.between(0, 3) == 0) {
                            selector.prefer(2, random.between(0, 3), 0);
                        }
                        var verdict = offer(2, picture, false, temporal, picture % 3 == 0);
                        var before = seen.putIfAbsent(picture, verdict);
                        assertThat(before == null ? verdict : before).isEqualTo(verdict);
                        assertThat(temporal > 0 || verdict == Verdict.FORWARD).isTrue();
                    }
                });
    }

    @Test
    void a_track_without_layers_begins_with_a_key_frame_and_then_passes() {
        var simple = new SimpleSelector(true);
        var view = views[0];
        view.wrap(Packets.rtp(1, 1, true, Packets.vp8(true, false, 1, 0, 0, false)));

        assertThat(simple.keyFrameWanted()).isZero();
        assertThat(simple.select(view, 0)).isEqualTo(Verdict.IGNORE);
        view.wrap(Packets.rtp(2, 2, true, Packets.vp8(true, true, 2, 0, 0, false)));
        assertThat(simple.select(view, 0)).isEqualTo(Verdict.START);
        assertThat(simple.select(view, 0)).isEqualTo(Verdict.FORWARD);
        assertThat(simple.currentSpatialLayer()).isZero();
        assertThat(simple.endsPicture(view)).isTrue();
        simple.restart();
        assertThat(simple.currentTemporalLayer()).isEqualTo(LayerSelector.NONE);
        assertThat(simple.keyFrameWanted()).isZero();
    }

    @Test
    void sound_begins_with_any_packet() {
        var sound = new SimpleSelector(false);
        var view = new MediaPacket(0, null, 0);
        assertThat(view.wrap(Packets.rtp(1, 1, false, new byte[] {1}))).isTrue();

        assertThat(sound.keyFrameWanted()).isEqualTo(LayerSelector.NONE);
        assertThat(sound.select(view, 0)).isEqualTo(Verdict.START);
        assertThat(sound.select(view, 0)).isEqualTo(Verdict.FORWARD);
    }
}
