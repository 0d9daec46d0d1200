// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// Whose AES-GCM seals packets. Both give the same bytes.
enum AesGcm {
    /// The Java platform's.
    PLATFORM {
        @Override
        String describe() {
            return "the Java platform";
        }

        @Override
        PacketSeal seal(byte[] key, byte[] salt, boolean isRtcp) {
            return isRtcp ? AeadGcmSeal.ofRtcp(key, salt) : AeadGcmSeal.ofRtp(key, salt);
        }
    },

    /// That of a library which not every machine has.
    IPSEC_MB {
        @Override
        String describe() {
            return IpsecMb.INSTALLED == null ? "nobody" : IpsecMb.INSTALLED.name();
        }

        @Override
        PacketSeal seal(byte[] key, byte[] salt, boolean isRtcp) {
            return new IpsecMbSeal(key, salt, isRtcp);
        }
    };

    /// The fastest that is here.
    static AesGcm best() {
        return IpsecMb.INSTALLED == null ? PLATFORM : IPSEC_MB;
    }

    abstract String describe();

    /// For one way of RTP, or of RTCP.
    ///
    /// @param key [SrtpProfile#KEY_BYTES] bytes; borrowed, as the salt
    abstract PacketSeal seal(byte[] key, byte[] salt, boolean isRtcp);
}
