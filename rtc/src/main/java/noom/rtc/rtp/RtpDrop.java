// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

/// Why a datagram is no RTP packet that anyone here will touch.
public enum RtpDrop {
    /// Fewer than the 12 bytes of a fixed header.
    TOO_SHORT,
    /// More than [RtpPacket#MAX_PACKET_BYTES].
    TOO_LONG,
    /// Not version 2 (RFC 3550 §5.1): STUN, DTLS or noise.
    BAD_VERSION,
    /// The second byte says RTCP (RFC 5761 §4).
    RTCP,
    /// The contributing sources reach past the end.
    BAD_CSRC,
    /// The header extension, or an element of it, reaches past its end (RFC 8285).
    BAD_EXTENSION,
    /// The padding is said to be empty or longer than the payload.
    BAD_PADDING
}
