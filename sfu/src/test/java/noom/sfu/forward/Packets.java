// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;

/// RTP packets of synthetic streams, for tests of what a forwarder does with them.
public final class Packets {
    /// The dependency descriptor's number in these packets.
    public static final int DEPENDENCY_ID = 12;

    private static final byte[] NOTHING = {};

    private Packets() {}

    /// A packet with this payload, and a dependency descriptor unless that is empty.
    public static RtpPacket rtp(
            int seq, long ticks, boolean isMarker, byte[] payload, byte[] dependencies) {
        var writer = new RtpWriter().begin(96, isMarker, seq & 0xFFFF, ticks & 0xFFFF_FFFFL, 7);
        if (dependencies.length > 0) {
            writer.extension(DEPENDENCY_ID, dependencies, 0, dependencies.length);
        }
        writer.payload(payload, 0, payload.length);
        var out = new byte[RtpPacket.MAX_PACKET_BYTES];
        int length = writer.writeTo(out, 0);
        var packet = new RtpPacket();
        if (!packet.wrap(out, 0, length)) {
            throw new AssertionError(packet.refusal());
        }
        return packet;
    }

    /// The same without a dependency descriptor.
    public static RtpPacket rtp(int seq, long ticks, boolean isMarker, byte[] payload) {
        return rtp(seq, ticks, isMarker, payload, NOTHING);
    }

    /// A VP8 payload: 15-bit PictureID, TL0PICIDX, temporal layer (RFC 7741 §4.2).
    public static byte[] vp8(
            boolean isStart,
            boolean isKey,
            int pictureId,
            int tl0,
            int temporalId,
            boolean isSync) {
        return new byte[] {
            (byte) (0x80 | (isStart ? 0x10 : 0)),
            (byte) 0xE0,
            (byte) (0x80 | (pictureId >>> 8 & 0x7F)),
            (byte) pictureId,
            (byte) tl0,
            (byte) (temporalId << 6 | (isSync ? 0x20 : 0)),
            (byte) (isKey ? 0 : 1),
            42
        };
    }

    /// A VP9 payload in non-flexible mode (RFC 9628 §4.2); a start of a key picture tells how
    /// many spatial layers there are.
    public static byte[] vp9(Vp9 frame) {
        boolean hasStructure = frame.structureLayers > 0;
        int first = 0x80 | 0x20;
        first |= frame.isInter ? 0x40 : 0;
        first |= frame.isStart ? 0x08 : 0;
        first |= frame.isEnd ? 0x04 : 0;
        first |= hasStructure ? 0x02 : 0;
        int layers = frame.temporalId << 5 | (frame.isSwitchUp ? 0x10 : 0) | frame.spatialId << 1;
        layers |= frame.spatialId > 0 && !frame.isInter ? 1 : 0;
        var bytes = new byte[hasStructure ? 7 : 6];
        bytes[0] = (byte) first;
        bytes[1] = (byte) (0x80 | (frame.pictureId >>> 8 & 0x7F));
        bytes[2] = (byte) frame.pictureId;
        bytes[3] = (byte) layers;
        bytes[4] = (byte) frame.tl0;
        if (hasStructure) {
            bytes[5] = (byte) ((frame.structureLayers - 1) << 5);
        }
        return bytes;
    }

    /// One layer's frame of VP9.
    public record Vp9(
            int pictureId,
            int tl0,
            int spatialId,
            int temporalId,
            boolean isInter,
            boolean isSwitchUp,
            boolean isStart,
            boolean isEnd,
            int structureLayers) {}
}
