// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

/// Why a [PeerTransport] did nothing with a datagram that came, or sent nothing.
public enum DropReason {
    /// It came after the end.
    CLOSED,
    /// Longer than [PeerTransport#MAX_DATAGRAM_BYTES].
    TOO_LONG,
    /// No protocol begins so, see [Demux].
    UNKNOWN_PROTOCOL,
    /// A STUN message that ICE met with silence, see [noom.rtc.ice.IceDrop].
    STUN_REFUSED,
    /// Not STUN, and no valid check has come from there.
    UNKNOWN_PATH,
    /// DTLS before signalling has told whom to expect, and more than is kept.
    DTLS_TOO_EARLY,
    /// DTLS that is not well-formed, or more than the handshake can take.
    DTLS_REFUSED,
    /// Media without keys: before the handshake is done, or after its end.
    NO_KEYS,
    /// Media or control past the [IntakeLimit].
    TOO_MUCH,
    /// SRTP or SRTCP that is forged, damaged, too old or there already, see
    /// [noom.rtc.srtp.SrtpDrop].
    SRTP_REFUSED,
    /// Authentic, and yet no packet, see [noom.rtc.rtp.RtpDrop].
    RTP_MALFORMED,
    /// Authentic, and yet no control packets, see [noom.rtc.rtcp.RtcpDrop].
    RTCP_MALFORMED,

    /// Not sent: no valid check has come, or none for too long.
    UNSENT_NO_PATH,
    /// Not sent: the handshake is not done.
    UNSENT_NO_KEYS,
    /// Not sent: no packet, or one that was sent before, see [noom.rtc.srtp.SrtpDrop].
    UNSENT_REFUSED
}
