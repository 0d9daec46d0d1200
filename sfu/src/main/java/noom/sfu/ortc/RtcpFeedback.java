// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// A kind of RTCP feedback that a codec may be given (RFC 4585 §4.2).
///
/// @param type `nack`, `ccm`, `transport-cc`, …
/// @param parameter `pli`, `fir`; empty if there is none
public record RtcpFeedback(String type, String parameter) {
    /// Send again.
    public static final RtcpFeedback NACK = new RtcpFeedback("nack", "");

    /// Send a key frame, the picture is lost.
    public static final RtcpFeedback PLI = new RtcpFeedback("nack", "pli");

    /// Send a key frame.
    public static final RtcpFeedback FIR = new RtcpFeedback("ccm", "fir");

    /// The receiver's guess of the bandwidth.
    public static final RtcpFeedback REMB = new RtcpFeedback("goog-remb", "");

    /// When each packet arrived.
    public static final RtcpFeedback TRANSPORT_CC = new RtcpFeedback("transport-cc", "");
}
