// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.util.Objects;

/// One packet on its way through a [PacketSeal]. Reused for one packet after the other.
///
/// Input and output are the same place or apart. Both begin with `clearBytes` that are only
/// authenticated, then `bodyBytes` that are encrypted too.
final class Passage {
    byte[] in = {};
    int inOffset;
    byte[] out = {};
    int outOffset;

    int clearBytes;
    int bodyBytes;

    /// Where the tag stands, counted from the start of the sealed packet.
    int tagAt;

    int ssrc;

    /// The extended sequence number (48 bits) or the SRTCP index (31 bits).
    long index;

    /// What is authenticated beyond the bytes: rollover counter, or E bit and index.
    int word;

    /// A caller's mistake, unlike anything that a packet says.
    ///
    /// @throws IndexOutOfBoundsException if `lengthBytes` from `offset` reach past the end
    static void checkRoom(byte[] bytes, int offset, int lengthBytes) {
        Objects.checkFromIndexSize(offset, Math.max(0, lengthBytes), bytes.length);
    }

    Passage between(byte[] from, int fromOffset, byte[] into, int intoOffset) {
        in = from;
        inOffset = fromOffset;
        out = into;
        outOffset = intoOffset;
        return this;
    }

    /// Says how many of the plain packet's bytes stay readable.
    Passage split(int clear, int plainBytes, int tagPosition) {
        clearBytes = clear;
        bodyBytes = plainBytes - clear;
        tagAt = tagPosition;
        return this;
    }

    Passage number(int streamSsrc, long packetIndex, int authenticatedWord) {
        ssrc = streamSsrc;
        index = packetIndex;
        word = authenticatedWord;
        return this;
    }

    void copyClear() {
        System.arraycopy(in, inOffset, out, outOffset, clearBytes);
    }
}
