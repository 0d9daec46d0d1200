// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.nio.ByteBuffer;

/// Dependency descriptors of a stream with two spatial layers, made bit by bit (AV1 RTP
/// specification, A.8). A picture is a frame of S0 and one of S1; full SVC, two chains.
public final class Dependencies {
    private static final int MANDATORY_BYTES = 3;

    /// What follows the mandatory fields of a packet that begins a key picture.
    private static final byte[] STRUCTURE =
            bytes(
                    """
            10000              # a structure follows, and nothing else
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
            """);

    private Dependencies() {}

    /// The descriptor of one frame in one packet; the structure comes with S0 of a key picture.
    public static byte[] of(int frame, int spatial, boolean isKey) {
        return of(frame, spatial, isKey, true, true);
    }

    /// The same for a frame of several packets.
    public static byte[] of(int frame, int spatial, boolean isKey, boolean isStart, boolean isEnd) {
        int template = spatial * 2 + (isKey ? 0 : 1);
        int flags = (isStart ? 0x80 : 0) | (isEnd ? 0x40 : 0);
        boolean hasStructure = isKey && spatial == 0 && isStart;
        byte[] extended = hasStructure ? STRUCTURE : new byte[0];
        return ByteBuffer.allocate(MANDATORY_BYTES + extended.length)
                .put((byte) (flags | template))
                .putShort((short) frame)
                .put(extended)
                .array();
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
