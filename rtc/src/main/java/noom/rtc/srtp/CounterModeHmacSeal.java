// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import noom.rtc.wire.BigEndian;

/// AES128_CM_HMAC_SHA1_80 (RFC 3711 §4.1.1, §4.2.1): encrypt, then authenticate with 80 bits.
///
/// Owner: that of its context. Keyed once, and started for a packet without a new object.
final class CounterModeHmacSeal implements PacketSeal {
    static final int TAG_BYTES = 10;

    private static final String HMAC = "HmacSHA1";
    private static final int HMAC_BYTES = 20;

    private final AesCounterMode aes;
    private final WipeableKey authenticationKey;
    private final Mac mac;
    private final byte[] salt;
    private final byte[] word = new byte[SrtcpWord.BYTES];
    private final byte[] hash = new byte[HMAC_BYTES];

    CounterModeHmacSeal(byte[] key, byte[] salt, byte[] authenticationKey) {
        this.aes = new AesCounterMode(new WipeableKey(key, 0, key.length, "AES"));
        this.salt = salt.clone();
        this.authenticationKey =
                new WipeableKey(authenticationKey, 0, authenticationKey.length, HMAC);
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(this.authenticationKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    @Override
    public void seal(Passage passage) {
        applyKeyStream(passage);
        hash(passage.out, passage.outOffset, passage);
        System.arraycopy(hash, 0, passage.out, passage.outOffset + passage.tagAt, TAG_BYTES);
    }

    @Override
    public boolean open(Passage passage) {
        hash(passage.in, passage.inOffset, passage);
        int tagAt = passage.inOffset + passage.tagAt;
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= hash[i] ^ passage.in[tagAt + i]; // in constant time
        }
        if (difference != 0) {
            return false;
        }
        applyKeyStream(passage);
        return true;
    }

    @Override
    public void close() {
        aes.close();
        authenticationKey.destroy();
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(hash, (byte) 0);
        try {
            mac.init(WipeableKey.ofZeros(HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of zeros is a key", e);
        }
    }

    private void applyKeyStream(Passage passage) {
        aes.start(salt, passage.ssrc, passage.index);
        aes.apply(
                passage.in,
                passage.inOffset + passage.clearBytes,
                passage.out,
                passage.outOffset + passage.clearBytes,
                passage.bodyBytes);
    }

    /// Over the packet as it is sent, and the word: ROC, or E bit and index (§4.2, §3.4).
    private void hash(byte[] bytes, int offset, Passage passage) {
        BigEndian.put32(word, 0, passage.word);
        mac.update(bytes, offset, passage.clearBytes + passage.bodyBytes);
        mac.update(word);
        try {
            mac.doFinal(hash, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the hash has room", e);
        }
    }
}
