// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

/// Why a handshake gave no keys.
public enum DtlsFailure {
    /// So many handshakes are running and waiting that no more are taken on.
    BUSY,
    /// It took longer than [DtlsLimits#handshakeLimit()].
    TIMED_OUT,
    /// The peer does not speak DTLS 1.2.
    WRONG_VERSION,
    /// The peer offers no SRTP profile of ours (RFC 5764 section 4.1.1).
    NO_SRTP_PROFILE,
    /// The peer does not bind its keys to the handshake (RFC 7627).
    NO_EXTENDED_MASTER_SECRET,
    /// The peer shows no certificate.
    NO_CERTIFICATE,
    /// The peer's certificate is not the one that signalling told of: somebody is in between.
    WRONG_FINGERPRINT,
    /// The peer gave up and said so.
    REFUSED_BY_PEER,
    /// The peer broke the rules of the handshake, or has nothing in common with us.
    BROKEN
}
