// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// Why a packet was not protected or not opened. Whatever the reason, nothing has changed: neither
/// a buffer nor what is remembered of the stream.
public enum SrtpDrop {
    /// Shorter than header, word and tag together.
    TOO_SHORT,
    /// The protected packet has more than [SrtpContext#MAX_PACKET_BYTES].
    TOO_LONG,
    /// The version is not 2: neither RTP nor RTCP.
    BAD_VERSION,
    /// CSRCs or header extension reach past the end.
    BAD_HEADER,
    /// Further behind the latest packet than the replay window remembers.
    TOO_OLD,
    /// This index was there before. A sender hears it too: the same index twice under one key
    /// would give the key stream away (RFC 3711 §9.1).
    REPLAYED,
    /// Forged, damaged, under another key, or after a gap that the rollover counter cannot bridge.
    AUTH_FAILED,
    /// As many SSRCs as are remembered are known already, and this is another one.
    TOO_MANY_SSRCS,
    /// The last index was used: 2^48 packets of RTP, 2^31 of RTCP (RFC 3711 §9.2).
    KEY_EXHAUSTED
}
