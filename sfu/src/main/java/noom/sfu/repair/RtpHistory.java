// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.time.Duration;
import java.util.Arrays;
import noom.rtc.rtp.RtpPacket;

/// The last packets of one stream of a producer, for retransmission to any of its receivers.
///
/// Owner: the producer's encoding. One of the two places that keep media bytes: each packet is
/// copied here once, however many receivers there are. Bounded in age, packets and bytes; the
/// bytes lie in one ring that begins small and doubles until it holds what is young enough, or
/// has reached its limit. Nothing is allocated otherwise.
public final class RtpHistory {
    /// How long a packet is kept.
    public static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    /// Most packets kept.
    public static final int MAX_PACKETS = 1_024;

    private static final int FIRST_BYTES = 16 * 1_024;
    private static final long FREE = -1;

    /// The ring is looked at by eighths: how young is what is about to be overwritten?
    private static final int PARTS = 8;

    private static final long NEVER = Long.MIN_VALUE;

    private final int maxBytes;
    private final long[] positions = new long[MAX_PACKETS];
    private final int[] seqs = new int[MAX_PACKETS];
    private final int[] lengths = new int[MAX_PACKETS];
    private final long[] storedNanos = new long[MAX_PACKETS];
    private byte[] ring;
    private long end;

    /// When each part was last written to, and the one that was last.
    private final long[] writtenNanos = new long[PARTS];

    private int openPart;

    /// An empty history.
    ///
    /// @param maxBytes a power of two, at least 2,048
    public RtpHistory(int maxBytes) {
        if (maxBytes < 2_048 || Integer.bitCount(maxBytes) != 1) {
            throw new IllegalArgumentException("ring of " + maxBytes);
        }
        this.maxBytes = maxBytes;
        ring = new byte[Math.min(FIRST_BYTES, maxBytes)];
        Arrays.fill(positions, FREE);
        Arrays.fill(writtenNanos, NEVER);
    }

    /// Keeps a copy of a packet. Again for the same number replaces it.
    public void store(RtpPacket packet, long nowNanos) {
        int length = packet.lengthBytes();
        long position = placeFor(length);
        if (ring.length < maxBytes && isYoung(position, length, nowNanos)) {
            grow(nowNanos);
            position = placeFor(length);
        }
        openPart = part(position + length - 1);
        Arrays.fill(writtenNanos, part(position), openPart + 1, nowNanos);
        System.arraycopy(packet.array(), packet.offset(), ring, at(position), length);
        int slot = slot(packet.seq());
        positions[slot] = position;
        seqs[slot] = packet.seq();
        lengths[slot] = length;
        storedNanos[slot] = nowNanos;
        end = position + length;
    }

    /// Finds a packet by its number.
    ///
    /// @param view is wrapped around the kept bytes, which must not be written and are
    ///     borrowed until the next [#store]
    /// @return false if it is not there, or too old
    public boolean find(int seq, long nowNanos, RtpPacket view) {
        int slot = slot(seq);
        boolean isThere =
                positions[slot] != FREE
                        && seqs[slot] == seq
                        && end - positions[slot] <= ring.length
                        && nowNanos - storedNanos[slot] <= MAX_AGE_NANOS;
        return isThere && view.wrap(ring, at(positions[slot]), lengths[slot]);
    }

    /// What it takes in memory at present, without the index.
    public int sizeBytes() {
        return ring.length;
    }

    /// A packet is not cut: what does not fit before the end of the ring begins it anew.
    private long placeFor(int length) {
        int rest = ring.length - at(end);
        return rest < length ? end + rest : end;
    }

    /// Whether a packet there would overwrite what is to be kept. The part that is open was looked
    /// at when it was begun.
    private boolean isYoung(long position, int length, long nowNanos) {
        for (int part = part(position); part <= part(position + length - 1); part++) {
            boolean isWritten = part != openPart && writtenNanos[part] != NEVER;
            if (isWritten && nowNanos - writtenNanos[part] <= MAX_AGE_NANOS) {
                return true;
            }
        }
        return false;
    }

    private void grow(long nowNanos) {
        byte[] old = ring;
        var larger = new byte[old.length * 2];
        int to = 0;
        for (int slot = 0; slot < MAX_PACKETS; slot++) {
            boolean isLive =
                    positions[slot] != FREE
                            && end - positions[slot] <= old.length
                            && nowNanos - storedNanos[slot] <= MAX_AGE_NANOS;
            if (isLive) {
                System.arraycopy(old, at(positions[slot]), larger, to, lengths[slot]);
                positions[slot] = to;
                to += lengths[slot];
            } else {
                positions[slot] = FREE;
            }
        }
        ring = larger;
        end = to;
        openPart = part(end);
        Arrays.fill(writtenNanos, NEVER);
        Arrays.fill(writtenNanos, 0, openPart + 1, nowNanos); // they are not in order any more
    }

    private int part(long position) {
        return at(position) / (ring.length / PARTS);
    }

    private int at(long position) {
        return (int) position & (ring.length - 1);
    }

    private static int slot(int seq) {
        return seq & (MAX_PACKETS - 1);
    }
}
