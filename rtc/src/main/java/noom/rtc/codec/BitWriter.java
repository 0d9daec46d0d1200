// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import java.util.Arrays;

/// Writes numbers of any width, high bit first, over zeros. The caller has counted the bits.
final class BitWriter {
    private final byte[] bytes;
    private int at;

    BitWriter(byte[] out, int offset, int lengthBytes) {
        bytes = out;
        at = offset * 8;
        Arrays.fill(out, offset, offset + lengthBytes, (byte) 0);
    }

    /// @param bits how many of the low bits, none if 0 or less
    void write(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--, at++) {
            bytes[at >> 3] |= (byte) ((value >>> i & 1) << (7 - (at & 7)));
        }
    }
}
