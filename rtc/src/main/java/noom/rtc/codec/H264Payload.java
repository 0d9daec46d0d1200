// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import noom.rtc.wire.BigEndian;

/// A reusable view over the payload of one H.264 packet (RFC 6184 §5.2): one NAL unit,
/// several in a STAP-A, or a part of one in a FU-A. The other forms belong to the
/// interleaved mode, which no browser speaks, and are refused.
///
/// Owner: whoever created it. The bytes are looked at by [#wrap] only.
public final class H264Payload {
    static final int NAL_IDR = 5;
    static final int NAL_SPS = 7;
    static final int NAL_PPS = 8;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private static final int TYPE = 0x1F;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FORBIDDEN = 0x80;
    private static final int LENGTH_BYTES = 2;

    private int seenTypes;
    private boolean isStart;
    private boolean isEnd;

    /// Looks at a payload.
    ///
    /// @return false if it is malformed or of another form; then no other method may be
    ///     called
    public boolean wrap(byte[] payload, int offset, int lengthBytes) {
        seenTypes = 0;
        isStart = true;
        isEnd = true;
        if (lengthBytes < 1 || (payload[offset] & FORBIDDEN) != 0) {
            return false;
        }
        int type = payload[offset] & TYPE;
        int end = offset + lengthBytes;
        return switch (type) {
            case STAP_A -> takeAggregate(payload, offset + 1, end);
            case FU_A -> takeFragment(payload, offset + 1, end);
            default -> take(type);
        };
    }

    /// Whether a NAL unit of this type (begins) here.
    public boolean has(int nalType) {
        return nalType >= 0 && nalType <= TYPE && (seenTypes >>> nalType & 1) != 0;
    }

    /// Whether a decoder can begin here: a parameter set, or the first part of an IDR
    /// picture.
    public boolean isKeyFrameStart() {
        return has(NAL_IDR) || has(NAL_SPS);
    }

    /// Whether NAL units begin here, false within a fragmented one.
    public boolean isNalStart() {
        return isStart;
    }

    /// Whether NAL units end here.
    public boolean isNalEnd() {
        return isEnd;
    }

    private boolean takeAggregate(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (at + LENGTH_BYTES > end) {
                return false;
            }
            int nalBytes = BigEndian.u16(bytes, at);
            at += LENGTH_BYTES;
            if (nalBytes == 0 || at + nalBytes > end || !take(bytes[at] & TYPE)) {
                return false;
            }
            at += nalBytes;
        }
        return at > from;
    }

    private boolean takeFragment(byte[] bytes, int at, int end) {
        if (at >= end) {
            return false;
        }
        isStart = (bytes[at] & FU_START) != 0;
        isEnd = (bytes[at] & FU_END) != 0;
        int type = bytes[at] & TYPE;
        if (isStart && isEnd) {
            return false; // what fits one packet is not fragmented (§5.8)
        }
        return isStart ? take(type) : isSingle(type);
    }

    private boolean take(int type) {
        seenTypes |= 1 << type;
        return isSingle(type);
    }

    private static boolean isSingle(int type) {
        return type >= 1 && type < STAP_A;
    }
}
