// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.util.Arrays;

/// Makes session keys of a master key and a master salt (RFC 3711 §4.3, RFC 7714 §11).
///
/// The rate is zero, as DTLS has it: each key is derived once. The pseudo-random function is AES in
/// counter mode with the label in its initial counter; the 96-bit salt of GCM is a 112-bit one that
/// ends in 16 zero bits.
final class KeyDerivation implements AutoCloseable {
    private static final int LABEL_AT = 7;

    private final AesCounterMode aes;
    private final byte[] salt = new byte[AesCounterMode.SALT_BYTES];

    /// Takes the key and the salt out of a borrowed array.
    KeyDerivation(byte[] material, int keyAt, int saltAt, int saltBytes) {
        var key = new WipeableKey(material, keyAt, SrtpProfile.KEY_BYTES, "AES");
        aes = new AesCounterMode(key);
        System.arraycopy(material, saltAt, salt, 0, saltBytes);
    }

    /// `lengthBytes` bytes for this label, in an array of their own, which the caller wipes.
    byte[] derive(int label, int lengthBytes) {
        var keyId = salt.clone();
        keyId[LABEL_AT] ^= (byte) label;
        var derived = new byte[lengthBytes];
        aes.start(keyId, 0, 0);
        aes.apply(derived, 0, derived, 0, lengthBytes);
        Arrays.fill(keyId, (byte) 0);
        return derived;
    }

    @Override
    public void close() {
        aes.close();
        Arrays.fill(salt, (byte) 0);
    }
}
