// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// A reusable view over one RTP packet, decrypted, in a region of an array (RFC 3550 §5.1).
///
/// Owner: whoever created it; one view serves any number of packets, one after the other.
/// The bytes are borrowed until the next [#wrap]. Reading never writes; the `set…` methods
/// write in place, so they are for a packet that nobody else reads: a forwarder first copies
/// the header to the receiver's own buffer, as the payload is shared by all receivers.
public final class RtpPacket {
    /// The header without contributing sources and extension.
    public static final int FIXED_HEADER_BYTES = 12;

    /// Longest packet taken, in bytes: no datagram of ours leaves an Ethernet frame.
    public static final int MAX_PACKET_BYTES = 1_500;

    static final int VERSION_2 = 0x80;
    static final int HAS_PADDING = 0x20;
    static final int HAS_EXTENSION = 0x10;
    static final int CSRC_COUNT = 0x0F;
    static final int MARKER = 0x80;
    static final int PAYLOAD_TYPE = 0x7F;
    static final int SEQ_AT = 2;
    static final int TIMESTAMP_AT = 4;
    static final int SSRC_AT = 8;
    static final int EXTENSION_HEADER_BYTES = 4;

    private static final int VERSION_BITS = 0xC0;
    /// RTCP types 192 to 223 without their top bit, and what RFC 5761 §4 leaves free beside
    /// them.
    private static final int FIRST_RTCP = 64;

    private static final int LAST_RTCP = 95;

    private final HeaderExtensions extensions = new HeaderExtensions();
    private byte[] bytes = {};
    private int start;
    private int end;
    private int payloadAt;
    private int paddingBytes;
    private @Nullable RtpDrop refusal = RtpDrop.TOO_SHORT;

    /// Whether a datagram that is no STUN and no DTLS is RTCP: its second byte says so (RFC
    /// 5761).
    public static boolean isRtcp(byte[] datagram, int offset, int lengthBytes) {
        return lengthBytes >= 2 && isRtcpType(BigEndian.u8(datagram, offset + 1) & PAYLOAD_TYPE);
    }

    /// Looks at a whole array.
    ///
    /// @return false if this is no well-formed RTP packet; see [#refusal()]
    public boolean wrap(byte[] packet) {
        return wrap(packet, 0, packet.length);
    }

    /// Looks at `lengthBytes` bytes from `offset`, which lie within the array.
    ///
    /// @return false if this is no well-formed RTP packet; [#refusal()] then says why, and
    ///     no other method may be called
    public boolean wrap(byte[] packet, int offset, int lengthBytes) {
        bytes = packet;
        start = offset;
        end = offset + lengthBytes;
        refusal = findFault(lengthBytes);
        return refusal == null;
    }

    /// Looks at what [RtpWriter] has just written, without looking whether it is well formed.
    ///
    /// @param extensionAt where the elements begin; without any, where the payload does
    void take(byte[] packet, int offset, int lengthBytes, int payloadOffset, int extensionAt) {
        bytes = packet;
        start = offset;
        end = offset + lengthBytes;
        payloadAt = payloadOffset;
        paddingBytes = 0;
        refusal = null;
        extensions.clear();
        if (extensionAt < payloadOffset) {
            boolean isTwoByte =
                    BigEndian.u16(packet, extensionAt - EXTENSION_HEADER_BYTES)
                            == HeaderExtensions.TWO_BYTE_PROFILE;
            extensions.take(isTwoByte, packet, extensionAt, payloadOffset);
        }
        assert findFault(lengthBytes) == null && payloadAt == payloadOffset : refusal;
    }

    /// Why the last [#wrap] returned false; null if it returned true.
    public @Nullable RtpDrop refusal() {
        return refusal;
    }

    /// The borrowed bytes; the packet begins at [#offset()].
    public byte[] array() {
        return bytes;
    }

    /// Where the packet begins within [#array()].
    public int offset() {
        return start;
    }

    /// Header, payload and padding.
    public int lengthBytes() {
        return end - start;
    }

    /// Fixed header, contributing sources and extension: what SRTP leaves in clear.
    public int headerBytes() {
        return payloadAt - start;
    }

    /// Where the payload begins within [#array()].
    public int payloadOffset() {
        return payloadAt;
    }

    /// The payload without padding.
    public int payloadBytes() {
        return end - paddingBytes - payloadAt;
    }

    /// Padding at the end with its length byte, 0 if there is none.
    public int paddingBytes() {
        return paddingBytes;
    }

    /// Whether it carries padding and nothing else, as a probe for bandwidth does.
    public boolean isPaddingOnly() {
        return paddingBytes > 0 && payloadBytes() == 0;
    }

    /// The marker: for video the last packet of a picture.
    public boolean isMarker() {
        return (BigEndian.u8(bytes, start + 1) & MARKER) != 0;
    }

    /// 0 to 127.
    public int payloadType() {
        return BigEndian.u8(bytes, start + 1) & PAYLOAD_TYPE;
    }

    /// 0 to 65,535, see [SeqNo].
    public int seq() {
        return BigEndian.u16(bytes, start + SEQ_AT);
    }

    /// 0 to 2^32 - 1, see [RtpTimestamp].
    public long timestampTicks() {
        return BigEndian.u32(bytes, start + TIMESTAMP_AT);
    }

    /// The stream's number.
    public long ssrc() {
        return BigEndian.u32(bytes, start + SSRC_AT);
    }

    /// Contributing sources, 0 to 15.
    public int csrcCount() {
        return bytes[start] & CSRC_COUNT;
    }

    /// One of the contributing sources.
    public long csrc(int index) {
        assert index >= 0 && index < csrcCount() : index;
        return BigEndian.u32(bytes, start + FIXED_HEADER_BYTES + 4 * index);
    }

    /// The extensions; a view that is valid as long as this one.
    public HeaderExtensions extensions() {
        return extensions;
    }

    /// Writes the marker.
    public void setMarker(boolean isMarker) {
        BigEndian.put8(bytes, start + 1, (isMarker ? MARKER : 0) | payloadType());
    }

    /// Writes the payload type, 0 to 127.
    public void setPayloadType(int payloadType) {
        assert (payloadType & ~PAYLOAD_TYPE) == 0 : payloadType;
        BigEndian.put8(bytes, start + 1, (isMarker() ? MARKER : 0) | payloadType);
    }

    /// Writes the sequence number's low 16 bits.
    public void setSeq(int seq) {
        BigEndian.put16(bytes, start + SEQ_AT, seq);
    }

    /// Writes the timestamp's low 32 bits.
    public void setTimestampTicks(long ticks) {
        BigEndian.put32(bytes, start + TIMESTAMP_AT, ticks);
    }

    /// Writes the stream's number.
    public void setSsrc(long ssrc) {
        BigEndian.put32(bytes, start + SSRC_AT, ssrc);
    }

    private @Nullable RtpDrop findFault(int lengthBytes) {
        if (lengthBytes < FIXED_HEADER_BYTES) {
            return RtpDrop.TOO_SHORT;
        }
        if ((bytes[start] & VERSION_BITS) != VERSION_2) {
            return RtpDrop.BAD_VERSION;
        }
        if (isRtcpType(payloadType())) {
            return RtpDrop.RTCP;
        }
        if (lengthBytes > MAX_PACKET_BYTES) {
            return RtpDrop.TOO_LONG;
        }
        payloadAt = start + FIXED_HEADER_BYTES + 4 * csrcCount();
        if (payloadAt > end) {
            return RtpDrop.BAD_CSRC;
        }
        if (!takeExtensions()) {
            return RtpDrop.BAD_EXTENSION;
        }
        return takePadding() ? null : RtpDrop.BAD_PADDING;
    }

    private boolean takeExtensions() {
        extensions.clear();
        if ((bytes[start] & HAS_EXTENSION) == 0) {
            return true;
        }
        int from = payloadAt + EXTENSION_HEADER_BYTES;
        if (from > end) {
            return false;
        }
        int profile = BigEndian.u16(bytes, payloadAt);
        int to = from + 4 * BigEndian.u16(bytes, payloadAt + 2);
        payloadAt = to;
        return to <= end && extensions.wrap(profile, bytes, from, to);
    }

    private boolean takePadding() {
        paddingBytes = 0;
        if ((bytes[start] & HAS_PADDING) == 0) {
            return true;
        }
        paddingBytes = end > payloadAt ? BigEndian.u8(bytes, end - 1) : 0;
        return paddingBytes > 0 && payloadAt + paddingBytes <= end;
    }

    private static boolean isRtcpType(int payloadType) {
        return payloadType >= FIRST_RTCP && payloadType <= LAST_RTCP;
    }
}
