// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/// Hostile bytes: only the declared refusal, input unchanged by reading, rewriting is stable.
class RtpPacketFuzzTest {
    private static final ExtensionIds FROM =
            ExtensionIds.of(Map.of(KnownExtension.MID, 1, KnownExtension.TRANSPORT_CC, 3))
                    .orElseThrow();
    private static final ExtensionIds TO =
            ExtensionIds.of(Map.of(KnownExtension.MID, 16, KnownExtension.TRANSPORT_CC, 4))
                    .orElseThrow();

    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_understood(byte[] bytes) {
        var before = bytes.clone();
        var packet = new RtpPacket();

        boolean isTaken = packet.wrap(bytes);

        assertThat(packet.refusal() == null).isEqualTo(isTaken);
        if (isTaken) {
            readAll(packet);
            byte[] once = rewrite(packet);
            if (once != null) {
                assertThat(packet.wrap(once)).isTrue();
                assertThat(rewrite(packet)).isEqualTo(once);
            }
        }
        assertThat(bytes).isEqualTo(before);
        if (isTaken) {
            changeCopy(bytes);
        }
    }

    private static void readAll(RtpPacket packet) {
        var extensions = packet.extensions();
        int sum = packet.headerBytes() + packet.payloadBytes() + packet.paddingBytes();
        assertThat(sum).isEqualTo(packet.lengthBytes());
        for (int i = 0; i < packet.csrcCount(); i++) {
            packet.csrc(i);
        }
        var isKnown = new boolean[HeaderExtensions.MAX_ID + 1];
        for (int at = extensions.first(); at != HeaderExtensions.ABSENT; at = extensions.next(at)) {
            int id = extensions.idAt(at);
            assertThat(at + extensions.lengthAt(at)).isLessThanOrEqualTo(packet.payloadOffset());
            if (!isKnown[id]) {
                isKnown[id] = true;
                assertThat(extensions.find(id)).isEqualTo(at).isPositive();
                readFirst(extensions, id);
            }
        }
    }

    private static void readFirst(HeaderExtensions extensions, int id) {
        extensions.text(id);
        AudioLevel.read(extensions, id);
        VideoOrientation.read(extensions, id);
        PlayoutDelay.read(extensions, id);
        AbsCaptureTime.read(extensions, id);
        AbsSendTime.read(extensions, id);
        TransportSeq.read(extensions, id);
    }

    private static byte[] rewrite(RtpPacket packet) {
        var writer = new RtpWriter().begin(packet).padding(packet.paddingBytes());
        var extensions = packet.extensions();
        int count = 0;
        for (int at = extensions.first();
                at != HeaderExtensions.ABSENT && count < RtpWriter.MAX_EXTENSIONS;
                at = extensions.next(at)) {
            if (extensions.idAt(at) != 15) {
                count++;
                writer.extension(
                        extensions.idAt(at), extensions.array(), at, extensions.lengthAt(at));
            }
        }
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = writer.writeTo(out, 0);
        return length == RtpWriter.NO_ROOM ? null : java.util.Arrays.copyOf(out, length);
    }

    private static void changeCopy(byte[] bytes) {
        var packet = new RtpPacket();
        var copy = bytes.clone();
        packet.wrap(copy);
        packet.setSeq(5);
        packet.setTimestampTicks(6);
        packet.setSsrc(7);
        packet.setPayloadType(8);
        packet.extensions().renumber(FROM, TO);
        assertThat(packet.wrap(copy)).isTrue();
        readAll(packet);

        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = Rtx.wrap(packet, 97, 1, 2, out, 0);
        if (length != RtpWriter.NO_ROOM) {
            assertThat(packet.wrap(out, 0, length)).isTrue();
            assertThat(Rtx.unwrap(packet, 8, 7, packet)).isTrue();
            assertThat(packet.seq()).isEqualTo(5);
        }
    }
}
