// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import noom.rtc.wire.BigEndian;

/// A picture's number as VP8 and VP9 write it (RFC 7741 §4.2, RFC 9628 §4.2): 7 bits in one
/// byte, or 15 in two if the first bit is set.
final class PictureId {
    private static final int LONG = 0x80;
    private static final int LONG_MASK = 0x7FFF;
    private static final int SHORT_MASK = 0x7F;

    private PictureId() {}

    /// How many bytes it takes; 1 past the end, where the caller finds that it is cut off.
    static int sizeBytes(byte[] bytes, int at, int end) {
        return at < end && isLong(bytes, at) ? 2 : 1;
    }

    static boolean isLong(byte[] bytes, int at) {
        return (bytes[at] & LONG) != 0;
    }

    static int read(byte[] bytes, int at) {
        return isLong(bytes, at) ? BigEndian.u16(bytes, at) & LONG_MASK : bytes[at] & SHORT_MASK;
    }

    static void writeLong(byte[] bytes, int at, int pictureId) {
        BigEndian.put16(bytes, at, LONG << 8 | (pictureId & LONG_MASK));
    }

    static void writeShort(byte[] bytes, int at, int pictureId) {
        BigEndian.put8(bytes, at, pictureId & SHORT_MASK);
    }
}
