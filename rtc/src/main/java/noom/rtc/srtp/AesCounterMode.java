// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import noom.rtc.wire.BigEndian;

/// AES in counter mode as SRTP has it (RFC 3711 §4.1.1): a key stream for each SSRC and index.
///
/// Written on top of the bare block cipher, because that is keyed once: the platform's own counter
/// mode wants a new parameter object and a new start for each packet.
final class AesCounterMode implements AutoCloseable {
    static final int SALT_BYTES = 14;

    private static final String ALGORITHM = "AES";
    private static final int BLOCK_BYTES = 16;
    private static final int CHUNK_BYTES = 512;

    private final WipeableKey key;
    private final Cipher blocks;
    private final byte[] counters = new byte[CHUNK_BYTES];
    private final byte[] keyStream = new byte[CHUNK_BYTES];
    private long ivHigh;
    private long ivLow;

    AesCounterMode(WipeableKey key) {
        this.key = key;
        try {
            blocks = Cipher.getInstance(ALGORITHM + "/ECB/NoPadding");
            blocks.init(Cipher.ENCRYPT_MODE, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    /// Goes to the first byte of the key stream of a packet:
    /// `IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16)`.
    ///
    /// @param salt [#SALT_BYTES] bytes
    /// @param index 0 to 2^48 - 1
    void start(byte[] salt, int ssrc, long index) {
        ivHigh = BigEndian.u64(salt, 0) ^ Integer.toUnsignedLong(ssrc);
        long saltLow = BigEndian.u32(salt, 8) << 16;
        ivLow = ((saltLow | BigEndian.u16(salt, 12)) ^ index) << 16;
    }

    /// Encrypts or decrypts, once after each [#start]. `in` and `out` are the same place or apart.
    ///
    /// @param lengthBytes at most 1 MB, which is when the 16 bits of the block number end
    void apply(byte[] in, int inOffset, byte[] out, int outOffset, int lengthBytes) {
        for (int done = 0; done < lengthBytes; done += CHUNK_BYTES) {
            int chunkBytes = Math.min(CHUNK_BYTES, lengthBytes - done);
            fillKeyStream(done / BLOCK_BYTES, chunkBytes);
            int from = inOffset + done;
            int to = outOffset + done;
            for (int i = 0; i < chunkBytes; i++) {
                out[to + i] = (byte) (in[from + i] ^ keyStream[i]);
            }
        }
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(keyStream, (byte) 0);
        try {
            blocks.init(Cipher.ENCRYPT_MODE, WipeableKey.ofZeros(ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of zeros is a key", e);
        }
    }

    private void fillKeyStream(int firstBlock, int chunkBytes) {
        int wholeBytes = (chunkBytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        for (int at = 0; at < wholeBytes; at += BLOCK_BYTES) {
            BigEndian.put64(counters, at, ivHigh);
            BigEndian.put64(counters, at + 8, ivLow | (firstBlock + at / BLOCK_BYTES));
        }
        try {
            blocks.update(counters, 0, wholeBytes, keyStream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("whole blocks need no more room than they have", e);
        }
    }
}
