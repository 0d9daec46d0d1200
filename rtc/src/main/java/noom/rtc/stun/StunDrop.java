// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

/// Why a datagram was not taken for, or not answered as, a STUN message.
///
/// The first group are refusals of [StunMessage#wrap]: the bytes are no STUN message. The second
/// group are decisions of [StunResponder] about a well-formed one.
public enum StunDrop {
    /// Fewer than the 20 bytes of a header.
    TOO_SHORT,
    /// More than [StunMessage#MAX_MESSAGE_BYTES].
    TOO_LONG,
    /// The two top bits are not zero: DTLS, RTP or noise (RFC 7983 §7).
    NOT_STUN,
    /// No magic cookie: older than RFC 5389, or noise.
    BAD_COOKIE,
    /// The length field is no multiple of four, or does not match the datagram.
    BAD_LENGTH,
    /// An attribute reaches past the end.
    BAD_ATTRIBUTE,
    /// FINGERPRINT is wrong, has a wrong size, or is not the last attribute.
    BAD_FINGERPRINT,

    /// Well-formed, but a response, an indication or another method.
    NOT_BINDING_REQUEST,
    /// Carries credentials (USERNAME, USERHASH or an integrity), and nobody here knows them.
    CREDENTIALS_UNKNOWN,
    /// An unknown comprehension-required attribute, and the refusal would outgrow the request.
    UNKNOWN_ATTRIBUTE,
    /// This source has used up its answers.
    SOURCE_TOO_FAST,
    /// This node has used up its answers.
    NODE_TOO_FAST
}
