// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.util.Arrays;

/// What one receiver was sent under which number, so that it can have it again exactly as it
/// was: the packet's bytes are in the producer's [RtpHistory], what the receiver's rewriters
/// made of its numbers is here.
///
/// Owner: the consumer. Nothing is allocated after the constructor.
public final class RetransmitResponder {
    /// Nothing is known of the number, or it was sent again too short a time ago.
    public static final int NONE = -1;

    private static final long NEVER = Long.MIN_VALUE;

    private final int[] outSeqs;
    private final int[] inSeqs;
    private final byte[] encodings;
    private final boolean[] markers;
    private final long[] ticks;
    private final int[] pictureIds;
    private final int[] tl0PicIdxs;
    private final long[] targetMasks;
    private final long[] resentNanos;

    /// Remembers nothing yet.
    ///
    /// @param slotCount how many packets at most, a power of two
    public RetransmitResponder(int slotCount) {
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException("slots: " + slotCount);
        }
        outSeqs = new int[slotCount];
        inSeqs = new int[slotCount];
        encodings = new byte[slotCount];
        markers = new boolean[slotCount];
        ticks = new long[slotCount];
        pictureIds = new int[slotCount];
        tl0PicIdxs = new int[slotCount];
        targetMasks = new long[slotCount];
        resentNanos = new long[slotCount];
        Arrays.fill(outSeqs, NONE);
    }

    /// A packet went out; its numbers follow with the other methods.
    ///
    /// @return the slot that [#describe] wants
    public int onSent(int outSeq, int encodingIndex, int inSeq) {
        int slot = outSeq & (outSeqs.length - 1);
        outSeqs[slot] = outSeq;
        inSeqs[slot] = inSeq;
        encodings[slot] = (byte) encodingIndex;
        resentNanos[slot] = NEVER;
        return slot;
    }

    /// With which numbers it went out.
    ///
    /// @param targetMask decode targets in its dependency descriptor, 0 if that went unchanged
    public void describe(
            int slot,
            long outTicks,
            boolean isMarker,
            int pictureId,
            int tl0PicIdx,
            long targetMask) {
        ticks[slot] = outTicks;
        markers[slot] = isMarker;
        pictureIds[slot] = pictureId;
        tl0PicIdxs[slot] = tl0PicIdx;
        targetMasks[slot] = targetMask;
    }

    /// The receiver asks for a number again.
    ///
    /// @param roundTripNanos within which it is not sent a second time: the first may be on its
    ///     way still
    /// @return the slot that tells about it, or [#NONE]
    public int onAsked(int outSeq, long nowNanos, long roundTripNanos) {
        int slot = outSeq & (outSeqs.length - 1);
        if (outSeqs[slot] != outSeq) {
            return NONE;
        }
        if (resentNanos[slot] != NEVER && nowNanos - resentNanos[slot] < roundTripNanos) {
            return NONE;
        }
        resentNanos[slot] = nowNanos;
        return slot;
    }

    /// Which encoding's history has it.
    public int encodingIndex(int slot) {
        return encodings[slot];
    }

    /// Its number there.
    public int inSeq(int slot) {
        return inSeqs[slot];
    }

    /// Its timestamp as it went out.
    public long outTicks(int slot) {
        return ticks[slot];
    }

    /// Its marker as it went out.
    public boolean isMarker(int slot) {
        return markers[slot];
    }

    /// Its PictureID as it went out.
    public int pictureId(int slot) {
        return pictureIds[slot];
    }

    /// Its TL0PICIDX as it went out.
    public int tl0PicIdx(int slot) {
        return tl0PicIdxs[slot];
    }

    /// Its mask of decode targets as it went out, 0 if unchanged.
    public long targetMask(int slot) {
        return targetMasks[slot];
    }
}
