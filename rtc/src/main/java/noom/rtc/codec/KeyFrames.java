// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

/// Tells where a decoder can begin, for any codec.
///
/// Owner: whoever created it. A stream whose codec is known asks its descriptor instead.
public final class KeyFrames {
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();
    private final H264Payload h264 = new H264Payload();
    private final Av1Payload av1 = new Av1Payload();

    /// Whether this payload begins a key frame; false for a malformed one.
    public boolean isKeyFrameStart(VideoCodec codec, byte[] payload, int offset, int lengthBytes) {
        return switch (codec) {
            case VP8 -> vp8.wrap(payload, offset, lengthBytes) && vp8.isKeyFrameStart();
            case VP9 -> vp9.wrap(payload, offset, lengthBytes) && vp9.isKeyFrameStart();
            case H264 -> h264.wrap(payload, offset, lengthBytes) && h264.isKeyFrameStart();
            case AV1 -> av1.wrap(payload, offset, lengthBytes) && av1.isKeyFrameStart();
        };
    }
}
