// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import java.util.Arrays;

/// What one receiver was sent under which number, so that it can have it again exactly as it
/// was: the packet's bytes are in the producer's [RtpHistory], what the receiver's rewriters
/// made of its numbers is here.
///
/// Owner: the consumer. Nothing is allocated after the constructor.
public final class RetransmitResponder {
    /// Nothing is known of the number, it was sent again too short a time ago, or too much was.
    public static final int NONE = -1;

    /// For a hundred packets sent, so many are sent again: who only says that all is lost gets
    /// little for it. Repeats are lost and asked for again like all else: with 15, ten percent
    /// of loss in each direction left gaps in sound.
    public static final int PERCENT_AGAIN = 50;

    private static final long NEVER = Long.MIN_VALUE;

    /// Of a slot: its packet's numbers, its timestamp and picture, its mask, when it was resent.
    /// Side by side, for a packet sent touches all of them, and of every receiver others.
    private static final int WORDS = 4;

    private static final int TICKS_AT = 1;
    private static final int MASK_AT = 2;
    private static final int RESENT_AT = 3;

    /// Within the first word, above the number that went out.
    private static final int IN_SEQ_SHIFT = 16;

    private static final int ENCODING_SHIFT = 32;
    private static final int TL0_SHIFT = 40;
    private static final int MARKER_SHIFT = 48;
    private static final int PICTURE_SHIFT = 32;
    private static final int SEQ_MASK = 0xFFFF;
    private static final int BYTE_MASK = 0xFF;
    private static final int WHOLE = 100;
    private static final long TICKS_MASK = 0xFFFF_FFFFL;

    private final long[] words;
    private final int slotMask;

    /// How many may be sent again now, in hundredths: what was saved up, at most all that is
    /// remembered, so that a gap of any length that can be filled is filled at once.
    private int credit;

    /// Remembers nothing yet.
    ///
    /// @param slotCount how many packets at most, a power of two
    public RetransmitResponder(int slotCount) {
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException("slots: " + slotCount);
        }
        words = new long[WORDS * slotCount];
        slotMask = slotCount - 1;
        credit = WHOLE * slotCount;
        Arrays.fill(words, NONE);
    }

    /// A packet went out; its numbers follow with the other methods.
    ///
    /// @return the slot that [#describe] wants
    public int onSent(int outSeq, int encodingIndex, int inSeq) {
        int slot = outSeq & slotMask;
        long inSeqBits = (long) (inSeq & SEQ_MASK) << IN_SEQ_SHIFT;
        long encodingBits = (long) (encodingIndex & BYTE_MASK) << ENCODING_SHIFT;
        words[WORDS * slot] = encodingBits | inSeqBits | (outSeq & SEQ_MASK);
        words[WORDS * slot + RESENT_AT] = NEVER;
        credit = Math.min(credit + PERCENT_AGAIN, WHOLE * (slotMask + 1));
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
        int at = WORDS * slot;
        long markerBit = isMarker ? 1L << MARKER_SHIFT : 0;
        words[at] |= markerBit | (long) (tl0PicIdx & BYTE_MASK) << TL0_SHIFT;
        words[at + TICKS_AT] = (long) pictureId << PICTURE_SHIFT | (outTicks & TICKS_MASK);
        words[at + MASK_AT] = targetMask;
    }

    /// The receiver asks for a number again.
    ///
    /// @param roundTripNanos within which it is not sent a second time: the first may be on its
    ///     way still
    /// @return the slot that tells about it, or [#NONE]
    public int onAsked(int outSeq, long nowNanos, long roundTripNanos) {
        int slot = outSeq & slotMask;
        int at = WORDS * slot;
        if (words[at] == NONE || (words[at] & SEQ_MASK) != outSeq) {
            return NONE;
        }
        long resentNanos = words[at + RESENT_AT];
        boolean isOnItsWay = resentNanos != NEVER && nowNanos - resentNanos < roundTripNanos;
        if (isOnItsWay || credit < WHOLE) {
            return NONE;
        }
        credit -= WHOLE;
        words[at + RESENT_AT] = nowNanos;
        return slot;
    }

    /// Which encoding's history has it.
    public int encodingIndex(int slot) {
        return (int) (words[WORDS * slot] >>> ENCODING_SHIFT) & BYTE_MASK;
    }

    /// Its number there.
    public int inSeq(int slot) {
        return (int) (words[WORDS * slot] >>> IN_SEQ_SHIFT) & SEQ_MASK;
    }

    /// Its timestamp as it went out.
    public long outTicks(int slot) {
        return words[WORDS * slot + TICKS_AT] & TICKS_MASK;
    }

    /// Its marker as it went out.
    public boolean isMarker(int slot) {
        return (words[WORDS * slot] >>> MARKER_SHIFT & 1) != 0;
    }

    /// Its PictureID as it went out.
    public int pictureId(int slot) {
        return (int) (words[WORDS * slot + TICKS_AT] >> PICTURE_SHIFT);
    }

    /// Its TL0PICIDX as it went out.
    public int tl0PicIdx(int slot) {
        return (int) (words[WORDS * slot] >>> TL0_SHIFT) & BYTE_MASK;
    }

    /// Its mask of decode targets as it went out, 0 if unchanged.
    public long targetMask(int slot) {
        return words[WORDS * slot + MASK_AT];
    }
}
