// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

/// Dependency descriptors of a stream with two spatial layers, made bit by bit (AV1 RTP
/// specification, A.8). A picture is a frame of S0 and one of S1; full SVC, two chains.
public final class Dependencies {
    private static final String STRUCTURE =
            """
            000000             # template id offset
            00001              # two decode targets
            00 10 00 11        # S0, S0 again, S1, S1 again, no more
            10 10              # S0 of a key picture: SS
            10 11              # S0: SR
            00 10              # S1 of a key picture: -S
            00 11              # S1: -R
            0                  # refers to nothing
            1 0001 0           # 2 frames back
            1 0000 0           # 1 back
            1 0000 1 0001 0    # 1 and 2 back
            11                 # two chains: ns(3) = 2
            0 1                # each target by its own
            0000 0000
            0010 0001
            0001 0001
            0001 0001
            0                  # no resolutions
            """;

    private Dependencies() {}

    /// The descriptor of one frame in one packet; the structure comes with S0 of a key picture.
    public static byte[] of(int frame, int spatial, boolean isKey) {
        return of(frame, spatial, isKey, true, true);
    }

    /// The same for a frame of several packets.
    public static byte[] of(int frame, int spatial, boolean isKey, boolean isStart, boolean isEnd) {
        int template = spatial * 2 + (isKey ? 0 : 1);
        var head =
                (isStart ? "1" : "0") + (isEnd ? "1" : "0") + bits(template, 6) + bits(frame, 16);
        boolean hasStructure = isKey && spatial == 0 && isStart;
        return bytes(hasStructure ? head + "10000" + STRUCTURE : head);
    }

    private static String bits(int value, int count) {
        var text = new StringBuilder();
        for (int i = count - 1; i >= 0; i--) {
            text.append(value >>> i & 1);
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
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
