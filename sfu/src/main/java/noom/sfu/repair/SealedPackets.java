// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

/// What one peer was sent last of streams without RTX, as it left: who lost it gets the very bytes
/// again. Sealed anew, with another number of the transport in its clear part, it would give
/// the key away (RFC 7714 §8.4: one nonce seals one packet).
///
/// Owner: the peer's transport. All of its streams share [#CAPACITY_BYTES]: of four voices that
/// is a second and more, of a hundred at once a tenth of one. Nothing is allocated after the
/// constructor.
public final class SealedPackets {
    /// How much is remembered, in bytes.
    public static final int CAPACITY_BYTES = 1 << 16;

    /// How many packets are remembered at most.
    public static final int SLOTS = 1 << 9;

    /// What [#find] returns for a packet that is not there any more.
    public static final int NONE = -1;

    private static final int SEQ_BITS = 16;
    private static final int SEQ_MASK = 0xFFFF;

    /// 2 to the 64th by the golden ratio: neighbours come far from each other.
    private static final long STREAM_SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final byte[] ring = new byte[CAPACITY_BYTES];
    private final long[] keys = new long[SLOTS];
    private final int[] lengths = new int[SLOTS];

    /// Where each begins, counted over all that was ever written.
    private final long[] starts = new long[SLOTS];

    private long written;

    /// A packet left.
    ///
    /// @param packet `lengthBytes` from `offset`; copied
    public void add(long ssrc, int seq, byte[] packet, int offset, int lengthBytes) {
        if (lengthBytes > CAPACITY_BYTES) {
            return;
        }
        int slot = slot(ssrc, seq);
        keys[slot] = key(ssrc, seq);
        lengths[slot] = lengthBytes;
        starts[slot] = written;
        int at = (int) (written % CAPACITY_BYTES);
        int first = Math.min(lengthBytes, CAPACITY_BYTES - at);
        System.arraycopy(packet, offset, ring, at, first);
        System.arraycopy(packet, offset + first, ring, 0, lengthBytes - first);
        written += lengthBytes;
    }

    /// Copies a packet out.
    ///
    /// @param into has room for all that was added, from 0
    /// @return its length in bytes, or [#NONE]
    public int find(long ssrc, int seq, byte[] into) {
        int slot = slot(ssrc, seq);
        int lengthBytes = lengths[slot];
        boolean isThere =
                lengthBytes > 0
                        && keys[slot] == key(ssrc, seq)
                        && written - starts[slot] <= CAPACITY_BYTES;
        if (!isThere) {
            return NONE;
        }
        int at = (int) (starts[slot] % CAPACITY_BYTES);
        int first = Math.min(lengthBytes, CAPACITY_BYTES - at);
        System.arraycopy(ring, at, into, 0, first);
        System.arraycopy(ring, 0, into, first, lengthBytes - first);
        return lengthBytes;
    }

    private static long key(long ssrc, int seq) {
        return ssrc << SEQ_BITS | (seq & SEQ_MASK);
    }

    /// Numbers of one stream lie side by side; streams begin at places of their own.
    private static int slot(long ssrc, int seq) {
        return (Long.hashCode(ssrc * STREAM_SPREAD) + seq) & (SLOTS - 1);
    }
}
