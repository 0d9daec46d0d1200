// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetransmitResponderTest {
    private static final int SLOTS = 256;
    private static final long ROUND_TRIP = 50_000_000L;

    private final RetransmitResponder responder = new RetransmitResponder(SLOTS);

    @Test
    void it_knows_what_a_packet_was_called() {
        int slot = responder.onSent(65_535, 2, 17);
        responder.describe(slot, 4_000_000_000L, true, 32_000, 255, 0b101);

        int found = responder.onAsked(65_535, 0, ROUND_TRIP);

        assertThat(responder.encodingIndex(found)).isEqualTo(2);
        assertThat(responder.inSeq(found)).isEqualTo(17);
        assertThat(responder.outTicks(found)).isEqualTo(4_000_000_000L);
        assertThat(responder.isMarker(found)).isTrue();
        assertThat(responder.pictureId(found)).isEqualTo(32_000);
        assertThat(responder.tl0PicIdx(found)).isEqualTo(255);
        assertThat(responder.targetMask(found)).isEqualTo(0b101);
    }

    @Test
    void each_slot_has_numbers_of_its_own() {
        for (int i = 0; i < SLOTS; i++) {
            int slot = responder.onSent(i, i % 3, 65_535 - i);
            responder.describe(slot, 4_294_967_295L - i, i % 2 == 0, 32_767 - i, i, -1L - i);
        }

        for (int i = 0; i < SLOTS; i++) {
            int found = responder.onAsked(i, 0, ROUND_TRIP);
            assertThat(responder.encodingIndex(found)).isEqualTo(i % 3);
            assertThat(responder.inSeq(found)).isEqualTo(65_535 - i);
            assertThat(responder.outTicks(found)).isEqualTo(4_294_967_295L - i);
            assertThat(responder.isMarker(found)).isEqualTo(i % 2 == 0);
            assertThat(responder.pictureId(found)).isEqualTo(32_767 - i);
            assertThat(responder.tl0PicIdx(found)).isEqualTo(i);
            assertThat(responder.targetMask(found)).isEqualTo(-1L - i);
        }
    }

    @Test
    void nothing_of_the_packet_that_had_the_slot_before_is_left() {
        responder.describe(responder.onSent(5, 2, 65_535), 9, true, 32_000, 255, 7);
        responder.onAsked(5, 0, ROUND_TRIP);

        responder.describe(responder.onSent(5 + SLOTS, 0, 0), 0, false, 0, 0, 0);
        int found = responder.onAsked(5 + SLOTS, 1, ROUND_TRIP);

        assertThat(responder.encodingIndex(found)).isZero();
        assertThat(responder.inSeq(found)).isZero();
        assertThat(responder.outTicks(found)).isZero();
        assertThat(responder.isMarker(found)).isFalse();
        assertThat(responder.pictureId(found)).isZero();
        assertThat(responder.tl0PicIdx(found)).isZero();
        assertThat(responder.targetMask(found)).isZero();
    }

    @Test
    void an_empty_slot_answers_to_no_number() {
        for (int seq : new int[] {0, SLOTS - 1, 65_535}) {
            assertThat(responder.onAsked(seq, 0, 0)).isEqualTo(RetransmitResponder.NONE);
        }
    }

    @Test
    void the_same_is_not_sent_twice_within_a_round_trip() {
        responder.onSent(5, 0, 5);

        assertThat(responder.onAsked(5, 0, ROUND_TRIP)).isNotEqualTo(RetransmitResponder.NONE);
        assertThat(responder.onAsked(5, ROUND_TRIP - 1, ROUND_TRIP))
                .isEqualTo(RetransmitResponder.NONE);
        assertThat(responder.onAsked(5, ROUND_TRIP, ROUND_TRIP))
                .isNotEqualTo(RetransmitResponder.NONE);
    }

    @Test
    void what_was_never_sent_or_long_ago_is_not_known() {
        responder.onSent(5, 0, 5);

        assertThat(responder.onAsked(6, 0, ROUND_TRIP)).isEqualTo(RetransmitResponder.NONE);
        responder.onSent(5 + SLOTS, 0, 9);
        assertThat(responder.onAsked(5, 0, ROUND_TRIP)).isEqualTo(RetransmitResponder.NONE);
        assertThat(responder.onAsked(5 + SLOTS, 0, ROUND_TRIP))
                .isNotEqualTo(RetransmitResponder.NONE);
    }

    @Test
    void slots_are_a_power_of_two() {
        assertThatThrownBy(() -> new RetransmitResponder(100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void spendAll() {
        for (int i = 0; i < SLOTS; i++) {
            responder.onSent(i, 0, i);
        }
        for (int i = 0; i < SLOTS; i++) {
            responder.onAsked(i, 0, 0);
        }
    }

    @Test
    void all_that_is_remembered_is_sent_again_at_once_and_no_more() {
        for (int i = 0; i < SLOTS; i++) {
            responder.onSent(i, 0, i);
        }

        for (int i = 0; i < SLOTS; i++) {
            assertThat(responder.onAsked(i, 0, ROUND_TRIP)).isEqualTo(i);
        }
        assertThat(responder.onAsked(0, ROUND_TRIP, ROUND_TRIP))
                .isEqualTo(RetransmitResponder.NONE);
    }

    @Test
    void then_half_as_much_is_sent_again_however_often_one_asks() {
        spendAll();
        int again = 0;
        for (int i = 0; i < 1_000; i++) {
            int slot = responder.onSent(SLOTS + i, 0, i);
            for (int ask = 0; ask < 10; ask++) {
                again += responder.onAsked(SLOTS + i, i, 0) == slot ? 1 : 0;
            }
        }

        assertThat(again).isEqualTo(1_000 * RetransmitResponder.PERCENT_AGAIN / 100);
    }
}
