// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// The 32 bits that SRTCP adds to a packet: whether it is encrypted, and its index (RFC 3711 §3.4).
final class SrtcpWord {
    static final int BYTES = 4;

    /// Highest index, 31 bits; after it the keys are used up (§9.2).
    static final long MAX_INDEX = 0x7FFF_FFFFL;

    private static final int ENCRYPTED = 0x8000_0000;

    private SrtcpWord() {}

    static int ofEncrypted(long index) {
        return ENCRYPTED | (int) index;
    }

    static boolean isEncrypted(int word) {
        return (word & ENCRYPTED) != 0;
    }

    static long index(int word) {
        return word & MAX_INDEX;
    }
}
