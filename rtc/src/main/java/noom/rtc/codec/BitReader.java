// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

/// Reads numbers of any width, high bit first. Past the end it reads zeros and says so once
/// asked, so that a parser checks at the end of a section only.
final class BitReader {
    private byte[] bytes = {};
    private int at;
    private int end;

    void wrap(byte[] source, int offset, int lengthBytes) {
        bytes = source;
        at = offset * 8;
        end = at + lengthBytes * 8;
    }

    /// @param bits 0 to 31
    int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, at++) {
            int bit = at < end ? bytes[at >> 3] >>> (7 - (at & 7)) & 1 : 0;
            value = value << 1 | bit;
        }
        return value;
    }

    boolean readFlag() {
        return read(1) == 1;
    }

    /// A number below `bound`, in as few bits as it takes: `ns(n)` of the AV1 specification.
    int readBelow(int bound) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int shorter = (1 << bits) - bound;
        int value = read(bits - 1);
        return value < shorter ? value : (value << 1) - shorter + read(1);
    }

    boolean hasOverrun() {
        return at > end;
    }

    /// Bits from the beginning of the array.
    int position() {
        return at;
    }
}
