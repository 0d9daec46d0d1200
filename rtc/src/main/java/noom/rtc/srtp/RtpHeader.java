// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// The parts of the headers of RTP and RTCP that SRTP needs (RFC 3550 §5.1, §5.3.1, §6.4.1).
final class RtpHeader {
    /// What RTCP leaves in the clear: the first header and the SSRC of its sender.
    static final int RTCP_BYTES = 8;

    static final int FIXED_BYTES = 12;

    private static final int VERSION = 2;
    private static final int CSRC_COUNT = 0x0F;
    private static final int EXTENSION = 0x10;
    private static final int EXTENSION_HEADER_BYTES = 4;
    private static final int SEQ_AT = 2;
    private static final int RTP_SSRC_AT = 8;
    private static final int RTCP_SSRC_AT = 4;

    private RtpHeader() {}

    /// Null if `lengthBytes` bytes from `at` begin with a whole RTP header.
    static @Nullable SrtpDrop findFaultInRtp(byte[] packet, int at, int lengthBytes) {
        if (lengthBytes < FIXED_BYTES) {
            return SrtpDrop.TOO_SHORT;
        }
        if ((packet[at] & 0xFF) >>> 6 != VERSION) {
            return SrtpDrop.BAD_VERSION;
        }
        int fixedBytes = fixedAndCsrcBytes(packet[at]);
        boolean hasExtension = (packet[at] & EXTENSION) != 0;
        int leastBytes = hasExtension ? fixedBytes + EXTENSION_HEADER_BYTES : fixedBytes;
        return lengthBytes < leastBytes || lengthBytes < rtpBytes(packet, at)
                ? SrtpDrop.BAD_HEADER
                : null;
    }

    /// Null if `lengthBytes` bytes from `at` begin like RTCP.
    static @Nullable SrtpDrop findFaultInRtcp(byte[] packet, int at, int lengthBytes) {
        if (lengthBytes < RTCP_BYTES) {
            return SrtpDrop.TOO_SHORT;
        }
        return (packet[at] & 0xFF) >>> 6 == VERSION ? null : SrtpDrop.BAD_VERSION;
    }

    /// Length of a whole RTP header with CSRCs and extension, which all stay in the clear.
    static int rtpBytes(byte[] packet, int at) {
        int bytes = fixedAndCsrcBytes(packet[at]);
        if ((packet[at] & EXTENSION) == 0) {
            return bytes;
        }
        return bytes + EXTENSION_HEADER_BYTES + 4 * BigEndian.u16(packet, at + bytes + 2);
    }

    static int seq(byte[] packet, int at) {
        return BigEndian.u16(packet, at + SEQ_AT);
    }

    static int rtpSsrc(byte[] packet, int at) {
        return (int) BigEndian.u32(packet, at + RTP_SSRC_AT);
    }

    static int rtcpSsrc(byte[] packet, int at) {
        return (int) BigEndian.u32(packet, at + RTCP_SSRC_AT);
    }

    private static int fixedAndCsrcBytes(byte first) {
        return FIXED_BYTES + 4 * (first & CSRC_COUNT);
    }
}
