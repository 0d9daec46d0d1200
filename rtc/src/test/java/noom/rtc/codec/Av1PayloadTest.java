// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

/// Bytes after the RTP Payload Format for AV1 §4.4: Z Y W W N, then elements. An OBU header
/// is 0, type (4), extension, has size, 0: 08 is a sequence header, 30 a frame.
class Av1PayloadTest {
    private final Av1Payload payload = new Av1Payload();

    private boolean wrap(String text) {
        var bytes = Hex.bytes(text);
        return payload.wrap(bytes, 0, bytes.length);
    }

    @Test
    void the_last_of_a_told_number_of_elements_has_no_size() {
        assertThat(wrap("10 30aa")).as("W=1").isTrue();
        assertThat(payload.elementCount()).isOne();

        assertThat(wrap("20 02 08aa 30bbcc")).as("W=2").isTrue();
        assertThat(payload.elementCount()).isEqualTo(2);

        assertThat(wrap("30 01 10 02 08aa 30")).as("W=3").isTrue();
        assertThat(payload.elementCount()).isEqualTo(3);
    }

    @Test
    void without_a_told_number_each_element_has_its_size() {
        assertThat(wrap("00 02 08aa 01 30 03 30bbcc")).isTrue();
        assertThat(payload.elementCount()).isEqualTo(3);
    }

    @Test
    void sizes_have_groups_of_seven_bits() {
        assertThat(wrap("00 8001" + "30" + "00".repeat(127))).isTrue();
        assertThat(payload.elementCount()).isOne();
        assertThat(wrap("00 828000 3000")).as("needlessly long").isTrue();
        assertThat(wrap("00 8080808001 30")).as("five groups").isFalse();
    }

    @Test
    void flags_tell_how_elements_go_on() {
        assertThat(wrap("d0 30aa")).isTrue();
        assertThat(payload.isContinuation()).isTrue();
        assertThat(payload.isContinued()).isTrue();
        assertThat(payload.isNewSequence()).isFalse();
        assertThat(wrap("10 30aa")).isTrue();
        assertThat(payload.isContinuation()).isFalse();
        assertThat(payload.isContinued()).isFalse();
    }

    @Test
    void a_key_frame_begins_with_a_new_sequence() {
        assertThat(wrap("18 08aa")).as("N").isTrue();
        assertThat(payload.isNewSequence()).isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();

        assertThat(wrap("20 02 08aa 30bb")).as("sequence header without N").isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();

        assertThat(wrap("10 30aa")).as("frame").isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
    }

    @Test
    void the_rest_of_an_element_is_not_taken_for_its_header() {
        assertThat(wrap("90 08aa")).isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
        assertThat(wrap("a0 01 aa 08bb")).as("a header after the rest").isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();
    }

    @Test
    void what_is_malformed_is_refused() {
        for (String bad :
                List.of(
                        "",
                        "10",
                        "98 30aa", // goes on and begins
                        "00 00", // empty element
                        "00 02 30", // past the end
                        "00 01 30 05 30", // the second past the end
                        "00 80", // size without end
                        "00 ffffffff 30",
                        "00 ffffff7f 30",
                        "20 01 30", // one of two elements
                        "20 05 30aa",
                        "30 01 30 01 30", // two of three
                        "20 00 30")) {
            assertThat(wrap(bad)).as(bad).isFalse();
        }
    }

    @Test
    void one_view_forgets_the_packet_before() {
        wrap("18 08aa");
        assertThat(wrap("10 30aa")).isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
        assertThat(payload.elementCount()).isOne();
    }
}
