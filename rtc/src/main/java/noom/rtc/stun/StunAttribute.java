// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

/// The attribute types that this module knows (RFC 8489 §18.3, RFC 8445 §16.1).
///
/// Types are unsigned 16-bit numbers. Those below `0x8000` are comprehension-required: an agent
/// that does not know one must not act on the message.
public final class StunAttribute {
    /// The address in clear, for peers older than RFC 5389. Never written here.
    public static final int MAPPED_ADDRESS = 0x0001;

    /// Whose credentials protect the message; in ICE `answerer:offerer` (RFC 8445 §7.2.2).
    public static final int USERNAME = 0x0006;

    /// HMAC-SHA1 over what precedes it, 20 bytes.
    public static final int MESSAGE_INTEGRITY = 0x0008;

    /// Class, number and a sentence.
    public static final int ERROR_CODE = 0x0009;

    /// The types that were not understood, two bytes each.
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;

    /// Realm of a long-term credential.
    public static final int REALM = 0x0014;

    /// Nonce of a long-term credential.
    public static final int NONCE = 0x0015;

    /// HMAC-SHA256 over what precedes it, 16 to 32 bytes.
    public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;

    /// Algorithm of a long-term credential.
    public static final int PASSWORD_ALGORITHM = 0x001D;

    /// Hash that stands in for USERNAME.
    public static final int USERHASH = 0x001E;

    /// The address as seen by the answerer, hidden from meddling NATs by exclusive-or.
    public static final int XOR_MAPPED_ADDRESS = 0x0020;

    /// Priority of the candidate a check would make (ICE).
    public static final int PRIORITY = 0x0024;

    /// The controlling agent picks this pair (ICE).
    public static final int USE_CANDIDATE = 0x0025;

    /// How much the controlling agent wants this pair, 4 bytes: of several the highest wins
    /// (renomination, draft-thatcher-ice-renomination).
    public static final int NOMINATION = 0x0030;

    /// What wrote the message, as text.
    public static final int SOFTWARE = 0x8022;

    /// CRC-32 of all before it, xored with `0x5354554E`; always the last attribute.
    public static final int FINGERPRINT = 0x8028;

    /// The sender is the controlled agent, with its tie-breaker (ICE).
    public static final int ICE_CONTROLLED = 0x8029;

    /// The sender is the controlling agent, with its tie-breaker (ICE).
    public static final int ICE_CONTROLLING = 0x802A;

    /// [#NOMINATION] as Chromium numbered it before it had a number.
    public static final int GOOG_NOMINATION = 0xC001;

    private static final int FIRST_OPTIONAL = 0x8000;

    private StunAttribute() {}

    /// Whether an agent that does not know `type` must refuse the message (RFC 8489 §14).
    public static boolean isComprehensionRequired(int type) {
        return type < FIRST_OPTIONAL;
    }

    /// Whether `type` is comprehension-required and known here.
    static boolean isKnownRequired(int type) {
        return switch (type) {
            case MAPPED_ADDRESS,
                    USERNAME,
                    MESSAGE_INTEGRITY,
                    ERROR_CODE,
                    UNKNOWN_ATTRIBUTES,
                    REALM,
                    NONCE,
                    MESSAGE_INTEGRITY_SHA256,
                    PASSWORD_ALGORITHM,
                    USERHASH,
                    XOR_MAPPED_ADDRESS,
                    PRIORITY,
                    USE_CANDIDATE,
                    NOMINATION ->
                    true;
            default -> false;
        };
    }
}
