// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import org.junit.jupiter.api.Test;

/// The table that pages are given; they rely on every number in it.
class RouterCapabilitiesTest {
    private static final String CODECS =
            """
            audio/opus 111 48000/2 {minptime=10, useinbandfec=1} [transport-cc, nack]
            video/VP8 96 90000/0 {} [nack, nack pli, ccm fir, goog-remb, transport-cc]
            video/rtx 97 90000/0 {apt=96} []
            video/VP9 98 90000/0 {profile-id=0} [nack, nack pli, ccm fir, goog-remb, transport-cc]
            video/rtx 99 90000/0 {apt=98} []
            video/H264 102 90000/0 {packetization-mode=1, profile-level-id=42e01f, \
            level-asymmetry-allowed=1} [nack, nack pli, ccm fir, goog-remb, transport-cc]
            video/rtx 103 90000/0 {apt=102} []
            video/AV1 45 90000/0 {} [nack, nack pli, ccm fir, goog-remb, transport-cc]
            video/rtx 46 90000/0 {apt=45} []
            """;

    private static final String EXTENSIONS =
            """
            AUDIO MID 1 SENDRECV
            VIDEO MID 1 SENDRECV
            VIDEO RID 2 RECVONLY
            VIDEO RRID 3 RECVONLY
            AUDIO ABS_SEND_TIME 4 SENDRECV
            VIDEO ABS_SEND_TIME 4 SENDRECV
            AUDIO TRANSPORT_CC 5 RECVONLY
            VIDEO TRANSPORT_CC 5 SENDRECV
            AUDIO AUDIO_LEVEL 6 SENDRECV
            VIDEO DEPENDENCY_DESCRIPTOR 7 SENDRECV
            VIDEO VIDEO_ORIENTATION 8 SENDRECV
            VIDEO TRANSMISSION_OFFSET 9 SENDRECV
            AUDIO ABS_CAPTURE_TIME 10 SENDRECV
            VIDEO ABS_CAPTURE_TIME 10 SENDRECV
            AUDIO PLAYOUT_DELAY 11 SENDRECV
            VIDEO PLAYOUT_DELAY 11 SENDRECV
            """;

    @Test
    void the_codecs_are_these_in_this_order() {
        var told = new StringBuilder();
        for (var codec : RouterCapabilities.STANDARD.codecs()) {
            var parameters = new LinkedHashMap<String, String>();
            codec.parameters().forEach((name, value) -> parameters.put(name, value.text()));
            var feedback =
                    codec.rtcpFeedback().stream()
                            .map(f -> (f.type() + " " + f.parameter()).strip())
                            .toList();
            told.append(codec.mimeType()).append(' ').append(codec.preferredPayloadType());
            told.append(' ').append(codec.clockRate()).append('/').append(codec.channels());
            told.append(' ').append(parameters).append(' ').append(feedback).append('\n');
        }

        assertThat(told.toString()).isEqualTo(CODECS);
    }

    @Test
    void the_header_extensions_are_these() {
        var told = new StringBuilder();
        for (var extension : RouterCapabilities.STANDARD.headerExtensions()) {
            told.append(extension.kind()).append(' ');
            told.append(KnownExtension.ofUri(extension.uri()).orElseThrow()).append(' ');
            told.append(extension.preferredId()).append(' ');
            told.append(extension.direction()).append('\n');
        }

        assertThat(told.toString()).isEqualTo(EXTENSIONS);
    }

    @Test
    void no_payload_type_is_given_twice_and_none_is_the_probators() {
        var payloadTypes = new HashSet<Integer>();
        for (var codec : RouterCapabilities.STANDARD.codecs()) {
            assertThat(payloadTypes.add(codec.preferredPayloadType())).isTrue();
            assertThat(codec.mimeType()).startsWith(codec.kind().text() + "/");
        }

        assertThat(payloadTypes).doesNotContain(127);
    }

    @Test
    void every_number_means_one_extension() {
        var uris = new HashMap<Integer, String>();
        for (var extension : RouterCapabilities.STANDARD.headerExtensions()) {
            var before = uris.putIfAbsent(extension.preferredId(), extension.uri());
            assertThat(before == null || before.equals(extension.uri())).isTrue();
        }
        var ids = RouterCapabilities.extensionIds();
        assertThat(ids.id(KnownExtension.DEPENDENCY_DESCRIPTOR)).isEqualTo(7);
        assertThat(ids.id(KnownExtension.MID)).isNotEqualTo(ExtensionIds.NONE);
    }

    @Test
    void only_what_is_sent_reaches_consumers() {
        assertThat(RtpHeaderExtension.Direction.SENDRECV.isSent()).isTrue();
        assertThat(RtpHeaderExtension.Direction.SENDONLY.isSent()).isTrue();
        assertThat(RtpHeaderExtension.Direction.RECVONLY.isSent()).isFalse();
        assertThat(RtpHeaderExtension.Direction.INACTIVE.isSent()).isFalse();
    }
}
