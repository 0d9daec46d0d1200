// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import noom.rtc.wire.BigEndian;

/// A reusable view over the payload of one AV1 packet: aggregation header and the sizes of
/// its OBU elements (RTP Payload Format for AV1 1.0, §4.3 to §4.5).
///
/// ```
/// |Z|Y| W |N|- - -|   Z: goes on from the packet before, Y: goes on in the next,
///                     W: number of elements, 0 if each has a size, N: begins a coded sequence
/// ```
///
/// Owner: whoever created it. The bytes are looked at by [#wrap] only.
public final class Av1Payload {
    static final int OBU_SEQUENCE_HEADER = 1;

    private static final int CONTINUES = 0x80;
    private static final int CONTINUED = 0x40;
    private static final int NEW_SEQUENCE = 0x08;
    private static final int OBU_TYPE = 0x0F;
    /// Longest size read: four groups of seven bits are far beyond any packet.
    private static final int MAX_LEB128_BYTES = 4;

    private static final int MALFORMED = -1;

    private int header;
    private int elementCount;
    private int seenTypes;
    private int at;

    /// Looks at a payload.
    ///
    /// @return false if an element reaches past the end, or there is none; then no other
    ///     method may be called
    public boolean wrap(byte[] payload, int offset, int lengthBytes) {
        elementCount = 0;
        seenTypes = 0;
        if (lengthBytes < 2) {
            return false;
        }
        header = BigEndian.u8(payload, offset);
        if (isContinuation() && isNewSequence()) {
            return false; // a sequence begins with a whole temporal unit (§4.4)
        }
        int told = header >>> 4 & 0x03;
        int end = offset + lengthBytes;
        at = offset + 1;
        while (at < end) {
            boolean isLastTold = told > 0 && elementCount == told - 1;
            int bytes = isLastTold ? end - at : size(payload, end);
            if (bytes <= 0 || bytes > end - at) {
                return false;
            }
            takeElement(payload[at]);
            at += bytes;
        }
        return told == 0 || elementCount == told;
    }

    /// Z: the first element is the rest of one that began before.
    public boolean isContinuation() {
        return (header & CONTINUES) != 0;
    }

    /// Y: the last element goes on in the next packet.
    public boolean isContinued() {
        return (header & CONTINUED) != 0;
    }

    /// N: the first packet of a coded video sequence.
    public boolean isNewSequence() {
        return (header & NEW_SEQUENCE) != 0;
    }

    /// OBU elements, 1 or more.
    public int elementCount() {
        return elementCount;
    }

    /// Whether a decoder can begin here: N, or a sequence header that came without it.
    public boolean isKeyFrameStart() {
        return isNewSequence() || (seenTypes >>> OBU_SEQUENCE_HEADER & 1) != 0;
    }

    private void takeElement(byte obuHeader) {
        if (elementCount > 0 || !isContinuation()) {
            seenTypes |= 1 << (obuHeader >>> 3 & OBU_TYPE);
        }
        elementCount++;
    }

    /// Reads a size in groups of seven bits, low group first; moves past it.
    private int size(byte[] bytes, int end) {
        int value = 0;
        for (int i = 0; i < MAX_LEB128_BYTES && at < end; i++) {
            int group = bytes[at++];
            value |= (group & 0x7F) << (7 * i);
            if ((group & 0x80) == 0) {
                return value;
            }
        }
        return MALFORMED;
    }
}
