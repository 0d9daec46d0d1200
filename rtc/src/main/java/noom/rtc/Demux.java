// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import noom.rtc.rtp.RtpPacket;
import noom.rtc.wire.BigEndian;

/// What a datagram on the one port is, told by its first byte (RFC 7983 section 7), and RTCP from
/// RTP by its second (RFC 5761 section 4).
public enum Demux {
    /// A message of ICE.
    STUN,
    /// A record of the handshake.
    DTLS,
    /// Media, protected.
    RTP,
    /// Reports and feedback, protected.
    RTCP,
    /// Nothing that anyone here speaks.
    OTHER;

    private static final int LAST_STUN = 3;
    private static final int FIRST_DTLS = 20;
    private static final int LAST_DTLS = 63;
    private static final int FIRST_RTP = 128;
    private static final int LAST_RTP = 191;

    /// What the `lengthBytes` bytes from `offset` look like.
    public static Demux of(byte[] datagram, int offset, int lengthBytes) {
        if (lengthBytes == 0) {
            return OTHER;
        }
        int first = BigEndian.u8(datagram, offset);
        if (first <= LAST_STUN) {
            return STUN;
        }
        if (first >= FIRST_DTLS && first <= LAST_DTLS) {
            return DTLS;
        }
        if (first < FIRST_RTP || first > LAST_RTP) {
            return OTHER;
        }
        return RtpPacket.isRtcp(datagram, offset, lengthBytes) ? RTCP : RTP;
    }
}
