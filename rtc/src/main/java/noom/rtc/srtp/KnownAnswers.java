// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Whether a library that was found does what the platform does, before any packet is trusted to
/// it: the same bytes for all kinds of lengths, and nothing written beside the key.
final class KnownAnswers {
    /// Around the blocks of 16 bytes, and of 48 blocks, that AES-GCM is computed in.
    private static final int[] BODY_BYTES = {
        0, 1, 15, 16, 17, 31, 32, 33, 64, 100, 127, 128, 255, 256, 257, 767, 768, 769, 1_100, 1_500
    };

    private static final int[] ASSOCIATED_BYTES = {0, 8, 12, 13, 20, 32, 33, 84};
    private static final int BESIDE_BYTES = 4_096;
    private static final byte UNTOUCHED = 0x5A;

    private final IpsecMb library;
    private final RandomGenerator random = new SplittableRandom(1);
    private final byte[] keyBytes = bytes(SrtpProfile.KEY_BYTES);
    private final IpsecMb.Key key;

    private KnownAnswers(IpsecMb library) {
        this.library = library;
        key = library.prepare(keyBytes);
    }

    static boolean areGivenBy(IpsecMb library) {
        if (!keepsToItsMemory(library)) {
            return false;
        }
        var questions = new KnownAnswers(library);
        for (int bodyBytes : BODY_BYTES) {
            for (int associatedBytes : ASSOCIATED_BYTES) {
                if (!questions.isAnswered(bodyBytes, associatedBytes)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The structure of the key is that of another version if more is written.
    private static boolean keepsToItsMemory(IpsecMb library) {
        var memory = Arena.ofAuto().allocate(BESIDE_BYTES, BESIDE_BYTES);
        memory.fill(UNTOUCHED);
        library.prepare(new byte[SrtpProfile.KEY_BYTES], memory);
        var beside = memory.asSlice(IpsecMb.KEY_DATA_BYTES).toArray(JAVA_BYTE);
        var untouched = new byte[beside.length];
        Arrays.fill(untouched, UNTOUCHED);
        return Arrays.equals(beside, untouched);
    }

    private boolean isAnswered(int bodyBytes, int associatedBytes) {
        byte[] iv = bytes(IpsecMb.IV_BYTES);
        byte[] associated = bytes(associatedBytes);
        byte[] plain = bytes(bodyBytes);
        byte[] expected = platform(iv, associated, plain);

        var sealed = new byte[bodyBytes + IpsecMb.TAG_BYTES];
        var body = MemorySegment.ofArray(sealed).asSlice(0, bodyBytes);
        var tag = MemorySegment.ofArray(sealed).asSlice(bodyBytes);
        var ivSegment = MemorySegment.ofArray(iv);
        var associatedSegment = MemorySegment.ofArray(associated);
        library.encrypt(key, ivSegment, associatedSegment, MemorySegment.ofArray(plain), body, tag);
        if (!Arrays.equals(sealed, expected)) {
            return false;
        }
        tag.fill((byte) 0);
        library.decrypt(key, ivSegment, associatedSegment, body, body, tag);
        return Arrays.equals(sealed, 0, bodyBytes, plain, 0, bodyBytes)
                && Arrays.equals(
                        sealed, bodyBytes, sealed.length, expected, bodyBytes, expected.length);
    }

    private byte[] platform(byte[] iv, byte[] associated, byte[] plain) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keyBytes, "AES"),
                    new GCMParameterSpec(8 * IpsecMb.TAG_BYTES, iv));
            cipher.updateAAD(associated);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
