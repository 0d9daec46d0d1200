// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import noom.rtc.wire.BigEndian;

/// A reusable view over the payload descriptor of one VP9 packet (RFC 9628 §4.2).
///
/// ```
/// |I|P|L|F|B|E|V|Z|   always
/// |M| PictureID   |   if I; two bytes if M
/// | TID |U| SID |D|   if L
/// |   TL0PICIDX   |   if L and not F
/// |  P_DIFF     |N|   if F and P; up to three
/// | scalability   |   if V
/// ```
///
/// Owner: whoever created it. The bytes are borrowed until the next [#wrap].
public final class Vp9Descriptor {
    /// The descriptor does not carry this number.
    public static final int ABSENT = -1;

    private static final int HAS_PICTURE_ID = 0x80;
    private static final int INTER_PICTURE = 0x40;
    private static final int HAS_LAYERS = 0x20;
    private static final int FLEXIBLE = 0x10;
    private static final int BEGINNING = 0x08;
    private static final int END = 0x04;
    private static final int HAS_STRUCTURE = 0x02;
    private static final int NOT_FOR_UPPER = 0x01;
    private static final int MAX_REFERENCES = 3;

    private byte[] bytes = {};
    private int start;
    private int end;
    private int at;
    private int pictureIdAt;
    private int layersAt;
    private int tl0At;
    private int structureAt;

    /// Looks at a payload.
    ///
    /// @return false if it ends within the descriptor or right after it, or names more than
    ///     three references; then no other method may be called
    public boolean wrap(byte[] payload, int offset, int lengthBytes) {
        bytes = payload;
        start = offset;
        end = offset + lengthBytes;
        at = offset + 1;
        pictureIdAt = ABSENT;
        layersAt = ABSENT;
        tl0At = ABSENT;
        structureAt = ABSENT;
        if (lengthBytes < 1) {
            return false;
        }
        findNumbers();
        return skipReferences() && skipStructure() && at < end;
    }

    private void findNumbers() {
        if (has(HAS_PICTURE_ID)) {
            pictureIdAt = at;
            at += PictureId.sizeBytes(bytes, at, end);
        }
        if (has(HAS_LAYERS)) {
            layersAt = at++;
            if (!has(FLEXIBLE)) {
                tl0At = at++;
            }
        }
    }

    private boolean skipReferences() {
        if (!has(FLEXIBLE) || !has(INTER_PICTURE)) {
            return true;
        }
        for (int i = 0; i < MAX_REFERENCES && at < end; i++) {
            if ((bytes[at++] & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    /// N_S, Y, G; then a size per spatial layer if Y, and the pictures of a group if G
    /// (§4.2.1).
    private boolean skipStructure() {
        if (!has(HAS_STRUCTURE)) {
            return true;
        }
        if (at >= end) {
            return false;
        }
        structureAt = at;
        int head = BigEndian.u8(bytes, at++);
        if ((head & 0x10) != 0) {
            at += 4 * ((head >>> 5) + 1);
        }
        if ((head & 0x08) == 0) {
            return true;
        }
        if (at >= end) {
            return false;
        }
        int pictures = BigEndian.u8(bytes, at++);
        for (int i = 0; i < pictures && at < end; i++) {
            at += 1 + (bytes[at] >>> 2 & 0x03);
        }
        return at < end;
    }

    /// Size of the descriptor.
    public int descriptorBytes() {
        return at - start;
    }

    /// The picture's number of 7 or 15 bits, or [#ABSENT].
    public int pictureId() {
        return pictureIdAt == ABSENT ? ABSENT : PictureId.read(bytes, pictureIdAt);
    }

    /// Whether the picture's number has 15 bits.
    public boolean isLongPictureId() {
        return pictureIdAt != ABSENT && PictureId.isLong(bytes, pictureIdAt);
    }

    /// Temporal layer, 0 to 7, or [#ABSENT].
    public int temporalId() {
        return layersAt == ABSENT ? ABSENT : BigEndian.u8(bytes, layersAt) >>> 5;
    }

    /// Spatial layer, 0 to 7, or [#ABSENT].
    public int spatialId() {
        return layersAt == ABSENT ? ABSENT : BigEndian.u8(bytes, layersAt) >>> 1 & 0x07;
    }

    /// U: a receiver may step up to this temporal layer here.
    public boolean isSwitchingUpPoint() {
        return layersAt != ABSENT && (bytes[layersAt] & 0x10) != 0;
    }

    /// D: it depends on the spatial layer below of the same picture.
    public boolean isInterLayerDependent() {
        return layersAt != ABSENT && (bytes[layersAt] & 0x01) != 0;
    }

    /// Running number of the base layer's picture, 8 bits, or [#ABSENT].
    public int tl0PicIdx() {
        return tl0At == ABSENT ? ABSENT : BigEndian.u8(bytes, tl0At);
    }

    /// P: it depends on pictures before.
    public boolean isInterPicture() {
        return has(INTER_PICTURE);
    }

    /// B: a layer's frame begins with this packet.
    public boolean isFrameStart() {
        return has(BEGINNING);
    }

    /// E: a layer's frame ends with this packet.
    public boolean isFrameEnd() {
        return has(END);
    }

    /// Z: no upper spatial layer depends on it.
    public boolean isNotReferencedByUpper() {
        return has(NOT_FOR_UPPER);
    }

    /// Spatial layers of the stream if this packet says so, or [#ABSENT].
    public int spatialLayerCount() {
        return structureAt == ABSENT ? ABSENT : (BigEndian.u8(bytes, structureAt) >>> 5) + 1;
    }

    /// Width of a spatial layer if this packet says so, or [#ABSENT].
    public int widthPixels(int spatialId) {
        return dimension(spatialId, 0);
    }

    /// Height of a spatial layer if this packet says so, or [#ABSENT].
    public int heightPixels(int spatialId) {
        return dimension(spatialId, 2);
    }

    /// Whether a key picture begins with this packet: the lowest layer, out of nothing.
    public boolean isKeyFrameStart() {
        return has(BEGINNING) && !has(INTER_PICTURE) && spatialId() <= 0;
    }

    private int dimension(int spatialId, int within) {
        boolean isTold =
                spatialId >= 0
                        && spatialId < spatialLayerCount()
                        && (bytes[structureAt] & 0x10) != 0;
        return isTold ? BigEndian.u16(bytes, structureAt + 1 + 4 * spatialId + within) : ABSENT;
    }

    private boolean has(int flag) {
        return (bytes[start] & flag) != 0;
    }
}
