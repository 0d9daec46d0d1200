// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import noom.rtc.rtp.KnownExtension;

/// What a track is like on the wire: packets of one length, so many at a time, at a steady pace.
///
/// @param role as signalling names it
/// @param periodNanos from one picture, or frame of sound, to the next
/// @param periodTicks the same by the clock of the stream
/// @param packets of a picture
/// @param payloadBytes of each packet
record TrackShape(
        String role,
        String mimeType,
        int payloadType,
        int clockRate,
        long periodNanos,
        int periodTicks,
        int packets,
        int payloadBytes) {
    /// The number that our pages' extension has here.
    static final int TRANSPORT_CC_ID = 3;

    /// As long as browsers make them.
    static final int MAX_PAYLOAD_BYTES = 1_100;

    private static final int PICTURES_PER_SECOND = 30;
    private static final int VIDEO_CLOCK = 90_000;
    private static final int AUDIO_CLOCK = 48_000;
    private static final int FRAMES_PER_SECOND = 50;
    private static final int FRAME_BYTES = 80;

    /// Opus at 32 kbit/s.
    static TrackShape voice() {
        return new TrackShape(
                "audio",
                "audio/opus",
                111,
                AUDIO_CLOCK,
                Duration.ofSeconds(1).toNanos() / FRAMES_PER_SECOND,
                AUDIO_CLOCK / FRAMES_PER_SECOND,
                1,
                FRAME_BYTES);
    }

    /// VP8, 30 pictures a second, all of one size.
    static TrackShape camera(int bitrateBps) {
        int pictureBytes = bitrateBps / 8 / PICTURES_PER_SECOND;
        int packets = Math.ceilDiv(pictureBytes, MAX_PAYLOAD_BYTES);
        return new TrackShape(
                "camera",
                "video/VP8",
                96,
                VIDEO_CLOCK,
                Duration.ofSeconds(1).toNanos() / PICTURES_PER_SECOND,
                VIDEO_CLOCK / PICTURES_PER_SECOND,
                packets,
                pictureBytes / packets);
    }

    double packetsPerSecond() {
        return (double) packets * Duration.ofSeconds(1).toNanos() / periodNanos;
    }

    boolean isVideo() {
        return role.equals("camera");
    }

    /// Where the [Mark] is within the payload.
    int markAt() {
        return isVideo() ? MediaSource.VP8_BYTES : 0;
    }

    /// What `media:produce` says of a track of this shape.
    JsonObject rtpParameters(String mid, long ssrc) {
        var codec =
                new JsonObject()
                        .put("mimeType", mimeType)
                        .put("payloadType", payloadType)
                        .put("clockRate", clockRate)
                        .put("parameters", new JsonObject())
                        .put("rtcpFeedback", feedback());
        if (!isVideo()) {
            codec.put("channels", 2);
        }
        var extension =
                new JsonObject()
                        .put("uri", KnownExtension.TRANSPORT_CC.uri())
                        .put("id", TRANSPORT_CC_ID)
                        .put("encrypt", false)
                        .put("parameters", new JsonObject());
        return new JsonObject()
                .put("mid", mid)
                .put("codecs", new JsonArray().add(codec))
                .put("headerExtensions", new JsonArray().add(extension))
                .put("encodings", new JsonArray().add(new JsonObject().put("ssrc", ssrc)))
                .put("rtcp", new JsonObject().put("cname", "load").put("reducedSize", true));
    }

    private JsonArray feedback() {
        var kinds = new JsonArray().add(kind("transport-cc", ""));
        return isVideo() ? kinds.add(kind("nack", "pli")) : kinds;
    }

    private static JsonObject kind(String type, String parameter) {
        return new JsonObject().put("type", type).put("parameter", parameter);
    }
}
