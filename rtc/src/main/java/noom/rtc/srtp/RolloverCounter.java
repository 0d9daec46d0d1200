// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// Makes 48-bit indices of 16-bit sequence numbers (RFC 3711 §3.3.1, appendix A).
///
/// The rollover counter is never sent: it is the one that brings the packet next to the highest
/// index so far. So less than 2^15 packets may be lost in a row; after more the estimate is
/// wrong, packets fail to authenticate or seem too old, and only new keys help.
final class RolloverCounter {
    /// The last index before the keys are used up (§9.2).
    static final long MAX_INDEX = (1L << 48) - 1;

    private static final int HALF = 1 << 15;
    private static final int CYCLE = 1 << 16;

    private RolloverCounter() {}

    /// The index of `seq`, 0 to [#MAX_INDEX] + 2^16.
    ///
    /// Nothing comes before rollover 0, so during it a number far ahead is far ahead, not behind.
    static long indexOf(int seq, long highestIndex) {
        long index = (highestIndex & -CYCLE) | seq;
        long ahead = index - highestIndex;
        if (ahead > HALF && index >= CYCLE) {
            return index - CYCLE;
        }
        return ahead < -HALF ? index + CYCLE : index;
    }

    /// The rollover counter of an index, 32 bits.
    static int counterOf(long index) {
        return (int) (index >>> 16);
    }
}
