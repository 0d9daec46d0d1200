// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

/// Why [IceLite] met a datagram with silence.
public enum IceDrop {
    /// It is no STUN message.
    MALFORMED,
    /// It is no Binding request: a keep-alive, or an answer to nothing that was asked.
    NOT_BINDING_REQUEST,
    /// Its USERNAME does not begin with our username fragment.
    WRONG_USERNAME,
    /// Its MESSAGE-INTEGRITY is missing, or not made with our password.
    WRONG_PASSWORD,
    /// It has no FINGERPRINT, which ICE demands (RFC 8445 section 7.2.2).
    NO_FINGERPRINT
}
