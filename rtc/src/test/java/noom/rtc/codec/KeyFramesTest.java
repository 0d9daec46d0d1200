// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

class KeyFramesTest {
    private record Row(VideoCodec codec, String payload, boolean isKeyFrameStart) {}

    @Test
    void every_codec_tells_where_a_decoder_can_begin() {
        var keyFrames = new KeyFrames();
        for (var row :
                List.of(
                        new Row(VideoCodec.VP8, "10 00", true),
                        new Row(VideoCodec.VP8, "10 01", false),
                        new Row(VideoCodec.VP8, "10", false),
                        new Row(VideoCodec.VP9, "08 ee", true),
                        new Row(VideoCodec.VP9, "48 ee", false),
                        new Row(VideoCodec.VP9, "08", false),
                        new Row(VideoCodec.H264, "65 88", true),
                        new Row(VideoCodec.H264, "41 88", false),
                        new Row(VideoCodec.H264, "e5 88", false),
                        new Row(VideoCodec.AV1, "18 08aa", true),
                        new Row(VideoCodec.AV1, "10 30aa", false),
                        new Row(VideoCodec.AV1, "18", false))) {
            var bytes = Hex.bytes("ff" + row.payload);

            assertThat(keyFrames.isKeyFrameStart(row.codec, bytes, 1, bytes.length - 1))
                    .as("%s", row)
                    .isEqualTo(row.isKeyFrameStart);
        }
    }

    @Test
    void an_empty_payload_begins_nothing() {
        var keyFrames = new KeyFrames();
        for (var codec : VideoCodec.values()) {
            assertThat(keyFrames.isKeyFrameStart(codec, new byte[0], 0, 0)).isFalse();
        }
    }
}
