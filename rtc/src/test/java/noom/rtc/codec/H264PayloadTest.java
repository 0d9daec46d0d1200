// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

/// Bytes after RFC 6184 §5.3 to §5.8: a NAL header is F (1), NRI (2), type (5).
class H264PayloadTest {
    private final H264Payload payload = new H264Payload();

    private boolean wrap(String text) {
        var bytes = Hex.bytes(text);
        return payload.wrap(bytes, 0, bytes.length);
    }

    @Test
    void a_single_unit_is_a_key_frame_if_it_is_an_idr_picture_or_a_parameter_set() {
        assertThat(wrap("65 88")).isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();
        assertThat(payload.has(H264Payload.NAL_IDR)).isTrue();
        assertThat(payload.isNalStart()).isTrue();
        assertThat(payload.isNalEnd()).isTrue();

        assertThat(wrap("67 42")).isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();

        for (String other : List.of("41 9a", "68 ce", "06 05", "61")) {
            assertThat(wrap(other)).isTrue();
            assertThat(payload.isKeyFrameStart()).as(other).isFalse();
        }
    }

    @Test
    void an_aggregate_holds_several_units() {
        // STAP-A: SPS of 3 bytes, PPS of 2, IDR of 1
        assertThat(wrap("78 0003 674200 0002 68ce 0001 65")).isTrue();

        assertThat(payload.has(H264Payload.NAL_SPS)).isTrue();
        assertThat(payload.has(H264Payload.NAL_PPS)).isTrue();
        assertThat(payload.has(H264Payload.NAL_IDR)).isTrue();
        assertThat(payload.has(1)).isFalse();
        assertThat(payload.has(-1)).isFalse();
        assertThat(payload.has(32)).isFalse();
        assertThat(payload.isKeyFrameStart()).isTrue();

        assertThat(wrap("78 0002 4100 0001 41")).isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
    }

    @Test
    void only_the_first_fragment_of_an_idr_picture_begins_a_key_frame() {
        assertThat(wrap("7c 85 88")).as("S").isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();
        assertThat(payload.isNalStart()).isTrue();
        assertThat(payload.isNalEnd()).isFalse();

        assertThat(wrap("7c 05 88")).as("middle").isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
        assertThat(payload.isNalStart()).isFalse();

        assertThat(wrap("7c 45 88")).as("E").isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
        assertThat(payload.isNalEnd()).isTrue();

        assertThat(wrap("7c 81 88")).as("S of another").isTrue();
        assertThat(payload.isKeyFrameStart()).isFalse();
    }

    @Test
    void what_is_malformed_is_refused() {
        for (String bad :
                List.of(
                        "",
                        "e5 88", // forbidden bit
                        "60", // type 0
                        "7e 00", // type 30
                        "7f 00", // type 31
                        "79 0000", // STAP-B
                        "7a 0000", // MTAP16
                        "7b 0000", // MTAP24
                        "7d 85", // FU-B
                        "78", // empty aggregate
                        "78 00", // half a length
                        "78 0000", // an empty unit
                        "78 0002 67", // a unit past the end
                        "78 0001 67 00", // half a length after a unit
                        "78 0001 67 0000",
                        "78 ffff 67",
                        "78 0001 78", // an aggregate within
                        "78 0001 7c", // a fragment within
                        "7c", // no fragment header
                        "7c c5 88", // first and last
                        "7c 80 88", // of type 0
                        "7c 9c 88", // of a fragment
                        "7c 18 88")) {
            assertThat(wrap(bad)).as(bad).isFalse();
        }
    }

    @Test
    void one_view_forgets_the_packet_before() {
        wrap("65 88");
        wrap("41 9a");
        assertThat(payload.has(H264Payload.NAL_IDR)).isFalse();
        wrap("7c 05 88");
        wrap("41 9a");
        assertThat(payload.isNalStart()).isTrue();
    }

    @Test
    void reads_at_an_offset() {
        var bytes = Hex.bytes("ffff 78 0001 67 ffff");

        assertThat(payload.wrap(bytes, 2, 4)).isTrue();
        assertThat(payload.isKeyFrameStart()).isTrue();
        assertThat(payload.wrap(bytes, 2, 3)).isFalse();
    }
}
