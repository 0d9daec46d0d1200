// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.sfu.ortc.OrtcJson;

/// Packets of a microphone and of a camera, as captured descriptions have them.
final class ScriptedMedia {
    static final String SOUND = "chromium-opus";
    static final String VIDEO = "firefox-vp8-1enc-none";

    private ScriptedMedia() {}

    /// A packet of the microphone that [#SOUND] describes.
    static RtpPacket sound(int seq) {
        var payload = new byte[80];
        Arrays.fill(payload, (byte) seq);
        var number = new byte[] {(byte) (seq >>> 8), (byte) seq};
        return packet(begin(SOUND, seq, 960L * seq, seq == 0).extension(3, number, 0, 2), payload);
    }

    /// A key picture, of three packets, of the camera that [#VIDEO] describes.
    static RtpPacket[] picture(int firstSeq) {
        int[] firstWords = {0x1000, 0x0055, 0x0055};
        return IntStream.range(0, 3)
                .mapToObj(
                        part -> {
                            var payload = ByteBuffer.allocate(900);
                            payload.putShort((short) firstWords[part]);
                            Arrays.fill(payload.array(), 2, 900, (byte) (part + 1));
                            return packet(
                                    begin(VIDEO, firstSeq + part, 90_000, part == 2),
                                    payload.array());
                        })
                .toArray(RtpPacket[]::new);
    }

    private static RtpWriter begin(String captured, int seq, long ticks, boolean isMarker) {
        var described = OrtcJson.captured(captured);
        return new RtpWriter()
                .begin(
                        described.codecs().getFirst().payloadType(),
                        isMarker,
                        seq,
                        ticks,
                        described.encodings().getFirst().ssrc());
    }

    private static RtpPacket packet(RtpWriter writer, byte[] payload) {
        var out = new byte[1_000];
        int length = writer.payload(payload, 0, payload.length).writeTo(out, 0);
        var packet = new RtpPacket();
        assertThat(packet.wrap(out, 0, length)).isTrue();
        return packet;
    }
}
