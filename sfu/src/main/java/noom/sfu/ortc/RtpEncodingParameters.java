// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// One encoding of a track: a simulcast layer, or all there is.
///
/// @param rid empty if it is named by its SSRC
/// @param ssrc [#NO_SSRC] if it is named by its rid
/// @param rtxSsrc of its retransmissions, or [#NO_SSRC]
/// @param scalabilityMode as in `L3T3_KEY`; empty if not told
/// @param maxBitrateBps 0 if not told
/// @param isDtx whether silence is not sent
public record RtpEncodingParameters(
        String rid,
        long ssrc,
        long rtxSsrc,
        String scalabilityMode,
        long maxBitrateBps,
        boolean isDtx) {
    /// Not told.
    public static final long NO_SSRC = -1;

    /// Whether it has an SSRC from the start.
    public boolean hasSsrc() {
        return ssrc != NO_SSRC;
    }

    /// Whether its retransmissions have an SSRC from the start.
    public boolean hasRtxSsrc() {
        return rtxSsrc != NO_SSRC;
    }
}
