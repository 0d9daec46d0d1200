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
}
