// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;

/// Retransmission in a stream of its own (RFC 4588 §4): the original sequence number, two
/// bytes, stands before the original payload.
public final class Rtx {
    /// What RTX adds to a packet.
    public static final int OVERHEAD_BYTES = 2;

    private Rtx() {}

    /// Turns an RTX packet into the one it repeats, in place: the header moves two bytes up.
    ///
    /// Extensions stay as they are: a rrid is still a rrid.
    ///
    /// @param rtx its array is overwritten, and it must not be read afterwards
    /// @param original is wrapped around the result
    /// @return false, and nothing written, if it repeats nothing: padding only, as sent to
    ///     probe for bandwidth, or a payload too short for the number
    public static boolean unwrap(RtpPacket rtx, int payloadType, long ssrc, RtpPacket original) {
        if (rtx.payloadBytes() < OVERHEAD_BYTES) {
            return false;
        }
        byte[] bytes = rtx.array();
        int seq = BigEndian.u16(bytes, rtx.payloadOffset());
        int from = rtx.offset();
        int to = from + OVERHEAD_BYTES;
        int lengthBytes = rtx.lengthBytes() - OVERHEAD_BYTES;
        System.arraycopy(bytes, from, bytes, to, rtx.headerBytes());
        boolean isTaken = original.wrap(bytes, to, lengthBytes);
        assert isTaken : original.refusal();
        original.setSeq(seq);
        original.setPayloadType(payloadType);
        original.setSsrc(ssrc);
        return true;
    }

    /// Writes the packet that repeats `media`, with its extensions and without its padding.
    ///
    /// @param seq of the RTX stream
    /// @return its size, or [RtpWriter#NO_ROOM] with nothing written
    public static int wrap(
            RtpPacket media, int payloadType, int seq, long ssrc, byte[] out, int offset) {
        int headerBytes = media.headerBytes();
        int total = headerBytes + OVERHEAD_BYTES + media.payloadBytes();
        if (total > RtpPacket.MAX_PACKET_BYTES || total > out.length - offset) {
            return RtpWriter.NO_ROOM;
        }
        byte[] bytes = media.array();
        int payloadAt = offset + headerBytes + OVERHEAD_BYTES;
        System.arraycopy(bytes, media.payloadOffset(), out, payloadAt, media.payloadBytes());
        System.arraycopy(bytes, media.offset(), out, offset, headerBytes);
        int first = out[offset] & ~RtpPacket.HAS_PADDING;
        BigEndian.put8(out, offset, first);
        int marker = media.isMarker() ? RtpPacket.MARKER : 0;
        BigEndian.put16(out, payloadAt - OVERHEAD_BYTES, media.seq());
        BigEndian.put8(out, offset + 1, marker | payloadType);
        BigEndian.put16(out, offset + RtpPacket.SEQ_AT, seq);
        BigEndian.put32(out, offset + RtpPacket.SSRC_AT, ssrc);
        return total;
    }
}
