// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.codec.VideoCodec;
import noom.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class MediaPacketTest {
    private static final byte[] AV1_KEY = {0x18, 0x0A, 1, 2, 3};
    private static final byte[] AV1_INTER = {0x10, 0x30, 1, 2, 3};
    private static final byte[] H264_IDR = {0x65, 1, 2};
    private static final byte[] H264_INTER = {0x41, 1, 2};

    private static MediaPacket view(VideoCodec codec) {
        return new MediaPacket(1, codec, Packets.DEPENDENCY_ID);
    }

    private static RtpPacket rtp(byte... payload) {
        return Packets.rtp(1, 2, true, payload);
    }

    @Test
    void sound_has_no_layers_and_any_payload() {
        var view = new MediaPacket(0, null, 0);

        assertThat(view.wrap(rtp())).isTrue();
        assertThat(view.codec()).isNull();
        assertThat(view.isKeyFrameStart()).isFalse();
        assertThat(view.temporalId()).isZero();
        assertThat(view.spatialId()).isZero();
    }

    @Test
    void vp8_tells_key_frames_layers_and_where_to_step_up() {
        var view = view(VideoCodec.VP8);

        assertThat(view.wrap(rtp(Packets.vp8(true, true, 5, 6, 0, false)))).isTrue();
        assertThat(view.isKeyFrameStart()).isTrue();
        assertThat(view.vp8().pictureId()).isEqualTo(5);

        assertThat(view.wrap(rtp(Packets.vp8(false, false, 6, 6, 2, true)))).isTrue();
        assertThat(view.isKeyFrameStart()).isFalse();
        assertThat(view.temporalId()).isEqualTo(2);
        assertThat(view.isSwitchUp()).isTrue();
        assertThat(view.encodingIndex()).isOne();
    }

    @Test
    void vp8_without_layers_is_layer_zero() {
        var view = view(VideoCodec.VP8);

        assertThat(view.wrap(rtp((byte) 0x10, (byte) 0))).isTrue();
        assertThat(view.temporalId()).isZero();
        assertThat(view.isSwitchUp()).isFalse();
        assertThat(view.isKeyFrameStart()).isTrue();
    }

    @Test
    void vp9_tells_spatial_layers_too() {
        var view = view(VideoCodec.VP9);
        var frame = new Packets.Vp9(9, 1, 2, 1, true, true, true, true, 0);

        assertThat(view.wrap(rtp(Packets.vp9(frame)))).isTrue();
        assertThat(view.spatialId()).isEqualTo(2);
        assertThat(view.temporalId()).isOne();
        assertThat(view.isSwitchUp()).isTrue();
        assertThat(view.vp9().pictureId()).isEqualTo(9);
    }

    @Test
    void h264_and_av1_tell_key_frames_by_their_payload() {
        var h264 = view(VideoCodec.H264);
        var av1 = view(VideoCodec.AV1);

        assertThat(h264.wrap(rtp(H264_IDR)) && h264.isKeyFrameStart()).isTrue();
        assertThat(h264.wrap(rtp(H264_INTER)) && !h264.isKeyFrameStart()).isTrue();
        assertThat(av1.wrap(rtp(AV1_KEY)) && av1.isKeyFrameStart()).isTrue();
        assertThat(av1.wrap(rtp(AV1_INTER)) && !av1.isKeyFrameStart()).isTrue();
        assertThat(av1.hasDependencies()).isFalse();
    }

    @Test
    void a_dependency_descriptor_knows_better_than_the_payload() {
        var view = view(VideoCodec.H264);

        assertThat(view.wrap(Packets.rtp(1, 1, false, H264_INTER, Dependencies.of(0, 0, true))))
                .isTrue();
        assertThat(view.isKeyFrameStart()).isTrue();
        assertThat(view.hasDependencies()).isTrue();
        assertThat(view.isSwitchUp()).isTrue();
        assertThat(view.wrap(Packets.rtp(2, 1, true, H264_IDR, Dependencies.of(1, 1, true))))
                .isTrue();
        assertThat(view.isKeyFrameStart()).isFalse();
        assertThat(view.spatialId()).isOne();
        assertThat(view.wrap(Packets.rtp(3, 2, true, H264_INTER, Dependencies.of(3, 1, false))))
                .isTrue();
        assertThat(view.isSwitchUp()).isFalse();
    }

    @Test
    void a_descriptor_that_is_not_negotiated_or_not_understood_is_not_there() {
        var none = new MediaPacket(0, VideoCodec.H264, 0);
        var broken = view(VideoCodec.H264);

        none.wrap(Packets.rtp(1, 1, false, H264_INTER, Dependencies.of(0, 0, true)));
        broken.wrap(Packets.rtp(1, 1, false, H264_INTER, new byte[] {1}));

        assertThat(none.hasDependencies()).isFalse();
        assertThat(broken.hasDependencies()).isFalse();
    }

    @Test
    void what_is_malformed_is_refused() {
        assertThat(view(VideoCodec.VP8).wrap(rtp((byte) 0x80))).isFalse();
        assertThat(view(VideoCodec.VP9).wrap(rtp((byte) 0xFF))).isFalse();
        assertThat(view(VideoCodec.H264).wrap(rtp())).isFalse();
        assertThat(view(VideoCodec.AV1).wrap(rtp())).isFalse();
    }
}
