// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import org.jspecify.annotations.Nullable;

/// How packets are protected, as agreed upon by DTLS (RFC 5764 §4.1.2, RFC 7714 §14.2).
///
/// The order is our preference: with the JCA, AES-GCM costs half of what the other does.
public enum SrtpProfile {
    /// SRTP_AEAD_AES_128_GCM: one pass encrypts and authenticates.
    AEAD_AES_128_GCM(0x0007, 12, 16),

    /// SRTP_AES128_CM_HMAC_SHA1_80: what every browser has.
    AES128_CM_HMAC_SHA1_80(0x0001, 14, 10);

    /// The label under which DTLS exports the keying material (RFC 5764 §4.2).
    public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

    /// Most that SRTP adds to a packet, whatever the profile.
    public static final int MAX_RTP_OVERHEAD_BYTES = 16;

    /// Most that SRTCP adds to a packet, whatever the profile.
    public static final int MAX_RTCP_OVERHEAD_BYTES = 20;

    static final int KEY_BYTES = 16;

    private final int wireValue;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int wireValue, int saltBytes, int tagBytes) {
        this.wireValue = wireValue;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /// The profile of this number in the `use_srtp` extension; null if it is none of ours.
    public static @Nullable SrtpProfile ofWireValue(int wireValue) {
        for (var profile : values()) {
            if (profile.wireValue == wireValue) {
                return profile;
            }
        }
        return null;
    }

    /// The number in the `use_srtp` extension, 16 bits.
    public int wireValue() {
        return wireValue;
    }

    /// Bytes to ask the DTLS exporter for: two keys and two salts.
    public int exporterBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }

    /// What SRTP adds to a packet, in bytes: the tag.
    public int rtpOverheadBytes() {
        return tagBytes;
    }

    /// What SRTCP adds to a packet, in bytes: the tag and the word with E bit and index.
    public int rtcpOverheadBytes() {
        return tagBytes + SrtcpWord.BYTES;
    }

    int saltBytes() {
        return saltBytes;
    }

    /// Where the tag of an SRTCP packet of `plainBytes` stands, and its word: the word is last with
    /// GCM (RFC 7714 §9.2), the tag is last otherwise (RFC 3711 §3.4).
    int rtcpTagAt(int plainBytes) {
        return this == AEAD_AES_128_GCM ? plainBytes : plainBytes + SrtcpWord.BYTES;
    }

    int rtcpWordAt(int plainBytes) {
        return this == AEAD_AES_128_GCM ? plainBytes + tagBytes : plainBytes;
    }
}
