// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

/// Dependency descriptors made bit by bit after appendix A.8 of the AV1 RTP specification.
final class Descriptors {
    /// The structure of L1T3 as in the tables of A.10: three decode targets (T0, T0+T1,
    /// all), five templates, one chain.
    static final String L1T3 =
            """
            000000             # template id offset
            00010              # three decode targets
            00 01 01 00 11     # next layer: T0 again, T1, T2, T2 again, no more
            10 10 10           # SSS: key frame
            10 10 10           # SSS: T0
            00 01 10           # -DS: T1
            00 00 01           # --D: T2
            00 00 01           # --D: T2
            0                  # refers to nothing
            1 0011 0           # refers to 4 frames back
            1 0001 0           # 2 back
            1 0000 0           # 1 back
            1 0000 0           # 1 back
            01                 # one chain: ns(4)
            0000 0100 0010 0001 0011
            0                  # no resolutions
            """;

    /// Two spatial layers, no temporal ones, with sizes: two targets, two chains.
    static final String L2T1 =
            """
            000101             # template id offset 5
            00001              # two decode targets
            10 11              # next layer: S1, no more
            10 11              # SR
            00 10              # -S
            0                  # S0 refers to nothing
            1 0000 1 0001 0    # S1 refers to 1 and 2 back
            11                 # two chains: ns(3) = 2
            0 1                # each target by its own: ns(2)
            0000 0000          # chain diffs of S0
            0001 0010          # chain diffs of S1
            1                  # resolutions
            0000000100111111 0000000010110011  # 320 x 180
            0000001001111111 0000000101100111  # 640 x 360
            """;

    private Descriptors() {}

    /// Start and end of frame, template id, frame number.
    static String mandatory(boolean isStart, boolean isEnd, int templateId, int frameNumber) {
        return (isStart ? "1" : "0")
                + (isEnd ? "1" : "0")
                + number(templateId, 6)
                + number(frameNumber, 16);
    }

    /// A number in so many bits.
    static String number(int value, int bits) {
        var text = new StringBuilder();
        for (int i = bits - 1; i >= 0; i--) {
            text.append(value >>> i & 1);
        }
        return text.toString();
    }

    /// The bytes of a text of bits, filled up with zeros.
    static byte[] bytes(String text) {
        var bits = text.replaceAll("#.*", "").replaceAll("\\s", "");
        var bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            if (bits.charAt(i) == '1') {
                bytes[i / 8] |= (byte) (0x80 >>> i % 8);
            }
        }
        return bytes;
    }
}
