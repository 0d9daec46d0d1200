// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import java.util.Arrays;
import noom.rtc.wire.BigEndian;

/// Writes one RTP packet into the caller's buffer, with the extensions that its receiver
/// wants.
///
/// Owner: whoever created it; [#begin] starts the next packet. What is given is borrowed
/// until [#writeTo] returns, and nothing is allocated. Extensions take the one-byte form of
/// RFC 8285 unless one of them does not fit it.
public final class RtpWriter {
    /// The buffer is too small, or the packet longer than [RtpPacket#MAX_PACKET_BYTES].
    public static final int NO_ROOM = -1;

    /// Most extensions in one packet.
    public static final int MAX_EXTENSIONS = 16;

    private static final byte[] NOTHING = {};
    private static final byte[] ZEROS = new byte[HeaderExtensions.MAX_VALUE_BYTES];

    private final long[] csrcs = new long[RtpPacket.CSRC_COUNT];
    private final int[] ids = new int[MAX_EXTENSIONS];
    private final byte[][] sources = new byte[MAX_EXTENSIONS][];
    private final int[] sourceOffsets = new int[MAX_EXTENSIONS];
    private final int[] valueBytes = new int[MAX_EXTENSIONS];
    private int csrcCount;
    private int extensionCount;
    private int extensionBytes;
    private boolean isTwoByte;

    private int payloadType;
    private boolean isMarker;
    private int seq;
    private long timestampTicks;
    private long ssrc;
    private byte[] payload = NOTHING;
    private int payloadOffset;
    private int payloadBytes;
    private int paddingBytes;

    /// Begins a packet without extensions, payload and padding.
    public RtpWriter begin(
            int payloadType, boolean isMarker, int seq, long timestampTicks, long ssrc) {
        this.payloadType = payloadType;
        this.isMarker = isMarker;
        this.seq = seq;
        this.timestampTicks = timestampTicks;
        this.ssrc = ssrc;
        csrcCount = 0;
        extensionCount = 0;
        extensionBytes = 0;
        isTwoByte = false;
        paddingBytes = 0;
        return payload(NOTHING, 0, 0);
    }

    /// Begins with fixed header, contributing sources and payload of another packet, without
    /// its extensions and padding.
    public RtpWriter begin(RtpPacket source) {
        begin(
                source.payloadType(),
                source.isMarker(),
                source.seq(),
                source.timestampTicks(),
                source.ssrc());
        for (int i = 0; i < source.csrcCount(); i++) {
            csrcs[csrcCount++] = source.csrc(i);
        }
        return payload(source.array(), source.payloadOffset(), source.payloadBytes());
    }

    /// Adds an extension.
    ///
    /// @param id 1 to 255, not 15
    /// @param lengthBytes 0 to 255
    /// @throws IllegalArgumentException outside these, and past [#MAX_EXTENSIONS]
    public RtpWriter extension(int id, byte[] source, int offset, int lengthBytes) {
        return add(id, source, offset, lengthBytes);
    }

    /// Adds an extension of zeros, to be written over when the packet leaves.
    ///
    /// @throws IllegalArgumentException as for the other
    public RtpWriter extension(int id, int lengthBytes) {
        return add(id, ZEROS, 0, lengthBytes);
    }

    /// Adds every extension that both peers know, under the receiver's number, but for those
    /// that are there already. What is past [#MAX_EXTENSIONS] is left out.
    public RtpWriter extensions(HeaderExtensions source, ExtensionIds from, ExtensionIds to) {
        for (int at = source.first(); at != HeaderExtensions.ABSENT; at = source.next(at)) {
            int id = from.translate(source.idAt(at), to);
            if (id != ExtensionIds.NONE && !has(id) && extensionCount < MAX_EXTENSIONS) {
                add(id, source.array(), at, source.lengthAt(at));
            }
        }
        return this;
    }

    /// The payload, instead of what was there.
    public RtpWriter payload(byte[] source, int offset, int lengthBytes) {
        payload = source;
        payloadOffset = offset;
        payloadBytes = lengthBytes;
        return this;
    }

    /// Padding at the end, with its length byte.
    ///
    /// @param lengthBytes 0 for none, to 255
    public RtpWriter padding(int lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > 255) {
            throw new IllegalArgumentException("padding of " + lengthBytes);
        }
        paddingBytes = lengthBytes;
        return this;
    }

    /// Size of fixed header, contributing sources and extensions as they stand.
    public int headerBytes() {
        int fixed = RtpPacket.FIXED_HEADER_BYTES + 4 * csrcCount;
        return extensionCount == 0
                ? fixed
                : fixed + RtpPacket.EXTENSION_HEADER_BYTES + extensionWords() * 4;
    }

    /// Writes the packet from `offset`.
    ///
    /// @return its size, or [#NO_ROOM] with nothing written
    public int writeTo(byte[] out, int offset) {
        int total = headerBytes() + payloadBytes + paddingBytes;
        if (total > RtpPacket.MAX_PACKET_BYTES || total > out.length - offset) {
            return NO_ROOM;
        }
        // The payload first: it may lie in the same array, behind the header that is written next.
        int payloadAt = offset + total - payloadBytes - paddingBytes;
        System.arraycopy(payload, payloadOffset, out, payloadAt, payloadBytes);
        writeFixed(out, offset);
        writeExtensions(out, offset + RtpPacket.FIXED_HEADER_BYTES + 4 * csrcCount);
        if (paddingBytes > 0) {
            int paddingAt = payloadAt + payloadBytes;
            Arrays.fill(out, paddingAt, paddingAt + paddingBytes, (byte) 0);
            BigEndian.put8(out, paddingAt + paddingBytes - 1, paddingBytes);
        }
        return total;
    }

    /// Writes the packet from `offset`, without padding, for `view` to look at.
    ///
    /// @return false, with nothing written, if there is no room
    public boolean writeTo(byte[] out, int offset, RtpPacket view) {
        if (paddingBytes > 0) {
            throw new IllegalStateException("a packet with padding is to be looked at anew");
        }
        int total = writeTo(out, offset);
        if (total == NO_ROOM) {
            return false;
        }
        int payloadAt = offset + total - payloadBytes;
        int extensionAt = extensionCount == 0 ? payloadAt : payloadAt - 4 * extensionWords();
        view.take(out, offset, total, payloadAt, extensionAt);
        return true;
    }

    private void writeFixed(byte[] out, int offset) {
        int first = RtpPacket.VERSION_2 | csrcCount;
        first |= paddingBytes > 0 ? RtpPacket.HAS_PADDING : 0;
        first |= extensionCount > 0 ? RtpPacket.HAS_EXTENSION : 0;
        BigEndian.put8(out, offset, first);
        BigEndian.put8(
                out,
                offset + 1,
                (isMarker ? RtpPacket.MARKER : 0) | (payloadType & RtpPacket.PAYLOAD_TYPE));
        BigEndian.put16(out, offset + RtpPacket.SEQ_AT, seq);
        BigEndian.put32(out, offset + RtpPacket.TIMESTAMP_AT, timestampTicks);
        BigEndian.put32(out, offset + RtpPacket.SSRC_AT, ssrc);
        for (int i = 0; i < csrcCount; i++) {
            BigEndian.put32(out, offset + RtpPacket.FIXED_HEADER_BYTES + 4 * i, csrcs[i]);
        }
    }

    private void writeExtensions(byte[] out, int offset) {
        if (extensionCount == 0) {
            return;
        }
        int words = extensionWords();
        BigEndian.put16(
                out,
                offset,
                isTwoByte ? HeaderExtensions.TWO_BYTE_PROFILE : HeaderExtensions.ONE_BYTE_PROFILE);
        BigEndian.put16(out, offset + 2, words);
        int at = offset + RtpPacket.EXTENSION_HEADER_BYTES;
        int end = at + words * 4;
        for (int i = 0; i < extensionCount; i++) {
            at = writeElement(i, out, at);
        }
        Arrays.fill(out, at, end, (byte) 0);
    }

    private int writeElement(int i, byte[] out, int offset) {
        int at = offset;
        if (isTwoByte) {
            BigEndian.put8(out, at++, ids[i]);
            BigEndian.put8(out, at++, valueBytes[i]);
        } else {
            BigEndian.put8(out, at++, ids[i] << 4 | valueBytes[i] - 1);
        }
        System.arraycopy(sources[i], sourceOffsets[i], out, at, valueBytes[i]);
        return at + valueBytes[i];
    }

    private RtpWriter add(int id, byte[] source, int offset, int lengthBytes) {
        boolean fits = lengthBytes >= 0 && lengthBytes <= HeaderExtensions.MAX_VALUE_BYTES;
        boolean isId = id >= 1 && id <= HeaderExtensions.MAX_ID && id != 15;
        if (!fits || !isId || extensionCount == MAX_EXTENSIONS) {
            throw new IllegalArgumentException("extension " + id + " of " + lengthBytes + " bytes");
        }
        ids[extensionCount] = id;
        sources[extensionCount] = source;
        sourceOffsets[extensionCount] = offset;
        valueBytes[extensionCount++] = lengthBytes;
        extensionBytes += lengthBytes;
        isTwoByte |=
                id > HeaderExtensions.MAX_ONE_BYTE_ID
                        || lengthBytes == 0
                        || lengthBytes > HeaderExtensions.MAX_ONE_BYTE_VALUE_BYTES;
        return this;
    }

    private boolean has(int id) {
        for (int i = 0; i < extensionCount; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }

    private int extensionWords() {
        return (extensionCount * (isTwoByte ? 2 : 1) + extensionBytes + 3) / 4;
    }
}
