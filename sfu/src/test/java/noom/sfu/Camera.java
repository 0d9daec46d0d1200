// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.nio.charset.StandardCharsets;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.rtp.Rtx;
import noom.sfu.forward.Packets;

/// One encoding of a camera as Chromium sends it: its numbers, mid, rid and transport-wide
/// numbers, VP8 pictures of two packets in three temporal layers.
final class Camera {
    private static final int PAYLOAD_TYPE = 96;
    private static final int RTX_PAYLOAD_TYPE = 97;
    private static final long NTP_SECOND = 1L << 32;
    private static final long NOON = 0xE000_0000L << 32;
    private static final int[] TEMPORAL = {0, 2, 1, 2};

    final int index;
    final long ssrc;
    int seq;
    int pictureId;
    int tl0;
    boolean isNamed = true;
    private final long firstTicks;
    private int inGroup;
    private int transportSeq;

    Camera(int index) {
        this.index = index;
        ssrc = 1_000L + index;
        seq = 65_500 + 10 * index;
        pictureId = 32_760 - index;
        tl0 = 250 + index;
        firstTicks = 4_294_000_000L + 100_000L * index;
    }

    long ticks(int picture) {
        return (firstTicks + 3_000L * picture) & 0xFFFF_FFFFL;
    }

    /// What the clock of all cameras shows, and this one's ticks.
    Rtcp.SenderReport report(int picture) {
        long ntp = NOON + picture * NTP_SECOND / 30;
        return new Rtcp.SenderReport(ssrc, ntp, ticks(picture), 0, 0, java.util.List.of());
    }

    /// The packets of a picture.
    RtpPacket[] picture(int picture, boolean isKey) {
        if (isKey) {
            inGroup = 0;
        }
        int temporal = TEMPORAL[inGroup++ % TEMPORAL.length];
        pictureId = (pictureId + 1) & 0x7FFF;
        tl0 = temporal == 0 ? (tl0 + 1) & 0xFF : tl0;
        boolean isSync = temporal > 0;
        return new RtpPacket[] {
            media(picture, false, Packets.vp8(true, isKey, pictureId, tl0, temporal, isSync)),
            media(picture, true, Packets.vp8(false, false, pictureId, tl0, temporal, isSync))
        };
    }

    private RtpPacket media(int picture, boolean isMarker, byte[] payload) {
        seq = (seq + 1) & 0xFFFF;
        var writer = new RtpWriter().begin(PAYLOAD_TYPE, isMarker, seq, ticks(picture), ssrc);
        if (isNamed) {
            text(writer, 4, "1");
            text(writer, 10, "r" + index);
        }
        transportSeq++;
        writer.extension(3, new byte[] {(byte) (transportSeq >>> 8), (byte) transportSeq}, 0, 2);
        return write(writer.payload(payload, 0, payload.length));
    }

    /// A packet again, in the stream for that.
    RtpPacket again(RtpPacket packet, int rtxSeq) {
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = Rtx.wrap(packet, RTX_PAYLOAD_TYPE, rtxSeq, ssrc + 500, out, 0);
        var again = new RtpPacket();
        again.wrap(out, 0, length);
        return again;
    }

    /// Padding in the stream for retransmissions, as sent to probe for bandwidth.
    RtpPacket probe(int rtxSeq) {
        var writer = new RtpWriter().begin(RTX_PAYLOAD_TYPE, false, rtxSeq, 0, ssrc + 500);
        text(writer, 4, "1");
        text(writer, 11, "r" + index);
        return write(writer.padding(200));
    }

    /// Padding in the stream itself.
    RtpPacket padding(int picture) {
        seq = (seq + 1) & 0xFFFF;
        return write(
                new RtpWriter().begin(PAYLOAD_TYPE, false, seq, ticks(picture), ssrc).padding(99));
    }

    private static void text(RtpWriter writer, int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.extension(id, bytes, 0, bytes.length);
    }

    private static RtpPacket write(RtpWriter writer) {
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = writer.writeTo(out, 0);
        var packet = new RtpPacket();
        if (!packet.wrap(out, 0, length)) {
            throw new AssertionError(packet.refusal());
        }
        return packet;
    }
}
