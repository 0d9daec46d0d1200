// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.util.Arrays;

/// The two seals of one way: RTP and RTCP have session keys of their own.
record PacketSeals(PacketSeal rtp, PacketSeal rtcp) implements AutoCloseable {
    /// Labels of the session keys (RFC 3711 §4.3.1, §4.3.2).
    static final int LABEL_RTP = 0;

    static final int LABEL_RTCP = 3;
    static final int LABEL_AUTHENTICATION = 1;
    static final int LABEL_SALT = 2;

    /// Bytes of the key of HMAC-SHA1 (§5.2).
    static final int AUTHENTICATION_KEY_BYTES = 20;

    static PacketSeals derive(SrtpProfile profile, AesGcm gcm, KeyDerivation derivation) {
        return new PacketSeals(
                derive(profile, gcm, derivation, LABEL_RTP),
                derive(profile, gcm, derivation, LABEL_RTCP));
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    private static PacketSeal derive(
            SrtpProfile profile, AesGcm gcm, KeyDerivation from, int firstLabel) {
        byte[] key = from.derive(firstLabel, SrtpProfile.KEY_BYTES);
        byte[] salt = from.derive(firstLabel + LABEL_SALT, profile.saltBytes());
        byte[] authenticationKey = {};
        try {
            return switch (profile) {
                case AEAD_AES_128_GCM -> gcm.seal(key, salt, firstLabel == LABEL_RTCP);
                case AES128_CM_HMAC_SHA1_80 -> {
                    authenticationKey =
                            from.derive(
                                    firstLabel + LABEL_AUTHENTICATION, AUTHENTICATION_KEY_BYTES);
                    yield new CounterModeHmacSeal(key, salt, authenticationKey);
                }
            };
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(salt, (byte) 0);
            Arrays.fill(authenticationKey, (byte) 0);
        }
    }
}
