// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import java.util.Optional;

/// The header extensions that are understood or forwarded, by the URI that negotiates them.
public enum KnownExtension {
    /// Which media section a packet belongs to (RFC 9143 §15.2).
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /// Which simulcast layer (RFC 8852).
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /// Which simulcast layer a retransmission repairs (RFC 8852).
    RRID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /// When it left, see [AbsSendTime].
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /// The number of a packet on its transport, of all streams together.
    TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /// How loud, see [AudioLevel].
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /// Which way up, see [VideoOrientation].
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /// When it was captured, see [AbsCaptureTime].
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time"),
    /// How long to hold it, see [PlayoutDelay].
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /// How frames depend on each other; opaque here, read by `noom.rtc.codec`.
    DEPENDENCY_DESCRIPTOR(
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
    /// How long after its timestamp it left (RFC 5450).
    TRANSMISSION_OFFSET("urn:ietf:params:rtp-hdrext:toffset");

    private final String uri;

    KnownExtension(String uri) {
        this.uri = uri;
    }

    /// The URI of `a=extmap` and of `headerExtensions`.
    public String uri() {
        return uri;
    }

    /// The extension of this URI, if it is known.
    public static Optional<KnownExtension> ofUri(String uri) {
        for (var extension : values()) {
            if (extension.uri.equals(uri)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }
}
