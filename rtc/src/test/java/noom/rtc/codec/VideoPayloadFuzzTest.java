// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Hostile payloads of every codec: no exception, input unchanged by reading, copies read
/// alike.
class VideoPayloadFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_payload_is_refused_or_understood(byte[] bytes) {
        var before = bytes.clone();
        var keyFrames = new KeyFrames();
        for (var codec : VideoCodec.values()) {
            keyFrames.isKeyFrameStart(codec, bytes, 0, bytes.length);
        }
        readVp8(bytes);
        readVp9(bytes);
        readRest(bytes);
        assertThat(bytes).isEqualTo(before);
    }

    private static void readVp8(byte[] bytes) {
        var vp8 = new Vp8Descriptor();
        if (!vp8.wrap(bytes, 0, bytes.length)) {
            return;
        }
        assertThat(vp8.descriptorBytes()).isLessThan(bytes.length);
        assertThat(vp8.temporalId()).isBetween(-1, 3);
        var out = new byte[Vp8Descriptor.MAX_DESCRIPTOR_BYTES + 1];
        int pictureId = vp8.pictureId();
        int tl0PicIdx = vp8.tl0PicIdx();
        int length = vp8.writeTo(out, 0, pictureId, tl0PicIdx);
        assertThat(vp8.wrap(out, 0, length + 1)).isTrue();
        assertThat(vp8.pictureId()).isEqualTo(pictureId);
        assertThat(vp8.tl0PicIdx()).isEqualTo(tl0PicIdx);
        var again = new byte[out.length];
        assertThat(vp8.writeTo(again, 0, pictureId, tl0PicIdx)).isEqualTo(length);
        assertThat(again).isEqualTo(out);
    }

    private static void readVp9(byte[] bytes) {
        var vp9 = new Vp9Descriptor();
        if (vp9.wrap(bytes, 0, bytes.length)) {
            assertThat(vp9.descriptorBytes()).isLessThan(bytes.length);
            assertThat(vp9.pictureId()).isBetween(-1, 0x7FFF);
            assertThat(vp9.spatialId()).isBetween(-1, 7);
            assertThat(vp9.temporalId()).isBetween(-1, 7);
            assertThat(vp9.tl0PicIdx()).isBetween(-1, 255);
            for (int i = 0; i < 8; i++) {
                assertThat(vp9.widthPixels(i)).isBetween(-1, 65_535);
                assertThat(vp9.heightPixels(i)).isBetween(-1, 65_535);
            }
        }
    }

    private static void readRest(byte[] bytes) {
        var h264 = new H264Payload();
        if (h264.wrap(bytes, 0, bytes.length)) {
            assertThat(h264.has(0)).isFalse();
        }
        var av1 = new Av1Payload();
        if (av1.wrap(bytes, 0, bytes.length)) {
            assertThat(av1.elementCount()).isBetween(1, bytes.length);
        }
    }
}
