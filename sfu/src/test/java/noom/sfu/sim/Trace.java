// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

/// Everything that happened, as a number; the last of it also in words.
final class Trace {
    private static final int KEPT = 60;
    private static final long FNV_OFFSET = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;

    private final long[] times = new long[KEPT];
    private final int[] froms = new int[KEPT];
    private final int[] tos = new int[KEPT];
    private final int[] lengths = new int[KEPT];
    private final String[] kinds = new String[KEPT];
    private long hash = FNV_OFFSET;
    private int count;

    /// Something happened between two ports; the server's is 0.
    void add(long nowNanos, int from, int to, int lengthBytes, String kind) {
        mix(nowNanos);
        mix(((long) from << 32) | (to & 0xFFFF_FFFFL));
        mix(((long) lengthBytes << 32) | (kind.hashCode() & 0xFFFF_FFFFL));
        int at = count++ % KEPT;
        times[at] = nowNanos;
        froms[at] = from;
        tos[at] = to;
        lengths[at] = lengthBytes;
        kinds[at] = kind;
    }

    private void mix(long value) {
        hash = (hash ^ value) * FNV_PRIME;
        hash ^= hash >>> 29;
    }

    long hash() {
        return hash;
    }

    int count() {
        return count;
    }

    /// The last lines.
    String tail() {
        var lines = new StringBuilder();
        for (int i = Math.max(0, count - KEPT); i < count; i++) {
            int at = i % KEPT;
            lines.append(String.format("%12.6f s  ", times[at] / 1e9))
                    .append(froms[at] == 0 ? "server" : froms[at])
                    .append(" > ")
                    .append(tos[at] == 0 ? "server" : tos[at])
                    .append("  ")
                    .append(lengths[at])
                    .append("  ")
                    .append(kinds[at])
                    .append('\n');
        }
        return lines.toString();
    }
}
