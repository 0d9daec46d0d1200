// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import noom.rtc.wire.BigEndian;

/// Where a packet is written: past its limit nothing is written, and [#hasOverflown()] says
/// so.
final class RtcpOut {
    private byte[] bytes = {};
    private int packetAt;
    private int at;
    private int limit;
    private boolean hasOverflown;

    void begin(byte[] out, int from, int to) {
        bytes = out;
        at = from;
        limit = to;
    }

    int position() {
        return at;
    }

    boolean hasOverflown() {
        return hasOverflown;
    }

    void beginPacket(int count, int type) {
        packetAt = at;
        hasOverflown = false;
        u8(0x80 | count);
        u8(type);
        u16(0);
    }

    /// Writes the packet's length, or forgets the packet if it did not fit.
    boolean endPacket() {
        if (hasOverflown) {
            at = packetAt;
            return false;
        }
        assert (at - packetAt) % 4 == 0 : at - packetAt;
        BigEndian.put16(bytes, packetAt + 2, (at - packetAt) / 4 - 1);
        return true;
    }

    void u8(int value) {
        if (hasRoom(1)) {
            BigEndian.put8(bytes, at++, value);
        }
    }

    void u16(int value) {
        if (hasRoom(2)) {
            BigEndian.put16(bytes, at, value);
            at += 2;
        }
    }

    void u24(int value) {
        u8(value >>> 16);
        u16(value);
    }

    void u32(long value) {
        if (hasRoom(4)) {
            BigEndian.put32(bytes, at, value);
            at += 4;
        }
    }

    void u64(long value) {
        u32(value >>> 32);
        u32(value);
    }

    void raw(byte[] value) {
        if (hasRoom(value.length)) {
            System.arraycopy(value, 0, bytes, at, value.length);
            at += value.length;
        }
    }

    /// Zeros until the packet is a whole number of words.
    void padToWord() {
        while ((at - packetAt) % 4 != 0 && !hasOverflown) {
            u8(0);
        }
    }

    private boolean hasRoom(int count) {
        hasOverflown |= count > limit - at;
        return !hasOverflown;
    }
}
