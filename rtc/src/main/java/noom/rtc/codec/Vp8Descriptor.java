// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import noom.rtc.wire.BigEndian;

/// A reusable view over the payload descriptor of one VP8 packet (RFC 7741 §4.2).
///
/// ```
/// |X|R|N|S|R| PID |   always
/// |I|L|T|K|  RSV  |   if X
/// |M| PictureID   |   if I; two bytes if M
/// |   TL0PICIDX   |   if L
/// |TID|Y| KEYIDX  |   if T or K
/// ```
///
/// Owner: whoever created it. The bytes are borrowed until the next [#wrap]. `set…` writes
/// in place, [#writeTo] into another buffer, for a payload that others read too.
public final class Vp8Descriptor {
    /// The descriptor does not carry this number.
    public static final int ABSENT = -1;

    /// Longest descriptor that [#writeTo] makes.
    public static final int MAX_DESCRIPTOR_BYTES = 6;

    private static final int EXTENDED = 0x80;
    private static final int NOT_REFERENCED = 0x20;
    private static final int START = 0x10;
    private static final int PARTITION = 0x07;
    private static final int HAS_PICTURE_ID = 0x80;
    private static final int HAS_TL0 = 0x40;
    private static final int HAS_TID = 0x20;
    private static final int HAS_KEY_INDEX = 0x10;
    private static final int SYNC = 0x20;
    /// First bit of the payload header: 0 for a key frame (§4.3).
    private static final int INTER_FRAME = 0x01;

    private byte[] bytes = {};
    private int start;
    private int pictureIdAt;
    private int tl0At;
    private int tidAt;
    private int bodyAt;
    private boolean isKeyFrameStart;

    /// Looks at a payload.
    ///
    /// @return false if it ends within the descriptor or right after it; then no other
    ///     method may be called
    public boolean wrap(byte[] payload, int offset, int lengthBytes) {
        int end = offset + lengthBytes;
        bytes = payload;
        start = offset;
        pictureIdAt = ABSENT;
        tl0At = ABSENT;
        tidAt = ABSENT;
        bodyAt = offset + 1;
        if (lengthBytes < 2 || !findExtensions(end) || bodyAt >= end) {
            return false;
        }
        isKeyFrameStart = isFrameStart() && (bytes[bodyAt] & INTER_FRAME) == 0;
        return true;
    }

    private boolean findExtensions(int end) {
        if ((bytes[start] & EXTENDED) == 0) {
            return true;
        }
        int flags = bytes[start + 1];
        int at = start + 2;
        if ((flags & HAS_PICTURE_ID) != 0) {
            pictureIdAt = at;
            at += PictureId.sizeBytes(bytes, at, end);
        }
        if ((flags & HAS_TL0) != 0) {
            tl0At = at++;
        }
        if ((flags & (HAS_TID | HAS_KEY_INDEX)) != 0) {
            tidAt = at++;
        }
        bodyAt = at;
        return at <= end;
    }

    /// Size of the descriptor; the payload header follows.
    public int descriptorBytes() {
        return bodyAt - start;
    }

    /// Whether a picture begins with this packet.
    public boolean isFrameStart() {
        return (bytes[start] & START) != 0 && (bytes[start] & PARTITION) == 0;
    }

    /// Whether a key frame begins with this packet.
    public boolean isKeyFrameStart() {
        return isKeyFrameStart;
    }

    /// Whether no other picture refers to this one.
    public boolean isNotReferenced() {
        return (bytes[start] & NOT_REFERENCED) != 0;
    }

    /// The picture's number of 7 or 15 bits, or [#ABSENT].
    public int pictureId() {
        return pictureIdAt == ABSENT ? ABSENT : PictureId.read(bytes, pictureIdAt);
    }

    /// Whether the picture's number has 15 bits.
    public boolean isLongPictureId() {
        return pictureIdAt != ABSENT && PictureId.isLong(bytes, pictureIdAt);
    }

    /// Running number of the base layer's picture, 8 bits, or [#ABSENT].
    public int tl0PicIdx() {
        return tl0At == ABSENT ? ABSENT : BigEndian.u8(bytes, tl0At);
    }

    /// Temporal layer, 0 to 3, or [#ABSENT].
    public int temporalId() {
        return hasTemporalId() ? BigEndian.u8(bytes, tidAt) >>> 6 : ABSENT;
    }

    /// Whether it depends on the base layer only, so that a receiver may step up here.
    public boolean isLayerSync() {
        return hasTemporalId() && (bytes[tidAt] & SYNC) != 0;
    }

    /// Writes the picture's number in place, as many bits as there are.
    ///
    /// @return false if there is none
    public boolean setPictureId(int pictureId) {
        if (pictureIdAt == ABSENT) {
            return false;
        }
        if (isLongPictureId()) {
            PictureId.writeLong(bytes, pictureIdAt, pictureId);
        } else {
            PictureId.writeShort(bytes, pictureIdAt, pictureId);
        }
        return true;
    }

    /// Writes the running number of the base layer in place.
    ///
    /// @return false if there is none
    public boolean setTl0PicIdx(int tl0PicIdx) {
        if (tl0At == ABSENT) {
            return false;
        }
        BigEndian.put8(bytes, tl0At, tl0PicIdx);
        return true;
    }

    /// Writes this descriptor with other numbers where it has them. A picture id always
    /// takes 15 bits, so that streams of both widths can follow each other.
    ///
    /// @param out room for [#MAX_DESCRIPTOR_BYTES]
    /// @return the size written
    public int writeTo(byte[] out, int offset, int pictureId, int tl0PicIdx) {
        int at = offset;
        out[at++] = bytes[start];
        if ((bytes[start] & EXTENDED) != 0) {
            out[at++] = bytes[start + 1];
        }
        if (pictureIdAt != ABSENT) {
            PictureId.writeLong(out, at, pictureId);
            at += 2;
        }
        if (tl0At != ABSENT) {
            BigEndian.put8(out, at++, tl0PicIdx);
        }
        if (tidAt != ABSENT) {
            out[at++] = bytes[tidAt];
        }
        return at - offset;
    }

    private boolean hasTemporalId() {
        return tidAt != ABSENT && (bytes[start + 1] & HAS_TID) != 0;
    }
}
