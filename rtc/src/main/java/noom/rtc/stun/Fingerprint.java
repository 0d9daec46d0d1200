// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import java.util.zip.CRC32;

/// The value of the FINGERPRINT attribute (RFC 8489 §14.7).
final class Fingerprint {
    /// Bytes of the value.
    static final int VALUE_BYTES = 4;

    private static final int XOR_MASK = 0x5354554E; // "STUN"

    private Fingerprint() {}

    /// CRC-32 of the message up to the attribute, whose header length already counts it.
    static int of(byte[] bytes, int offset, int lengthBytes) {
        var crc = new CRC32();
        crc.update(bytes, offset, lengthBytes);
        return (int) crc.getValue() ^ XOR_MASK;
    }
}
