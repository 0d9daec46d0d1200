// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import noom.rtc.wire.BigEndian;

/// AEAD_AES_128_GCM (RFC 7714) by the platform: the tag is 16 bytes and follows the encrypted body.
///
/// Owner: that of its context. The platform allocates about 1 KB whenever a GCM cipher is started,
/// which it must be for each packet; no other way in Java alone was faster that we measured.
final class AeadGcmSeal implements PacketSeal {
    static final int TAG_BYTES = 16;

    private static final String ALGORITHM = "AES";
    private static final int TAG_BITS = 8 * TAG_BYTES;
    private static final int IV_BYTES = 12;

    private final WipeableKey key;
    private final boolean isRtcp;
    private final Cipher cipher;
    private final byte[] salt;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] word = new byte[SrtcpWord.BYTES];

    /// The platform writes what it decrypts before it knows whether the tag is right.
    private final byte[] opened = new byte[SrtpContext.MAX_PACKET_BYTES];

    private AeadGcmSeal(byte[] key, byte[] salt, boolean isRtcp) {
        this.key = new WipeableKey(key, 0, key.length, ALGORITHM);
        this.salt = salt.clone();
        this.isRtcp = isRtcp;
        try {
            cipher = Cipher.getInstance(ALGORITHM + "/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    /// For RTP: the header is authenticated (§8.2).
    static AeadGcmSeal ofRtp(byte[] key, byte[] salt) {
        return new AeadGcmSeal(key, salt, false);
    }

    /// For RTCP: header and word are authenticated (§9.2, §9.3).
    static AeadGcmSeal ofRtcp(byte[] key, byte[] salt) {
        return new AeadGcmSeal(key, salt, true);
    }

    @Override
    public void seal(Passage passage) {
        assert passage.tagAt == passage.clearBytes + passage.bodyBytes : "the tag ends the body";
        try {
            start(Cipher.ENCRYPT_MODE, passage);
            cipher.doFinal(
                    passage.in,
                    passage.inOffset + passage.clearBytes,
                    passage.bodyBytes,
                    passage.out,
                    passage.outOffset + passage.clearBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    @Override
    public boolean open(Passage passage) {
        try {
            start(Cipher.DECRYPT_MODE, passage);
            cipher.doFinal(
                    passage.in,
                    passage.inOffset + passage.clearBytes,
                    passage.bodyBytes + TAG_BYTES,
                    opened,
                    0);
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("only a wrong tag is refused", e);
        }
        System.arraycopy(
                opened, 0, passage.out, passage.outOffset + passage.clearBytes, passage.bodyBytes);
        return true;
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(opened, (byte) 0);
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    WipeableKey.ofZeros(ALGORITHM),
                    new GCMParameterSpec(TAG_BITS, iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of zeros is a key", e);
        }
    }

    /// `IV = (0x0000 | SSRC | index) XOR salt` with an index of 48 bits: ROC and SEQ for RTP
    /// (§8.1), 17 zero bits and the SRTCP index for RTCP (§9.1).
    static void putIv(byte[] salt, Passage passage, byte[] iv) {
        BigEndian.put32(iv, 0, (int) BigEndian.u32(salt, 0) ^ (passage.ssrc >>> 16));
        long low = ((long) passage.ssrc << 48) | passage.index;
        BigEndian.put64(iv, 4, BigEndian.u64(salt, 4) ^ low);
    }

    private void start(int mode, Passage passage) throws GeneralSecurityException {
        putIv(salt, passage, iv);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(passage.in, passage.inOffset, passage.clearBytes);
        if (isRtcp) {
            BigEndian.put32(word, 0, passage.word);
            cipher.updateAAD(word);
        }
    }
}
