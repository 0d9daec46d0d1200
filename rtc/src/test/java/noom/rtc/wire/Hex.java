// SPDX-License-Identifier: Apache-2.0
package noom.rtc.wire;

import java.util.HexFormat;

/// Bytes written as hexadecimal text; blanks and what follows `#` in a line are left out.
public final class Hex {
    private Hex() {}

    /// The bytes of a text.
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
    }

    /// The text of some bytes, without blanks.
    public static String text(byte[] bytes, int offset, int lengthBytes) {
        return HexFormat.of().formatHex(bytes, offset, offset + lengthBytes);
    }
}
