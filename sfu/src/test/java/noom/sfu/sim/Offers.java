// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.List;
import noom.rtc.rtp.KnownExtension;
import noom.sfu.ortc.OrtcJson;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpParameters;

/// What browsers say of the tracks that they send: what Chromium said, under other names.
final class Offers {
    static final int AUDIO_LEVEL_ID = 1;
    static final int ABS_SEND_TIME_ID = 2;
    static final int TRANSPORT_CC_ID = 3;
    static final int MID_ID = 4;
    static final int RID_ID = 10;
    static final int RRID_ID = 11;

    private static final RtpParameters SOUND = OrtcJson.captured("chromium-opus");
    private static final RtpParameters CAMERA = OrtcJson.captured("chromium-vp8-3enc-L1T3");

    private Offers() {}

    static RtpParameters sound(String mid, long ssrc) {
        return of(SOUND, mid, List.of(named(ssrc, RtpEncodingParameters.NO_SSRC)));
    }

    /// Three encodings that are named by their rids.
    static RtpParameters camera(String mid) {
        return of(CAMERA, mid, CAMERA.encodings());
    }

    /// One encoding that is named by its SSRCs.
    static RtpParameters screen(String mid, long ssrc, long rtxSsrc) {
        return of(CAMERA, mid, List.of(named(ssrc, rtxSsrc)));
    }

    private static RtpEncodingParameters named(long ssrc, long rtxSsrc) {
        return new RtpEncodingParameters("", ssrc, rtxSsrc, "", 0, false);
    }

    private static RtpParameters of(
            RtpParameters source, String mid, List<RtpEncodingParameters> encodings) {
        return new RtpParameters(
                mid,
                source.codecs(),
                source.headerExtensions(),
                encodings,
                source.rtcp(),
                source.msid());
    }

    /// The ids above are those of the captures.
    static boolean areAsCaptured() {
        return id(SOUND, KnownExtension.AUDIO_LEVEL) == AUDIO_LEVEL_ID
                && id(SOUND, KnownExtension.TRANSPORT_CC) == TRANSPORT_CC_ID
                && id(CAMERA, KnownExtension.TRANSPORT_CC) == TRANSPORT_CC_ID
                && id(CAMERA, KnownExtension.ABS_SEND_TIME) == ABS_SEND_TIME_ID
                && id(CAMERA, KnownExtension.MID) == MID_ID
                && id(CAMERA, KnownExtension.RID) == RID_ID
                && id(CAMERA, KnownExtension.RRID) == RRID_ID;
    }

    private static int id(RtpParameters parameters, KnownExtension extension) {
        return parameters.headerExtensions().stream()
                .filter(one -> one.uri().equals(extension.uri()))
                .mapToInt(one -> one.id())
                .findFirst()
                .orElse(0);
    }
}
