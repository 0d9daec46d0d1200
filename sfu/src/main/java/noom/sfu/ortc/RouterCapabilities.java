// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;

/// What every router here offers: one table of codecs and header extensions, with fixed
/// numbers. The payload types are Chromium's own, which makes captures easy to read; 127 is
/// left to the page's probator (`mid` "probator", SSRC 1234), which takes it for granted.
public final class RouterCapabilities {
    /// The offer.
    public static final RtpCapabilities STANDARD =
            new RtpCapabilities(codecs(), headerExtensions());

    /// The SSRC that pages expect probes on.
    public static final long PROBATOR_SSRC = 1_234;

    private RouterCapabilities() {}

    /// The router's numbers of header extensions.
    public static ExtensionIds extensionIds() {
        var ids = new EnumMap<KnownExtension, Integer>(KnownExtension.class);
        for (var extension : STANDARD.headerExtensions()) {
            KnownExtension.ofUri(extension.uri())
                    .ifPresent(known -> ids.put(known, extension.preferredId()));
        }
        return ExtensionIds.of(ids).orElseThrow();
    }

    private static List<RtpCodecCapability> codecs() {
        var codecs = new ArrayList<RtpCodecCapability>();
        var opus = new LinkedHashMap<String, CodecParameter>();
        opus.put("minptime", whole(10));
        opus.put("useinbandfec", whole(1));
        codecs.add(
                new RtpCodecCapability(
                        MediaKind.AUDIO,
                        "audio/opus",
                        111,
                        48_000,
                        2,
                        opus,
                        List.of(RtcpFeedback.TRANSPORT_CC, RtcpFeedback.NACK)));
        addVideo(codecs, "video/VP8", 96, Map.of());
        addVideo(codecs, "video/VP9", 98, Map.of("profile-id", whole(0)));
        var h264 = new LinkedHashMap<String, CodecParameter>();
        h264.put("packetization-mode", whole(1));
        h264.put("profile-level-id", new CodecParameter.Text("42e01f"));
        h264.put("level-asymmetry-allowed", whole(1));
        addVideo(codecs, "video/H264", 102, h264);
        addVideo(codecs, "video/AV1", 45, Map.of());
        return codecs;
    }

    /// A codec, and RTX under the next number.
    private static void addVideo(
            List<RtpCodecCapability> codecs,
            String mimeType,
            int payloadType,
            Map<String, CodecParameter> parameters) {
        var feedback =
                List.of(
                        RtcpFeedback.NACK,
                        RtcpFeedback.PLI,
                        RtcpFeedback.FIR,
                        RtcpFeedback.REMB,
                        RtcpFeedback.TRANSPORT_CC);
        codecs.add(
                new RtpCodecCapability(
                        MediaKind.VIDEO, mimeType, payloadType, 90_000, 0, parameters, feedback));
        codecs.add(
                new RtpCodecCapability(
                        MediaKind.VIDEO,
                        "video/rtx",
                        payloadType + 1,
                        90_000,
                        0,
                        Map.of(RtpCodecParameters.APT, whole(payloadType)),
                        List.of()));
    }

    private static CodecParameter whole(long value) {
        return new CodecParameter.Whole(value);
    }

    /// The same ids for both kinds, all of the one-byte form. The dependency descriptor goes
    /// both ways: without it Chromium shows nothing of an AV1 stream with layers.
    private static List<RtpHeaderExtension> headerExtensions() {
        var both = RtpHeaderExtension.Direction.SENDRECV;
        var in = RtpHeaderExtension.Direction.RECVONLY;
        return List.of(
                audio(KnownExtension.MID, 1, both),
                video(KnownExtension.MID, 1, both),
                video(KnownExtension.RID, 2, in),
                video(KnownExtension.RRID, 3, in),
                audio(KnownExtension.ABS_SEND_TIME, 4, both),
                video(KnownExtension.ABS_SEND_TIME, 4, both),
                audio(KnownExtension.TRANSPORT_CC, 5, in),
                video(KnownExtension.TRANSPORT_CC, 5, both),
                audio(KnownExtension.AUDIO_LEVEL, 6, both),
                video(KnownExtension.DEPENDENCY_DESCRIPTOR, 7, both),
                video(KnownExtension.VIDEO_ORIENTATION, 8, both),
                video(KnownExtension.TRANSMISSION_OFFSET, 9, both),
                audio(KnownExtension.ABS_CAPTURE_TIME, 10, both),
                video(KnownExtension.ABS_CAPTURE_TIME, 10, both),
                audio(KnownExtension.PLAYOUT_DELAY, 11, both),
                video(KnownExtension.PLAYOUT_DELAY, 11, both));
    }

    private static RtpHeaderExtension audio(
            KnownExtension extension, int id, RtpHeaderExtension.Direction direction) {
        return new RtpHeaderExtension(MediaKind.AUDIO, extension.uri(), id, direction);
    }

    private static RtpHeaderExtension video(
            KnownExtension extension, int id, RtpHeaderExtension.Direction direction) {
        return new RtpHeaderExtension(MediaKind.VIDEO, extension.uri(), id, direction);
    }
}
